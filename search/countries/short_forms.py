"""Countries that Chinese names by one character each, run together: 中美 is China and the United
States."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from search.countries.patterns import PatternEntry, compile_entry
from search.countries.tables import DATA, read_table

_IN = "中"


@dataclass(frozen=True, slots=True)
class _ShortForms:
    """``entries`` by character, ``run`` of two or more, ``single`` ones before an office, and the
    words that tell what a run is."""

    entries: dict[str, PatternEntry]
    run: re.Pattern[str]
    single: re.Pattern[str]
    after: re.Pattern[str]
    words: frozenset[str]
    weak: frozenset[str]
    before: str


@cache
def _short_forms() -> _ShortForms:
    entries: dict[str, PatternEntry] = {}
    rows: dict[str, str] = {}
    for _, (row, value) in read_table(DATA / "short_forms.tsv", 2):
        if row in ("after", "word", "weak", "single", "office", "before"):
            rows[row] = value
            continue
        code = "" if row == "-" else row
        entries.update({char: compile_entry(code, "name", char, "", bounded=False) for char in value})
    return _ShortForms(
        entries,
        re.compile(f"[{''.join(entries)}]{{2,6}}"),
        re.compile(rf"(?<!\w)[{rows['single']}](?={'|'.join(rows['office'].split())})"),
        re.compile("|".join(rows["after"].split())),
        frozenset(rows["word"].split()),
        frozenset(rows["weak"]),
        rows["before"],
    )


def short_form_runs(text: str, taken: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int, PatternEntry]]:
    """Start, end and entry of each character of the runs in ``text``; ``taken`` are the spans of
    longer names."""
    forms = _short_forms()
    spans = sorted(taken)
    longest = max((last - first for first, last in spans), default=0)
    for found in forms.run.finditer(text):
        start, end = found.span()
        near = spans[bisect_left(spans, (start - longest, 0)) : bisect_left(spans, (end, 0))]
        # 美日本 is no run: 日本 begins with the last character.
        end = min([end, *(first for first, last in near if start <= first < end and last > first + 1)])
        start = max([start, *(last for first, last in near if first < start < last)])
        if end - start >= 2 and _are_countries(forms, text, start, end):
            for at in range(start, end):
                yield at, at + 1, forms.entries[text[at]]
    for found in forms.single.finditer(text):
        yield found.start(), found.end(), forms.entries[found[0]]


def _are_countries(forms: _ShortForms, text: str, start: int, end: int) -> bool:
    before = text[start - 1 : start]
    if text[start] == _IN and before and before in forms.before:
        return False
    if forms.after.match(text, end):
        return True
    # At the beginning of a clause, where no word begins with the last character.
    clear = forms.weak.isdisjoint(text[start:end])
    return clear and not before.isalnum() and text[end - 1 : end + 1] not in forms.words
