"""Stories: the same article under several outlets, word for word or nearly (no Django here).

``words`` cuts a text of any script into comparable words; ``signatures`` sketches it in 240 bytes;
``lsh`` finds the articles with a like sketch; ``copies`` decides on the words themselves;
``partition`` joins copies into stories; ``precedence`` says who was first.
"""

from search.stories.comparing.copies import Prepared, copies_of, overlap_of, prepare
from search.stories.comparing.lsh import StoryIndex, likely_rows
from search.stories.comparing.partition import Decisions, Node, partition
from search.stories.comparing.precedence import DatedMember, First, first_of
from search.stories.comparing.signatures import SIGNATURE_BYTES, Signature, Sketch, band_keys, signature, sketch

__all__ = [
    "SIGNATURE_BYTES",
    "DatedMember",
    "Decisions",
    "First",
    "Node",
    "Prepared",
    "Signature",
    "Sketch",
    "StoryIndex",
    "band_keys",
    "copies_of",
    "first_of",
    "likely_rows",
    "overlap_of",
    "partition",
    "prepare",
    "signature",
    "sketch",
]  # fmt: skip
