"""Corpus's one app: two flows that meet at an index.

ARTICLE IN   ingest/files/ → ingest/readers/ (ingest/splitting/, ingest/webpages/)
             → ingest/labelling.py (languages/, dates/, countries/) → ingest/storing/
             → models/ (outbox.py) → index/outbox.py → backends/ → engine/
QUERY IN     urls.py → views/ → query/filters.py → query/language.py
             → backends/ (compile, collect) → engine/
             → query/results.py (facets.py, highlight.py) → templates, JSON

People's corrections go through services.py, pages read through selectors.py; docs/architecture.md
says more.
"""
