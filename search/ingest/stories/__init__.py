"""Stories: the same article under several outlets, word for word or nearly (no Django here).

``words`` cuts a text of any script into comparable words; ``signatures`` sketches it in 512 bytes; ``index`` finds the
articles with a like sketch; ``copies`` decides on the words themselves; ``groups`` joins pairs into stories;
``precedence`` says who was first.
"""

from search.ingest.stories.copies import Difference, Prepared, copies_of, difference, is_copy, overlap, prepare
from search.ingest.stories.groups import StoryGroup, group
from search.ingest.stories.index import StoryIndex
from search.ingest.stories.precedence import First, Member, first_of
from search.ingest.stories.signatures import Signature, band_keys, signature

__all__ = [
    "Difference", "First", "Member", "Prepared", "Signature", "StoryGroup", "StoryIndex", "band_keys", "copies_of",
    "difference", "first_of", "group", "is_copy", "overlap", "prepare", "signature",
]  # fmt: skip
