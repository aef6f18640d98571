"""The formats of files that are read."""

from __future__ import annotations

from enum import StrEnum


class Format(StrEnum):
    """How a file is read; as options, reports and the database name it. In the order that
    `--format` lists them."""

    TEXT = "text"
    JSONL = "jsonl"
    JSON = "json"
    HTML = "html"
    CSV = "csv"
    FEED = "feed"
    WARC = "warc"
    MAIL = "mail"
    MHTML = "mhtml"
    DOCX = "docx"
    XLSX = "xlsx"
    MARKDOWN = "markdown"
    RIS = "ris"
    BIBTEX = "bibtex"
    PDF = "pdf"
    RTF = "rtf"
