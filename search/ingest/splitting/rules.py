"""What the tables of rules for splitting say about where their numbers come from.

A row has a weight or a confidence and its ``basis``: what it was measured on, or why it is there.
Most were set together, by hand, until all pages were split as they should be; single measurements
of them there are only where a row says so.
"""

from __future__ import annotations

#: Where nothing more is known.
PAGES = "seeds and invented pages, docs/quality.md"
#: Pages put together from articles of collections, title and text, a blank line apart; `tests.evaluation.pages`.
REAL_TEXTS = "pages put together from real texts, docs/quality.md"
