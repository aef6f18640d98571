"""How much one piece of the input may be, take or hold: the table that files, readers and pages
keep to.

What is refused is named with the limit. What a rule of labels looks at (how long a headline is)
stands with the rule; what a column of the database takes is in `search/bounds.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

_KB: Final = 1024
_MB: Final = 1024**2
_GB: Final = 1024**3


@dataclass(frozen=True, slots=True)
class GrowingTime:
    """Seconds that something may take: so many, and more the larger it is."""

    least_seconds: float
    seconds_a_million: float

    def seconds(self, size: int) -> float:
        """For something of this size, in bytes or characters."""
        return self.least_seconds + self.seconds_a_million * size / 1_000_000


# --- Files and archives -----------------------------------------------------------------------------------------------

#: Text packs to a tenth, pages alike to a hundredth; what packs better than this was made to fill disks.
MAX_UNPACKED_RATIO: Final = 400
#: Up to here the ratio of one stream says nothing.
FREE_BYTES: Final = 64 * _MB
#: And that of all that a file holds.
FREE_BYTES_A_FILE: Final = 16 * FREE_BYTES
#: The dictionary of xz data; its highest ordinary level takes 64 MB.
MAX_XZ_MEMORY_BYTES: Final = 256 * _MB
MAX_ARCHIVE_MEMBERS: Final = 1_000_000
#: An archive may hold archives, those hold none.
MAX_ARCHIVE_DEPTH: Final = 2
#: A zip's list of members is held in memory, as objects of ten times these bytes.
MAX_ZIP_LIST_BYTES: Final = 48 * _MB
#: A zip inside an archive is spooled, since its list of members stands at its end: in memory up to here, then on disk.
MAX_INNER_ZIP_BYTES: Final = 2 * _GB
SPOOLED_IN_MEMORY_BYTES: Final = 16 * _MB

# --- The beginning of a file, by which it is known --------------------------------------------------------------------

#: Looked at for the kind, the encoding and the place of the records in it.
SAMPLE_BYTES: Final = 256 * _KB
#: Of them for a guess of the encoding, which tries one after the other, and for the kind.
ENCODING_SAMPLE_BYTES: Final = 64 * _KB
KIND_SAMPLE_BYTES: Final = 16 * _KB
#: Of a page for what it says of itself: its encoding, where it was saved from.
PAGE_HEAD_BYTES: Final = 4 * _KB
#: Of a table for its delimiter and quotes.
TABLE_HEAD_LINES: Final = 60
TABLE_HEAD_BYTES: Final = 128 * _KB
#: Titles, searches and dates that programs write above a table.
MAX_LINES_ABOVE_TABLE: Final = 30

# --- One article, whole in memory -------------------------------------------------------------------------------------

#: A saved page, a line of JSON, a row of a table, an object of an array.
MAX_PAGE_BYTES: Final = 20 * _MB
MAX_LINE_BYTES: Final = 20 * _MB
MAX_ROW_BYTES: Final = 20 * _MB
MAX_ITEM_BYTES: Final = 20 * _MB
#: What is over one of them is passed over in pieces of this size.
SKIPPED_PIECE_BYTES: Final = 1 * _MB
#: A feed has all its articles in one tree.
MAX_FEED_BYTES: Final = 50 * _MB
#: A document, workbook or page saved whole, held in memory with what its library makes of it.
MAX_DOCUMENT_BYTES: Final = 100 * _MB
MAX_DOCUMENT_CHARACTERS: Final = 20_000_000
MAX_PDF_PAGES: Final = 2_000
MAX_OFFICE_MEMBERS: Final = 20_000
MAX_OFFICE_UNPACKED_BYTES: Final = 400 * _MB
MAX_REFERENCES_BYTES: Final = 50 * _MB
MAX_NOTE_BYTES: Final = 20 * _MB
MAX_FRONT_MATTER_CHARACTERS: Final = 100_000
MAX_MARKS_OF_PARAGRAPH: Final = 1_000
MAX_TABLE_COLUMNS: Final = 500
MAX_MAILS_OF_DIGEST: Final = 1_000
MAX_WARC_HEADER_BYTES: Final = 1 * _MB
#: Pages read ahead for each worker, and how many bytes of them at most.
PAGES_AHEAD: Final = 8
BYTES_AHEAD: Final = 64 * _MB

# --- Time -------------------------------------------------------------------------------------------------------------

#: A page of news takes a tenth of a second; one made to stop a parser would take hours.
MAX_WEB_PAGE_SECONDS: Final = 20.0
#: By bytes: an ordinary megabyte takes about a second.
TEXT_PAGE_TIME: Final = GrowingTime(20.0, 5.0)
#: By characters: an ordinary million takes about a second.
LABEL_TIME: Final = GrowingTime(20.0, 5.0)
MAX_FEED_SECONDS: Final = 120.0
#: Of a document or library of references, before its text is split.
MAX_DOCUMENT_SECONDS: Final = 60.0

# --- Structure --------------------------------------------------------------------------------------------------------

#: Ten times what the longest pages of news have.
MAX_PAGE_TAGS: Final = 60_000
#: In one tag: the parser compares each with all.
MAX_TAG_ATTRIBUTES: Final = 20_000
#: Elements of a page that is copied and looked through for a date.
MAX_DATED_ELEMENTS: Final = 60_000
#: Elements looked at for an introduction, and for blocks of text.
MAX_LEAD_ELEMENTS: Final = 20_000
#: Headings looked at for whether a page is a list of articles.
MAX_KIND_ELEMENTS: Final = 2_000
MAX_BLOCK_ELEMENTS: Final = 20_000
MAX_META_ELEMENTS: Final = 2_000
#: Whole articles of one page; more are a list. Documents of an export are bounded by the tags alone.
MAX_DOCUMENTS_A_PAGE: Final = 5_000
#: JSON-LD: characters of a script, objects of a page.
MAX_SCRIPT_CHARACTERS: Final = 3_000_000
MAX_SCRIPT_OBJECTS: Final = 20_000
#: Texts that are compared with one another, paragraph by paragraph.
MAX_COMPARED_CHARACTERS: Final = 500_000
MAX_COMPARED_PARAGRAPHS: Final = 5_000
#: Of one article, and parts of one value.
MAX_AUTHORS: Final = 60
MAX_LISTED_PARTS: Final = 60
#: Brackets open at once in JSON: deeper than any record is, and each takes a parser's memory.
MAX_JSON_NESTING: Final = 2_048
#: How deep objects stand that may be records.
MAX_RECORD_DEPTH: Final = 4
#: Reading a table again after a quote that nothing closes takes time for each; after so many it is not written as it seems.
MAX_ROW_RETURNS: Final = 50
MAX_RETURNED_CHARACTERS: Final = 4 * _MB
#: Ids of one file that are kept to be compared with its later ones.
MAX_IDS_COMPARED: Final = 300_000
#: Names of rows of a fixture kept for foreign keys; up to the second number all are looked through for a key.
MAX_FIXTURE_NAMES: Final = 1_000_000
MAX_FIXTURE_NAMES_LOOKED_THROUGH: Final = 10_000

# --- What is told of a run --------------------------------------------------------------------------------------------

MAX_NOTED_NAMES: Final = 50
MAX_EXAMPLES: Final = 20
#: Parts of pages in no article that a report lists.
MAX_LEFT_OUT: Final = 20_000
#: Kinds of records of a WARC that are told apart where they are passed over.
MAX_WARC_KINDS: Final = 20
