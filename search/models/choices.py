"""The values that columns of kinds and states may have, each said once: constraints and queries
take them from here.

Where Django's forms and pages are not needed, the same values of dates and formats are enums below
(`search.dates.values`, `search.formats`); these add the words for people.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from search import formats
from search.dates import values


class Precision(models.TextChoices):
    """How much of the publication date is known."""

    DAY = values.Precision.DAY.value, _("day")
    MONTH = values.Precision.MONTH.value, _("month")
    YEAR = values.Precision.YEAR.value, _("year")
    UNKNOWN = values.Precision.UNKNOWN.value, _("unknown")


class DateSource(models.TextChoices):
    """Where the publication date came from."""

    STATED = values.DateSource.STATED.value, _("stated in the text")
    METADATA = values.DateSource.METADATA.value, _("metadata of the file")
    URL = values.DateSource.URL.value, _("the address")
    INFERRED = values.DateSource.INFERRED.value, _("inferred")
    #: Only the database knows people.
    MANUAL = "manual", _("a curator")
    NONE = values.DateSource.NONE.value, _("nowhere")


class SplitReview(models.TextChoices):
    """Whether a person should look at where an article of a saved page begins and ends."""

    NONE = "", _("not needed")
    DOUBTFUL = "doubtful", _("doubtful")
    SETTLED = "settled", _("settled by a person")


class StructureKind(models.TextChoices):
    """What was done to the structure of a page."""

    SPLIT = "split", _("split in two")
    JOIN = "join", _("joined with the next")


class MentionField(models.TextChoices):
    """Which text the span of a mention counts in."""

    TITLE = "title", _("title")
    BODY = "body", _("body")


class MentionOrigin(models.TextChoices):
    """Who found a mention."""

    AUTOMATIC = "automatic", _("automatic")
    MANUAL = "manual", _("manual")


class MentionStatus(models.TextChoices):
    """Whether a mention counts."""

    ACCEPTED = "accepted", _("accepted")
    REJECTED = "rejected", _("rejected")


class DocumentFormat(models.TextChoices):
    """How a file was read."""

    TEXT = formats.Format.TEXT.value, _("saved page of text")
    JSONL = formats.Format.JSONL.value, _("JSON lines")
    HTML = formats.Format.HTML.value, _("saved web page")
    CSV = formats.Format.CSV.value, _("table (CSV)")
    JSON = formats.Format.JSON.value, _("JSON array or fixture")
    FEED = formats.Format.FEED.value, _("RSS or Atom feed")
    WARC = formats.Format.WARC.value, _("web archive (WARC)")
    MAIL = formats.Format.MAIL.value, _("mail or mailbox")
    MHTML = formats.Format.MHTML.value, _("web page saved whole (MHTML)")
    DOCX = formats.Format.DOCX.value, _("Word document")
    XLSX = formats.Format.XLSX.value, _("workbook (XLSX)")
    MARKDOWN = formats.Format.MARKDOWN.value, _("note (Markdown)")
    RIS = formats.Format.RIS.value, _("references (RIS)")
    BIBTEX = formats.Format.BIBTEX.value, _("references (BibTeX)")
    PDF = formats.Format.PDF.value, _("PDF")
    RTF = formats.Format.RTF.value, _("RTF document")


class FailureStatus(models.TextChoices):
    """What became of something that a run could not take in."""

    OPEN = "open", _("open")
    RESOLVED = "resolved", _("resolved")
    FAILED_AGAIN = "again", _("failed again")
    #: Read, and no article: a retry does not read it again.
    SKIPPED = "skipped", _("skipped, no article")
