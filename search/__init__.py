"""Corpus's one app: two flows that meet at an index.

ARTICLE IN   ingest/inputs.py → readers/ → split.py → enrich.py (languages, dates, countries/) → store.py → models.py
             → querysets.py, index/hooks.py (outbox) → index/outbox.py → backends/ → engine/
QUERY IN     urls.py → views/ → query/filters.py → query/language.py → backends/ (compile, evaluate, collect)
             → query/results.py (facets.py, highlight.py) → templates, JSON

People's corrections go through services.py, pages read through selectors.py; docs/architecture.md says more.
"""
