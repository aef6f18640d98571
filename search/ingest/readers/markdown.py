"""Notes in Markdown, with what stands above them between lines of dashes (YAML) or pluses
(TOML)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from search.exceptions import ReadError
from search.hashing import digest
from search.ingest.files.kinds import stem_of
from search.ingest.files.opening import OpenedFile, read_whole
from search.ingest.limits import (
    MAX_FRONT_MATTER_CHARACTERS,
    MAX_MARKS_OF_PARAGRAPH,
    MAX_NOTE_BYTES,
    MAX_WEB_PAGE_SECONDS,
)
from search.ingest.readers.fields import with_known_names
from search.ingest.readers.fragments import fragment_text
from search.ingest.readers.libraries import needed
from search.ingest.readers.notes import Notes
from search.ingest.readers.record import KEYS, Gaps, checked_record
from search.ingest.records import Failure, Record, Source
from search.ingest.time_limit import PageTooSlow, time_limit

_MARKS = re.compile(r"[*_\[\]`<&~]")
_FENCES = {"---": ("---", "..."), "+++": ("+++",)}


def read_markdown(opened: OpenedFile, source: Source, gaps: Gaps, notes: Notes) -> Iterator[Record | Failure]:
    """The one article of the file, or why there is none."""
    try:
        text = read_whole(opened.stream, MAX_NOTE_BYTES, "note").decode("utf-8", "replace").replace("\r\n", "\n")
        yield _record(text, source, gaps, notes)
    except ReadError as error:
        yield Failure(source.name, error.line, error.reason)


def _record(text: str, source: Source, gaps: Gaps, notes: Notes) -> Record:
    stated, body = _parted(text)
    title, body = _heading(body)
    values = {key: value for key, value in stated.items() if value not in (None, "")}
    known = with_known_names(values, KEYS, gaps.names)
    if known.get("title") and title and str(known["title"]).strip() != title:
        body = f"# {title}\n{body}"
    known["title"] = known.get("title") or title
    shown = fragment_text(_rendered(body))
    known["text"] = shown or known.get("text") or ""
    if not known.get("id"):
        known["id"] = f"{stem_of(Path(source.name))[:400]}#{digest(str(known['title']))[:8]}"
    return checked_record(known, 1, source, gaps, notes, last=text.count("\n") + 1)


def _rendered(body: str) -> str:
    """A note as HTML. Marks inside lines take the library longer the more there are in a paragraph:
    of one that is full of them they stay."""
    markdown = needed("markdown_it", "Markdown").MarkdownIt("commonmark").enable("table")
    if any(len(_MARKS.findall(paragraph)) > MAX_MARKS_OF_PARAGRAPH for paragraph in body.split("\n\n")):
        markdown.disable(["emphasis", "link", "image", "backticks", "html_inline", "autolink", "entity"])
    try:
        with time_limit(MAX_WEB_PAGE_SECONDS):
            return str(markdown.render(body))
    except PageTooSlow:
        raise ReadError(f"reading the note takes longer than {MAX_WEB_PAGE_SECONDS:.0f} s") from None


def _parted(text: str) -> tuple[dict[str, Any], str]:
    """What stands above, and the rest."""
    lines = text.lstrip("\ufeff").split("\n")
    mark = lines[0].rstrip()
    ends = _FENCES.get(mark, ())
    end = next((at for at, line in enumerate(lines[1:], 1) if line.rstrip() in ends), 0)
    if not end:
        return {}, text
    above, body = "\n".join(lines[1:end]), "\n".join(lines[end + 1 :])
    if len(above) > MAX_FRONT_MATTER_CHARACTERS:
        raise ReadError(f"more than {MAX_FRONT_MATTER_CHARACTERS:,} characters above the note", 1)
    stated = _toml(above) if mark == "+++" else _yaml(above)
    return (stated, body) if isinstance(stated, dict) else ({}, text)


def _toml(text: str) -> Any:
    try:
        return {key: str(value) if isinstance(value, date) else value for key, value in tomllib.loads(text).items()}
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ReadError(f"what stands above the note is no TOML: {str(error)[:100]}", 1) from error


def _yaml(text: str) -> Any:
    """The values as written: a date stays a text. Repeats by reference are refused: they may unfold
    without end."""
    yaml = needed("yaml", "Markdown with what stands above it")
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=yaml.BaseLoader)):
            raise ReadError("what stands above the note repeats parts by reference, which is refused", 1)
        stated = yaml.load(text, Loader=yaml.BaseLoader)  # makes strings, lists and objects alone
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise ReadError(f"what stands above the note is no YAML: {' '.join(str(error).split())[:100]}", 1) from error
    return {str(key): value for key, value in stated.items()} if isinstance(stated, dict) else stated


def _heading(body: str) -> tuple[str, str]:
    """The heading that a note begins with, and the rest."""
    lines = body.lstrip("\n").split("\n")
    if lines[0].startswith("# "):
        return lines[0][2:].strip().rstrip("#").strip(), "\n".join(lines[1:])
    if len(lines) > 1 and lines[0].strip() and lines[1].strip() and not lines[1].strip().strip("="):
        return lines[0].strip(), "\n".join(lines[2:])
    return "", body
