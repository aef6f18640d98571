"""Reading one saved web page into one article: what its metadata states first, then what its markup
shows."""

from search.ingest.webpages.page import PageRecord, read_web_page

__all__ = ["PageRecord", "read_web_page"]
