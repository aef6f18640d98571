"""One saved page of text → its articles, each with line span, labels, confidence and reasons."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date

from .bylines import count_names, read_copyright, read_credit, read_origin
from .folding import fold
from .heads import Head, Page
from .languages import detect_language
from .lines import Line, read_lines, wrapped_lines
from .noise import Noise, classify, is_biography, mail_headers
from .outlet_names import has_outlet_word, is_known_outlet, outlet_key
from .titles import Title, find_titles, strip_label
from .values import PageArticle, PublishedDate

MAX_TITLE_CHARS = 200  # of a title that had to be made from the first line
_EMBED = re.compile(r"https?://(?:www\.)?([\w.-]+)/\S*/embed/")


def split_page(text: str, *, today: date | None = None) -> list[PageArticle]:
    """The articles of a saved page, in order.

    ``text`` may hold one article or many, in any languages, with anything around them; lines are counted from 1 by line feeds.
    Labels are what the text states. Empty text gives no article; text without any cue is one article.
    """
    page = _read_page(text, today)
    if not page.filled:
        return []
    titles = find_titles(page)
    articles: list[PageArticle] = []
    starts = [title.index if title.begins is None else title.begins for title in titles]
    first_text = next((index for index in page.filled if page.noise[index] is None), None)
    if first_text is None:
        return []
    if not starts or any(page.is_prose(index) for index in page.filled[: page.position[starts[0]]]):
        end = starts[0] if starts else len(page.lines)
        articles.append(_without_title(page, first_text, end, alone=not starts))
    for number, title in enumerate(titles):
        end = starts[number + 1] if number + 1 < len(starts) else len(page.lines)
        articles.append(_article(page, title, end, alone=len(titles) == 1))
    return articles


def _read_page(text: str, today: date | None) -> Page:
    lines = read_lines(text)
    language = detect_language(text).code
    filled = [index for index, line in enumerate(lines) if not line.is_blank]
    noise: list[Noise | None] = [classify(line) for line in lines]
    for index in mail_headers(lines):
        noise[index] = Noise.MAIL
    credits = [
        read_credit(line, language, today) if noise[index] in (None, Noise.COPYRIGHT) else None
        for index, line in enumerate(lines)
    ]
    for index, credit in enumerate(credits):
        if credit is not None and noise[index] is Noise.COPYRIGHT and not credit.by:
            credits[index] = None
    for index, line in enumerate(lines):
        if noise[index] is None and credits[index] is None and len(line.text) <= 300 and read_origin(line.text):
            noise[index] = Noise.ORIGIN
    for place, index in enumerate(filled[:-1]):
        # A headline with an address under it is a link to another article.
        following = filled[place + 1]
        if (
            noise[following] is Noise.LINK
            and lines[index].can_be_title
            and not lines[index].is_prose
            and noise[index] is None
            and place
        ):
            noise[index] = Noise.LINK
    return Page(
        lines=lines,
        noise=noise,
        credits=credits,
        names=count_names(lines),
        filled=filled,
        position={index: place for place, index in enumerate(filled)},
        wrapped=frozenset(wrapped_lines(lines)),
        today=today,
    )


def _without_title(page: Page, first: int, end: int, *, alone: bool) -> PageArticle:
    """A text that begins without a title: its first line serves as one, and stays in the body."""
    head = Head(title=first, body=first)
    stop = _end_of_body(page, head, end)
    title = cut_at_word(page.lines[first].text)
    return _finished(page, head, stop, end, title, 0.6 if alone else 0.5, ["no title: the first line"])


def _article(page: Page, title: Title, end: int, *, alone: bool) -> PageArticle:
    head = title.head
    stop = _end_of_body(page, head, end)
    confidence = 0.9 if alone else max(0.5, min(0.99, 0.35 + title.score / 10))
    return _finished(page, head, stop, end, strip_label(page.lines[title.index].text), confidence, title.reasons)


def cut_at_word(text: str) -> str:
    """``text`` within 200 characters, cut between words."""
    if len(text) <= MAX_TITLE_CHARS:
        return text
    cut = text[:MAX_TITLE_CHARS]
    return (cut[: cut.rfind(" ")] if " " in cut else cut).rstrip(" ,;:-–—")


def _end_of_body(page: Page, head: Head, end: int) -> int:
    """The index after the last line of the text; what follows in the segment is noise."""
    inside = [index for index in page.filled if head.body <= index < end]
    last = head.title
    ended = False  # an end mark was passed: only real paragraphs reopen the text
    author = fold(head.author) if head.author else None
    for index in inside:
        line, noise = page.lines[index], page.noise[index]
        if noise is Noise.COMMENTS:
            break
        if noise is not None:
            ended = ended or noise not in (Noise.MEDIA, Noise.LINK)
            if noise is Noise.MAIL:
                break
        elif page.credits[index] is not None or (
            is_biography(line) and (ended or (author and line.folded.startswith(author)))
        ):
            ended = True
        elif not ended or (line.is_prose and line.weight >= 80):
            last, ended = index, False
    return last + 1


def _finished(
    page: Page, head: Head, stop: int, end: int, title: str, confidence: float, reasons: list[str]
) -> PageArticle:
    reasons = list(reasons)
    outlet, author, published, original = _labels(page, head, stop, end, reasons)
    body = [
        page.lines[index].text
        for index in range(head.body, stop)
        if page.noise[index] is None and not _is_credit_in_head(page, head, index)
    ]
    return PageArticle(
        start_line=page.lines[head.title].number,
        end_line=page.lines[max(stop - 1, head.title)].number,
        title=title,
        body="\n".join(body).strip("\n"),
        outlet=outlet,
        author=author,
        published=published,
        confidence=round(confidence, 2),
        reasons=tuple(reasons),
        original_outlet=original,
    )


def _is_credit_in_head(page: Page, head: Head, index: int) -> bool:
    credit = page.credits[index]
    return credit is not None and (index - head.title) <= 12


def _labels(
    page: Page, head: Head, stop: int, end: int, reasons: list[str]
) -> tuple[str | None, str | None, PublishedDate, str | None]:
    """Outlet, author, date and first outlet from the head, and where it is silent from the lines under the text."""
    outlet, author, published = head.outlet, head.author, head.published
    original = head.original
    copyrights: tuple[str, ...] = ()
    commented = False  # names and dates of comments are not the article's
    for index in range(stop, end):
        line, credit = page.lines[index], page.credits[index]
        commented = commented or page.noise[index] is Noise.COMMENTS
        if credit is not None and credit.states_something and not commented:
            if outlet is None and credit.outlet:
                outlet = credit.outlet
                reasons.append(f"source named under the text (line {line.number})")
            if published is None and credit.published:
                published = credit.published
                reasons.append(f"date under the text (line {line.number})")
            if author is None and credit.by:
                author = credit.author
                reasons.append(f"author under the text (line {line.number})")
        if page.noise[index] in (Noise.ORIGIN, Noise.COPYRIGHT) or (
            page.noise[index] is Noise.SHARE and len(line.text) < 400
        ):
            if original is None and (named := read_origin(line.text)):
                original = named
                reasons.append(f"first published by {named} (line {line.number})")
            copyrights = copyrights or read_copyright(line.text)
    if outlet is None:
        outlet = _outlet_of_embeds(page, head, end, reasons)
    if outlet is None:
        outlet = next((name for name in copyrights if is_known_outlet(name) or has_outlet_word(name)), original)
    if author and outlet is None and (is_known_outlet(author) or has_outlet_word(author)) and not _is_desk(author):
        outlet = author
    if author and outlet and outlet_key(author) == outlet_key(outlet):
        author = None
    return outlet, author, published or PublishedDate(), original


def _is_desk(author: str) -> bool:
    return any(word in ("desk", "staff", "agencies", "editor") for word in fold(author).replace(",", " ").split())


def _outlet_of_embeds(page: Page, head: Head, end: int, reasons: list[str]) -> str | None:
    """The site whose own articles are embedded: its name as the page writes it, else its domain."""
    hosts = Counter(
        match[1].lower()
        for index in range(head.body, end)
        if page.noise[index] is Noise.LINK and (match := _EMBED.search(page.lines[index].text[:1_000]))
    )
    if len(hosts) != 1:
        return None
    host = next(iter(hosts))
    reasons.append(f"articles of {host} embedded")
    label = host.split(".")[0]
    return _spelling(page.lines[head.title : end], label) or host


def _spelling(lines: Sequence[Line], label: str) -> str | None:
    """Words with capitals on these lines that together spell a domain's label: ``syrianews`` is ``Syria News``."""
    for line in lines:
        words = re.findall(r"\w+", line.text[:2_000])
        for start in range(len(words)):
            joined = ""
            for width, word in enumerate(words[start : start + 5], start=1):
                joined += fold(word)
                if joined == label and all(each[0].isupper() for each in words[start : start + width]):
                    return " ".join(words[start : start + width])
                if not label.startswith(joined):
                    break
    return None
