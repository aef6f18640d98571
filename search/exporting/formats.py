"""The formats of export: what each is called, and what writes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from search.exporting.article import ExportedArticle
from search.exporting.feeds import atom_pieces, json_feed_pieces, rss_pieces
from search.exporting.lines import json_lines
from search.exporting.origin import ExportOrigin
from search.exporting.references import bibtex_pieces, ris_pieces
from search.exporting.tables import csv_pieces


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """A format: `name` in addresses and options, `label` for people, `whole` where it writes the
    whole text, `followed` where programs ask for it again and again, so that it is newest first."""

    name: str
    label: str
    content_type: str
    ending: str
    write: Callable[[ExportOrigin, Iterable[ExportedArticle]], Iterator[str]]
    whole: bool = False
    followed: bool = False


FORMATS = {
    each.name: each
    for each in (
        ExportFormat("csv", "CSV", "text/csv", "csv", csv_pieces),
        ExportFormat("jsonl", "JSON lines", "application/jsonl", "jsonl", json_lines, whole=True),
        ExportFormat("ris", "RIS", "application/x-research-info-systems", "ris", ris_pieces),
        ExportFormat("bibtex", "BibTeX", "application/x-bibtex", "bib", bibtex_pieces),
        ExportFormat("atom", "Atom", "application/atom+xml", "atom", atom_pieces, followed=True),
        ExportFormat("rss", "RSS", "application/rss+xml", "rss", rss_pieces, followed=True),
        ExportFormat("jsonfeed", "JSON Feed", "application/feed+json", "json", json_feed_pieces, followed=True),
    )
}
