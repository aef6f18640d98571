"""Saved pages as plain text, one article or many to a page. Splitting one is a task that a worker
process can do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from search.cleaning import clean_text
from search.dates.inferring import inferred_dates
from search.dates.values import PublishedDate
from search.exceptions import ReadError
from search.hashing import digest
from search.ingest.files.encodings import LineDecoder
from search.ingest.files.kinds import stem_of
from search.ingest.files.opening import OpenedFile, read_whole
from search.ingest.limits import MAX_PAGE_BYTES, TEXT_PAGE_TIME
from search.ingest.readers.mending import REMARK, mended
from search.ingest.readers.notes import LinesLeftOut, Notes
from search.ingest.readers.record import Gaps, OverLimit, Stated, article_record, title_of
from search.ingest.records import Failure, Record, Source
from search.ingest.splitting.article import PageArticle
from search.ingest.splitting.split import split_whole_page
from search.ingest.time_limit import PageTooSlow, time_limit


@dataclass(frozen=True, slots=True)
class TextTask:
    """A page of text still to be split, in so many seconds at most: what travels to a worker."""

    source: Source
    data: bytes
    gaps: Gaps
    seconds: float

    @property
    def size(self) -> int:
        """In bytes."""
        return len(self.data)


@dataclass(frozen=True, slots=True)
class TextNotes:
    """What a page of text has to say: the place of the first line that is not UTF-8 and what it is
    in, and the name of the page where it was mended; ``""`` for nothing."""

    other_place: str = ""
    other_encoding: str = ""
    mended: str = ""


@dataclass(frozen=True, slots=True)
class TextAnswer:
    """What a page of text held, and what is to be said of it."""

    items: tuple[Record | Failure, ...]
    notes: TextNotes = TextNotes()
    left_out: tuple[LinesLeftOut, ...] = ()

    def noted(self, notes: Notes) -> Sequence[Record | Failure]:
        """The items, what the page has to say said."""
        if self.notes.other_place:
            notes.encoding(self.notes.other_place, self.notes.other_encoding)
        if self.notes.mended:
            notes.remark(REMARK, self.notes.mended)
        for lines in self.left_out:
            notes.leave_out(lines)
        return self.items


def read_text(opened: OpenedFile, source: Source, gaps: Gaps, _notes: Notes) -> Iterator[TextTask | Failure]:
    """The task of splitting one page, or why there is none. A page is read whole, so its size is
    bounded."""
    try:
        data = read_whole(opened.stream, MAX_PAGE_BYTES, "page")
    except ReadError as error:
        yield Failure(source.name, None, error.reason)
    else:
        yield TextTask(source, data, gaps, TEXT_PAGE_TIME.seconds(len(data)))


def split_text(task: TextTask) -> TextAnswer:
    """Split a page: the part that takes time. Never raises for what a page may hold."""
    try:
        with time_limit(task.seconds):
            return _split(task)
    except PageTooSlow:
        reason = (
            f"splitting the page takes longer than {task.seconds:.0f} s. Remedy: cut the file into smaller ones, "
            "or give its articles as JSON lines"
        )
    except (RecursionError, MemoryError) as error:
        reason = f"the page is beyond what can be read: {type(error).__name__}"
    return TextAnswer((Failure(task.source.name, None, reason),))


def _split(task: TextTask) -> TextAnswer:
    source, data, notes = task.source, task.data, TextNotes()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        decoder = LineDecoder()
        text = "".join(map(decoder.decode, data.splitlines(keepends=True)))
        notes = TextNotes(f"{source.name}:{decoder.first}", decoder.encoding)
    whole = mended(text)
    notes = replace(notes, mended=source.name if whole != text else "")
    text = clean_text(whole)
    if not text.strip():
        return TextAnswer((Failure(source.name, None, "empty file: nothing but blanks"),), notes)
    items: list[Record | Failure] = []
    titles: Counter[str] = Counter()
    stem = stem_of(Path(source.name))
    split = split_whole_page(text)
    articles = split.articles
    for article, published in zip(articles, inferred_dates([each.published for each in articles]), strict=True):
        try:
            items.append(_record(article, published, source, task.gaps, stem, titles))
        except ReadError as error:
            items.append(Failure(source.name, article.start_line, error.reason))
    left_out = tuple(
        LinesLeftOut(source.name, each.first_line, each.last_line, each.letters, each.reason, split.is_doubtful)
        for each in split.left_out
    )
    return TextAnswer(tuple(items or [Failure(source.name, None, "no article found in the page")]), notes, left_out)


def _record(
    article: PageArticle, published: PublishedDate, source: Source, gaps: Gaps, stem: str, titles: Counter[str]
) -> Record:
    title = title_of(article.title, article.body)
    key = digest(title)[:8]
    titles[key] += 1
    again = f"-{titles[key]}" if titles[key] > 1 else ""
    stated = Stated(
        title=title,
        text=article.body,
        outlet=article.outlet or "",
        original_outlet=article.original_outlet or "",
        author=article.author or "",
    )
    return article_record(
        stated,
        source,
        gaps,
        lines=(article.start_line, article.end_line),
        external_id=f"{stem[:400]}#{key}{again}",
        over_limit=OverLimit.CUT,
        date=published,
        evidence=article.evidence,
        left_out=article.left_out,
        joined=article.joined,
    )
