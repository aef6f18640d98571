"""Pages made of one kind of line again and again, beside an ordinary one: what splitting takes on
each is bounded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import count

_WORDS = [
    "council",
    "bridge",
    "river",
    "spring",
    "minister",
    "ferry",
    "town",
    "harbour",
    "police",
    "report",
    "election",
    "vote",
    "water",
    "school",
    "road",
]
_MONTHS = ("January", "March", "May", "July", "September", "October", "December")


def _word(number: int) -> str:
    return _WORDS[number % len(_WORDS)]


def _date(number: int) -> str:
    return f"{number % 28 + 1} {_MONTHS[number % 7]} {1990 + number % 30}"


def _prose(number: int) -> str:
    words = " ".join(_word(number * 7 + place * place) for place in range(24))
    return f"The {words} was opened, said the {_word(number)} of the {number % 97}th district."


def _article(number: int) -> str:
    paragraphs = "\n".join(_prose(number * 9 + place) for place in range(8))
    title = " ".join(_word(number + place * place) for place in range(6)).capitalize()
    return f"{title}\nBy Jane {_word(number).capitalize()}\n{_date(number)}\n\n{paragraphs}\n\nRelated articles\n\n"


def _same(text: str) -> Callable[[int], str]:
    return lambda _number: text


_BRIDGE = "Bridge opens in the harbour town"
#: Kind of page → its piece number n.
KINDS: Mapping[str, Callable[[int], str]] = {
    "ordinary": _article,
    "one letter": _same("a\n"),
    "one capital": _same("A\n"),
    "blocks": _same(f"{_BRIDGE}\nBy Jane Doe\n5 October 2020\n"),
    "blocks, all different": lambda n: f"{_BRIDGE} {n}\nBy Jane {_word(n).capitalize()}\n{_date(n)}\n",
    "equals signs": _same("=\n"),
    "rows of equals signs": _same("=====\n"),
    "dots": _same(".\n"),
    "short Chinese": _same("中国\n"),
    "short Chinese, all different": lambda n: f"{chr(0x4E00 + n % 5000)}{chr(0x4E00 + n // 7 % 5000)}\n",
    "short Japanese": _same("日本の\n"),
    "short Thai": _same("ไทย\n"),
    "short Arabic": _same("خبر\n"),
    "short Arabic, all different": lambda n: f"خبر {chr(0x627 + n % 20)}{chr(0x627 + n // 20 % 20)}{n}\n",
    "numbers": lambda n: f"{n}\n",
    "dates": lambda n: f"{_date(n)}\n",
    "dates in figures": lambda n: f"2020-{n % 12 + 1:02}-{n % 28 + 1:02}\n",
    "Chinese dates": lambda n: f"2020年{n % 12 + 1}月{n % 28 + 1}日\n",
    "months": _same("October 2020\n"),
    "addresses": lambda n: f"https://example.org/{n}\n",
    "mail addresses": _same("a@b.cd\n"),
    "bylines": lambda n: f"By Jane {_word(n).capitalize()} {_word(n // 15).capitalize()}\n",
    "names": lambda n: f"John {_word(n).capitalize()} {_word(n // 15).capitalize()}\n",
    "capitals": lambda n: f"BREAKING NEWS {_word(n).upper()} {_word(n // 15).upper()}\n",
    "quotes": _same('"Yes"\n'),
    "quotes, all different": lambda n: f'"Yes {n}"\n',
    "speakers": lambda n: f"Q{n}: what?\n",
    "nearly empty lines": _same("\u00a0\n"),
    "invisible lines": _same("\u200b\n"),
    "empty lines": _same("\n"),
    "mail headers": _same("From: a\nSubject: b\n"),
    "notices of rights": _same("© 2020 Coast Courier\n"),
    "sources": lambda n: f"Source: Coast Press, {_date(n)}\n",
    "amounts": _same("$5\n"),
    "headings of links": _same("Related articles\n"),
    "datelines": lambda n: f"MOSCOW, {_date(n)} (TASS) — {_word(n)}\n",
    "titles and paragraphs": lambda n: f"The {_word(n)} of {_word(n // 15)} {n}\n{_prose(n)}\n",
    "articles of a title and a byline": lambda n: (
        f"The {_word(n)} of {_word(n // 15)} {n}\nBy Jane Doe, {_date(n)}\n{_prose(n)}\n"
    ),
    "paragraphs": lambda n: f"{_prose(n)}\n",
    "one paragraph": _same("The council said on Monday that the bridge over the river would open in the spring.\n"),
    "four scripts": lambda n: (
        "The harbour opens\n",
        "الميناء يفتح اليوم\n",
        "港口今天开放\n",
        "Порт открыт сегодня\n",
    )[n % 4],
    "one line of words": _same("word "),
    "one line of a letter": _same("a"),
    "one line of dates": lambda n: f"{_date(n)} ",
}


def page_of(kind: str, size: int) -> str:
    """A page of that kind of about ``size`` bytes."""
    piece = KINDS[kind]
    pieces, length = list[str](), 0
    for number in count():
        pieces.append(piece(number))
        length += len(pieces[-1].encode())
        if length >= size:
            break
    return "".join(pieces)
