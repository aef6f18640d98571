"""Copies of a messenger's channel and digests of a mailing list: posts, each with a line or lines
that say by whom and when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from search.cleaning import first_line_title
from search.dates.reading import read_date
from search.dates.values import DateSource, PublishedDate
from search.folding import fold
from search.ingest.evidence import Cue, Evidence, SplitEvidence
from search.ingest.splitting.article import PageArticle
from search.ingest.splitting.boilerplate import ENDING, classify
from search.ingest.splitting.label_rules import How, evidence_of_label
from search.ingest.splitting.lines import Line, of_each

_SURE, _MADE = 0.97, 0.8  # of a post between two heads; of a title that is the first line of a post
_MAX_HEAD_CHARS = 200
_MAX_TITLE_CHARS = 200
_POST = re.compile(
    r"(?P<name>[^\[\]]{1,100}), \[(?P<date>\d{1,4}[./-]\d{1,2}[./-]\d{2,4},? \d{1,2}:\d{2}(?::\d{2})?(?:\s?[AaPp]\.?[Mm]\.?)?)\]:?"
)
_FORWARDED = re.compile(
    r"\[?\W{0,3}(?:forwarded from|переслано (?:из|от)|переслане з|transféré de|transféré depuis|reenviado de"
    r"|weitergeleitet (?:von|aus)|inoltrato da|iletildi|تمت إعادة التوجيه من|محول من|معاد توجيهها من|هدایت شده از|转发自)\s*[:：]?\s*"
    r"(?P<name>[^\]]{1,100}?)\s*\]?",
    re.IGNORECASE,
)
_ATTACHED = re.compile(
    r"\[\s?(?:photo|video|file|album|voice message|sticker|gif|audio|poll|document|animation|фото|видео|файл|альбом|стикер"
    r"|опрос|голосовое сообщение|фотография|foto|vídeo|datei|archivo|fichier|صورة|فيديو|ملف|عکس|ویدیو|图片|视频|文件)[^\]]{0,60}\]",
    re.IGNORECASE,
)
_HEADER = re.compile(
    r"(?P<label>from|to|cc|date|sent|subject|reply-to|message-id|content-type|de|à|objet|envoyé|von|an|betreff|gesendet|datum"
    r"|para|asunto|fecha|assunto|data|da|a|oggetto|от|кому|тема|дата|من|إلى|الموضوع|التاريخ|kimden|kime|konu|tarih"
    r"|发件人|收件人|主题|日期|nadawca|do|temat|wysłano)\s?[:：]\s?(?P<value>.*)",
    re.IGNORECASE,
)
_FIELDS = {
    **dict.fromkeys(["from", "de", "von", "от", "من", "kimden", "发件人", "nadawca", "da"], "author"),
    **dict.fromkeys(
        ["date", "sent", "envoyé", "gesendet", "datum", "fecha", "data", "дата", "التاريخ", "tarih", "日期", "wysłano"],
        "date",
    ),
    **dict.fromkeys(
        ["subject", "objet", "betreff", "asunto", "assunto", "oggetto", "тема", "الموضوع", "konu", "主题", "temat"],
        "title",
    ),
}
_MESSAGE = re.compile(
    r"(?:message|nachricht|mensaje|mensagem|messaggio|сообщение|الرسالة|رسالة)\s?:?\s?#?\s?\d{1,5}", re.IGNORECASE
)
_RULE = re.compile(r"[-_=*]{6,}")
_ADDRESS = re.compile(r"(?<!\s)\s*+(?:<[^<>]{0,200}>|\([^()]{0,100}@[^()]{0,100}\)|\[mailto:[^\]]{0,200}\])\s*+")
_MANY = 2  # posts, or digests' messages
_BODY_LINES = 3  # without a head between, of a message


@dataclass(slots=True)
class _Post:
    """A post: its head's first line, its first line of text, and what the head states."""

    start: int
    text: int
    outlet: tuple[str, int] | None = None
    author: tuple[str, int] | None = None
    title: tuple[str, int] | None = None
    date: tuple[str, int] | None = None


def post_articles(lines: Sequence[Line], today: date | None) -> list[PageArticle] | None:
    """The articles of a page of posts; ``None`` if it is none."""
    posts = _channel(lines) or _digest(lines)
    if not posts:
        return None
    articles = []
    for post, end in zip(posts, [*(each.start for each in posts[1:]), len(lines)], strict=True):
        article = _article(lines, post, end, today)
        if article is not None:
            articles.append(article)
    return articles or None


def heads_of_posts(lines: Sequence[Line]) -> frozenset[int]:
    """Indexes of the lines that are heads of posts and headers of mails."""

    def is_head(line: Line) -> bool:
        return len(line.text) <= _MAX_HEAD_CHARS and bool(_POST.fullmatch(line.text) or _HEADER.fullmatch(line.text))

    heads = of_each(lines, is_head)
    return frozenset(index for index, line in enumerate(lines) if heads[line])


def _channel(lines: Sequence[Line]) -> list[_Post]:
    """Posts under ``Channel, [12.04.2021 08:14]``."""
    heads = of_each(lines, lambda line: _POST.fullmatch(line.text) if len(line.text) <= _MAX_HEAD_CHARS else None)
    posts = []
    for index, line in enumerate(lines):
        if (match := heads[line]) is not None:
            posts.append(_Post(index, index + 1, outlet=(match["name"].strip(), index), date=(match["date"], index)))
    first = next((index for index, line in enumerate(lines) if line.text), 0)
    return posts if len(posts) >= _MANY or (posts and posts[0].start == first) else []


def _digest(lines: Sequence[Line]) -> list[_Post]:
    """Messages under headers, below a rule or a line such as ``Message: 2``."""
    headers = of_each(lines, lambda line: _HEADER.fullmatch(line.text) if len(line.text) <= 500 else None)
    posts: list[_Post] = []
    index = 0
    before = None
    while index < len(lines):
        line = lines[index]
        if headers[line] is None or not _parts_messages(before):
            before = line.text if line.text else before
            index += 1
            continue
        post, index = _read_headers(lines, headers, index)
        before = None
        posts.append(post)
    messages = [post for post in posts if post.title and (post.author or post.date)]
    return posts if len(messages) >= _MANY else []


def _parts_messages(text: str | None) -> bool:
    return text is not None and (_RULE.fullmatch(text) is not None or _MESSAGE.fullmatch(text) is not None)


def _read_headers(lines: Sequence[Line], headers: dict[Line, re.Match[str] | None], start: int) -> tuple[_Post, int]:
    post, index = _Post(start, start), start
    while index < len(lines) and lines[index].text:
        match = headers[lines[index]]
        if match is None:
            if not lines[index].raw[:1].isspace():
                break
        else:
            field, value = _FIELDS.get(match["label"].lower()), (match["value"].strip(), index)
            if field == "author" and post.author is None:
                post.author = value
            elif field == "date" and post.date is None:
                post.date = value
            elif field == "title" and post.title is None:
                post.title = value
        index += 1
    post.text = index
    return post, index


def _article(lines: Sequence[Line], post: _Post, end: int, today: date | None) -> PageArticle | None:
    text = [index for index in range(post.text, end) if lines[index].text]
    is_mail = post.title is not None
    if is_mail and not (post.author or post.date):
        # The foot of a digest.
        return None
    original = None
    while text and not is_mail:
        if match := _FORWARDED.fullmatch(lines[text[0]].text[:_MAX_HEAD_CHARS]):
            original = match["name"].strip()
        elif not _ATTACHED.fullmatch(lines[text[0]].text[:_MAX_HEAD_CHARS]):
            break
        text.pop(0)
    while text and _is_foot(lines[text[-1]], is_mail=is_mail):
        text.pop()
    if not text:
        return None
    title, text = (post.title, text) if post.title is not None else _title_of_post(lines, text)
    last = text[-1] if text else title[1]
    start = min(post.start, title[1])
    evidence: dict[str, Evidence] = {}
    published = PublishedDate()
    if post.date is not None:
        published = read_date(post.date[0], source=DateSource.STATED, today=today)
        evidence["date"] = evidence_of_label("date", How.LABELLED, post.date[1] + 1)
    if post.outlet is not None:
        evidence["outlet"] = evidence_of_label("outlet", How.LABELLED, post.outlet[1] + 1)
    author = _name(post.author[0]) if post.author is not None else None
    if author and post.author is not None:
        evidence["author"] = evidence_of_label("author", How.LABELLED, post.author[1] + 1)
    sure = Evidence(_SURE, (Cue("the head of a post", post.start + 1),))
    kept = range(text[0], text[-1] + 1) if text else range(0)
    return PageArticle(
        start_line=start + 1,
        end_line=last + 1,
        title=title[0],
        body="\n".join(lines[index].text for index in kept),
        outlet=post.outlet[0] if post.outlet else None,
        author=author,
        published=published if published.day is not None else PublishedDate(),
        evidence=SplitEvidence(
            start=sure,
            end=Evidence(_SURE, (Cue("the post ends", last + 1),)),
            title=Evidence(_SURE if is_mail else _MADE, (Cue("the first line of the post", title[1] + 1),)),
            outlet=evidence.get("outlet"),
            author=evidence.get("author"),
            date=evidence.get("date") if published.day is not None else None,
        ),
        left_out=tuple(index + 1 for index in range(start, last + 1) if index not in kept),
        original_outlet=original,
    )


def _title_of_post(lines: Sequence[Line], text: list[int]) -> tuple[tuple[str, int], list[int]]:
    """The first line, if a text follows; else its first words, and it stays the text."""
    first = lines[text[0]]
    if len(text) > 1 and len(first.text) <= _MAX_TITLE_CHARS:
        return (first.text, text[0]), text[1:]
    return (first_line_title(first.text), text[0]), text


def _is_foot(line: Line, *, is_mail: bool) -> bool:
    """Whether a line under a post calls to follow the channel, or parts messages."""
    if _RULE.fullmatch(line.text) or _MESSAGE.fullmatch(line.text):
        return True
    return not is_mail and (classify(line) in ENDING or _is_call(line))


def _is_call(line: Line) -> bool:
    words = fold(line.text[:120])
    called = any(fold(stem) in words for stem in _CALLS)
    return len(line.text) <= 120 and called and not line.ends_sentence


_CALLS = (
    "подпис", "подпиш", "підпис", "підпиш", "subscri", "abonne", "abonnier", "suscrib", "inscreva", "iscriv", "abone ol",
    "follow us", "اشترك", "تابعونا", "عضو شوید", "订阅", "关注", "t.me/",
)  # fmt: skip


def _name(value: str) -> str:
    """The name in the sender's header; of a bare address nothing."""
    name = _ADDRESS.sub(" ", value).strip(" \"'")
    return "" if "@" in name.split(" ")[0] else name
