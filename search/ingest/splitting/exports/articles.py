"""A page that an export is → its articles, with what their labels state."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date

from search.cleaning import first_line_title
from search.dates.reading import read_date
from search.dates.values import DateSource, PublishedDate
from search.folding import fold
from search.ingest.evidence import Cue, Evidence, SplitEvidence
from search.ingest.splitting.article import PageArticle
from search.ingest.splitting.byline_forms import BY
from search.ingest.splitting.bylines import read_copyright
from search.ingest.splitting.label_rules import How, evidence_of_label
from search.ingest.splitting.lines import Line
from search.names.persons import looks_like_name, role_of_name

from .document import Document, read_document
from .documents import find_documents
from .label_table import Field
from .marks import read_marks

_SURE, _LAST = 0.97, 0.95  # of a document between two marks; of what has no mark below
_INVERTED = re.compile(r"([^\W\d][^,;\d]{0,40}), ([^\W\d][^,;\d]{0,40})")
_PLACE = re.compile(r"(?<!\s)(?:\s*+[;:\[]|, [A-Z]{2}\b|(?<=\w)\.\s)")


def export_articles(lines: Sequence[Line], today: date | None) -> list[PageArticle] | None:
    """The articles of a page of labelled documents; ``None`` if it is none."""
    marks = read_marks(lines)
    if not any(marks):
        return None
    documents = [read_document(lines, marks, span) for span in find_documents(lines, marks)]
    title_first = _title_stands_first(documents)
    articles = [_article(lines, document, title_first, today) for document in documents]
    return [article for article in articles if article is not None] or None


def _title_stands_first(documents: Sequence[Document]) -> bool:
    """Whether titles stand above the dates and outlets, as most documents of a page show."""
    votes: Counter[bool] = Counter()
    for document in documents:
        if document.date is None or Field.TITLE in document.values:
            continue
        below = any(index > document.date for index in document.bare)
        above = any(index < document.date for index in document.bare)
        if above or below:
            votes[document.words is not None or not below] += 1
    return votes[True] >= votes[False]


def _article(lines: Sequence[Line], document: Document, title_first: bool, today: date | None) -> PageArticle | None:
    _take_name_under_title(lines, document)
    title, outlet = _names(lines, document, title_first)
    begins = [
        index for index in (title[1] if title else None, *document.bare[:1], *document.text[:1]) if index is not None
    ]
    if not begins or not (document.text or title):
        return None
    start = document.span.start
    while not lines[start].text:
        start += 1
    kept = _text(lines, document)
    evidence: dict[str, Evidence] = {}
    published = _published(lines, document, today, evidence)
    author = _author(document, evidence)
    if outlet is not None:
        evidence["outlet"] = evidence_of_label("outlet", How.LABELLED, outlet[1] + 1)
    elif document.rights is not None and (named := read_copyright(lines[document.rights].text)):
        outlet = (named[0], document.rights)
        evidence["outlet"] = evidence_of_label("outlet", How.NOTICE, outlet[1] + 1)
    last = max((index for index, _ in kept), default=begins[0])
    name = title[0] if title else first_line_title("\n".join(text for _, text in kept))
    sure = Evidence(_SURE, (Cue("a document of an export begins", start + 1),))
    body = _body(kept)
    return PageArticle(
        start_line=start + 1,
        end_line=max(last, begins[0]) + 1,
        title=name,
        body=body,
        outlet=outlet[0] if outlet else None,
        author=author,
        published=published,
        evidence=SplitEvidence(
            start=sure,
            end=Evidence(_SURE if document.text else 0.4, (Cue("the document ends", last + 1),)),
            title=Evidence(
                _SURE if title else 0.4, (Cue("the title of the document", (title[1] if title else last) + 1),)
            ),
            **{label: evidence.get(label) for label in ("outlet", "author", "date")},
        ),
        left_out=tuple(sorted({*range(start + 1, max(last, begins[0]) + 2)} - _lines_of(kept))),
    )


def _lines_of(kept: Sequence[tuple[int, str]]) -> set[int]:
    """Numbers of the lines of a body, blank ones between them included."""
    return set(range(kept[0][0] + 1, kept[-1][0] + 2)) if kept else set()


def _text(lines: Sequence[Line], document: Document) -> list[tuple[int, str]]:
    """The lines of the text, labels taken away."""
    labelled = set(document.lead)
    text = sorted({*document.text, *document.lead})
    return [(index, _value(lines[index]) if index in labelled else lines[index].text) for index in text]


def _value(line: Line) -> str:
    label, mark, value = line.text.partition(":")
    return value.strip() if mark else label.partition(" ")[2].strip()


def _body(kept: Sequence[tuple[int, str]]) -> str:
    """The text, with the blank lines between."""
    rows: list[str] = []
    for place, (index, text) in enumerate(kept):
        if place:
            rows += [""] * (index - kept[place - 1][0] - 1)
        rows.append(text)
    return "\n".join(rows)


def _names(
    lines: Sequence[Line], document: Document, title_first: bool
) -> tuple[tuple[str, int] | None, tuple[str, int] | None]:
    """Title and outlet: labelled, or by where they stand around date and number of words."""
    title, outlet = document.values.get(Field.TITLE), document.values.get(Field.OUTLET)
    if outlet is None and (info := document.values.get(Field.OUTLET_INFO)):
        outlet = (_PLACE.split(info[0], maxsplit=1)[0], info[1])
    blocks = _blocks(document.bare)
    if document.words is not None:
        above = [block for block in blocks if block[0] < document.words]
        below = [block for block in blocks if block[0] > document.words]
        title = title or (_title_of(lines, above) if above else None)
        outlet = outlet or ((lines[below[0][0]].text, below[0][0]) if below else None)
        return title, outlet
    if title_first:
        title = title or (_joined(lines, blocks[0]) if blocks else None)
        rest = [index for block in blocks for index in block if title is None or index > title[1]]
        rest = [index for index in rest if lines[index].text not in (title[0] if title else "")]
        return title, outlet or ((lines[rest[0]].text, rest[0]) if rest else None)
    if len(blocks) == 1 and document.date is not None and blocks[0][0] < document.date and title is not None:
        return title, outlet or (lines[blocks[0][0]].text, blocks[0][0])
    if title is None and blocks:
        title = _joined(lines, blocks[-1])
        blocks = blocks[:-1]
    return title, outlet or ((lines[blocks[0][0]].text, blocks[0][0]) if blocks else None)


def _take_name_under_title(lines: Sequence[Line], document: Document) -> None:
    """A person's name alone under the title is the author's, where nothing else names one."""
    if document.byline is not None or Field.AUTHOR in document.values or Field.OUTLET not in document.values:
        return
    block = _blocks(document.bare)[-1:]
    if block and len(block[0]) > 1:
        name = lines[block[0][-1]].text
        if looks_like_name(name) and role_of_name(name) == "author":
            document.byline = (name, document.bare.pop())


def _blocks(indexes: Sequence[int]) -> list[list[int]]:
    blocks: list[list[int]] = []
    for index in indexes:
        if blocks and index == blocks[-1][-1] + 1:
            blocks[-1].append(index)
        else:
            blocks.append([index])
    return blocks


def _joined(lines: Sequence[Line], block: Sequence[int]) -> tuple[str, int]:
    return " ".join(lines[index].text for index in block), block[0]


def _title_of(lines: Sequence[Line], blocks: Sequence[Sequence[int]]) -> tuple[str, int]:
    """The title above a number of words: under the name of a section, if that stands there."""
    first = [(lines[index].text, index) for index in blocks[0]]
    if len(first) > 1 and len(first[0][0].split()) <= 2 < len(first[1][0].split()):
        first = first[1:]
    return " ".join(text for text, _ in first), first[0][1]


def _author(document: Document, evidence: dict[str, Evidence]) -> str | None:
    stated = document.values.get(Field.AUTHOR) or document.byline
    if stated is None:
        return None
    text = BY.sub("", stated[0]).strip(" .;,")
    names = [_turned(name.strip()) for name in text.split(";") if name.strip()]
    evidence["author"] = evidence_of_label("author", How.LABELLED, stated[1] + 1)
    return ", ".join(names) or None


def _turned(name: str) -> str:
    """``Pike, Owen`` is Owen Pike."""
    match = _INVERTED.fullmatch(name)
    if match is None or len(match[1].split()) > 2 or len(match[2].split()) > 2 or " and " in f" {fold(name)} ":
        return name
    return f"{match[2]} {match[1]}"


def _published(
    lines: Sequence[Line], document: Document, today: date | None, evidence: dict[str, Evidence]
) -> PublishedDate:
    places: list[tuple[str, int]] = []
    if Field.DATE in document.values:
        places.append(document.values[Field.DATE])
    if document.date is not None:
        places.append((lines[document.date].text, document.date))
    if Field.OUTLET_INFO in document.values:
        places.append(document.values[Field.OUTLET_INFO])
    for text, index in places:
        found = read_date(text, source=DateSource.STATED, today=today)
        if found.day is not None:
            evidence["date"] = evidence_of_label("date", How.LABELLED, index + 1)
            return found
    return PublishedDate()
