"""Simplified and traditional Chinese: the same text in the signs of the other.

The tables of characters are OpenCC's. Of a simplified sign it is not known which of several
traditional ones it stands for, so that each is tried. A word of two signs stays as it is written:
its other form is too often another word.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from itertools import islice, product

#: Fewer signs are sought as they are written.
LEAST_SIGNS = 3
#: Forms of one text that are tried.
MOST_FORMS = 8
_SIGNS = re.compile(f"[\u3400-\u9fff]{{{LEAST_SIGNS},}}")


def other_forms(text: str) -> tuple[str, ...]:
    """A text in simplified signs, and in traditional ones in each way there is, without itself."""
    if not _SIGNS.fullmatch(text):
        return ()
    simplified = "".join(_table("TS").get(sign, (sign,))[0] for sign in text)
    ways = product(*(_table("ST").get(sign, (sign,)) for sign in text))
    forms = dict.fromkeys([simplified, *islice(map("".join, ways), MOST_FORMS)])
    return tuple(form for form in forms if form != text)


@cache
def _table(name: str) -> dict[str, tuple[str, ...]]:
    """Sign → those of the other kind, the likeliest first; ``ST`` from simplified, ``TS`` to
    them."""
    path = files("opencc").joinpath("dictionary", f"{name}Characters.txt")
    rows = (line.split("\t", 1) for line in path.read_text(encoding="utf-8").splitlines() if "\t" in line)
    return {sign: tuple(others.split()) for sign, others in rows if len(sign) == 1}
