"""What the database holds: outlets, the documents they came in, articles, the countries they
mention.

The database is the truth; the index is derived from it and can be thrown away. Constraints are in
the database, so that no form, command or shell can break them.
"""

from search.models.articles import Article, CountryMention, StructureChange, mention_anchor
from search.models.outbox import IndexOutbox, IndexState
from search.models.outlets import Outlet, OutletAlias, free_slug
from search.models.runs import IngestFailure, IngestRun, SourceDocument
from search.models.stories import Story, StoryBand, StoryCopy, StoryDecision, StoryText

__all__ = [
    "Article", "CountryMention", "IndexOutbox", "IndexState", "IngestFailure", "IngestRun", "Outlet", "OutletAlias", "SourceDocument",
    "Story", "StoryBand", "StoryCopy", "StoryDecision", "StoryText", "StructureChange", "free_slug", "mention_anchor",
]  # fmt: skip
