"""Reading a saved web page into its article, or its articles: what its metadata states first, then
what its markup shows."""

from search.ingest.webpages.kinds import NotAnArticle
from search.ingest.webpages.page import read_documents, read_web_page
from search.ingest.webpages.record import PageRecord

__all__ = ["NotAnArticle", "PageRecord", "read_documents", "read_web_page"]
