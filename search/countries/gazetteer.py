"""The gazetteer in memory: one pack of patterns a language or script, loaded when a text first
needs it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from search.countries.folding import fold_with_offsets
from search.countries.inflection import Inflection, inflections, name_entries
from search.countries.patterns import PatternEntry, compile_entry
from search.countries.tables import DATA, GazetteerError, read_table

KINDS = frozenset({"name", "adjective", "capital", "block", "skip", "company"})
# The names CLDR gives need no curated file; these packs hold inflected languages whose names end in a case ending.
_VOWEL_ENDING = re.compile("(?:[аяыиоейьaeyiouяაეიოუαηο]|ος|ας|ες|ης)$")
_OTHER_LETTERS = frozenset(
    {"cyrillic", "ar", "fa", "ps", "ur", "ckb", "sd", "ug", "kk", "ky", "mn", "tt", "ba", "tg", "ce", "cv"}
)
_UNBOUNDED = frozenset({"zh", "ja", "th", "lo", "km", "my", "yue"})
_ARABIC_PROCLITICS = ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "وك", "فب", "فل")
_HEBREW_PROCLITICS = ("", "ו", "ב", "ל", "מ", "ש", "ה", "כ", "וב", "ול", "ומ", "וש", "וה", "שב", "של", "מה")
# A preposition of place written onto the name of a capital.
_PLACE_PROCLITICS = {"ar": ("ب",), "he": ("ב",)}


@dataclass(frozen=True, slots=True)
class PackSetting:
    """One row of ``packs.tsv``: which CLDR languages feed a pack and how words end in it."""

    name: str
    languages: tuple[str, ...]
    endings: str
    name_rule: str


@dataclass(frozen=True, slots=True)
class Pack:
    """A loaded pack: ``automaton`` finds literals, ``candidates[literal]`` are the entries with
    what stands before."""

    name: str
    automaton: AhoCorasick
    candidates: tuple[tuple[tuple[PatternEntry, int], ...], ...]
    bounded: bool
    place_proclitics: tuple[str, ...]


@cache
def pack_settings() -> dict[str, PackSetting]:
    """All rows of ``packs.tsv`` by pack name."""
    settings = {}
    for _, (name, languages, name_rule, endings) in read_table(DATA / "packs.tsv", 4):
        # A joiner (ZWNJ) at the start of an ending folds to a space, which it may also be written as.
        folded = sorted({fold_with_offsets(ending).text for ending in endings.split()}, key=len, reverse=True)
        alternatives = "|".join([*folded, ""])
        if name_rule == "inflected":
            alternatives = inflections()[name].endings
        settings[name] = PackSetting(name, tuple(languages.split()), alternatives, name_rule)
    return settings


@cache
def pack_of_language() -> dict[str, str]:
    """Language subtag → pack name."""
    return {language: name for name, setting in pack_settings().items() for language in setting.languages}


@cache
def cldr_rows() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Rows of the built file: country, name, languages."""
    return tuple(
        (country, name, tuple(languages.split(" ")))
        for _, (country, name, languages) in read_table(DATA / "cldr_names.tsv", 3)
    )


@cache
def small_packs() -> dict[str, tuple[tuple[str, str, str], ...]]:
    """Language → country, kind and names of each row of ``small_packs.tsv``."""
    found: dict[str, tuple[tuple[str, str, str], ...]] = {}
    for number, (languages, country, kind, names) in read_table(DATA / "small_packs.tsv", 4):
        if kind not in KINDS:
            raise GazetteerError(f"small_packs.tsv, line {number}: kind {kind!r} is none of {', '.join(sorted(KINDS))}")
        for language in languages.split():
            found[language] = (*found.get(language, ()), (country, kind, names))
    return found


@cache
def _rows_around() -> tuple[tuple[frozenset[str], str, str, tuple[str, ...]], ...]:
    return tuple(
        (frozenset(packs.split()), country, kind, tuple(piece.strip() for piece in patterns.split(",")))
        for _, (packs, country, kind, patterns) in read_table(DATA / "names_around.tsv", 4)
    )


def names_around(pack: str) -> Iterator[tuple[str, str, str]]:
    """Country, kind and pattern of what ``names_around.tsv`` holds for a pack."""
    for packs, country, kind, patterns in _rows_around():
        if pack in packs or "*" in packs:
            for pattern in patterns:
                # Texts in Cyrillic or Arabic letters have their own names; few are worth the room of all prefixes.
                if "*" in packs and (pattern[0] < "Ͱ") == (pack in _OTHER_LETTERS):
                    continue
                yield country, kind, pattern


@cache
def load_pack(name: str) -> Pack:
    """The pack of that name; a bare language subtag gives a pack of its CLDR names."""
    rule = "inflected" if name in inflections() else "exact"
    setting = pack_settings().get(name) or PackSetting(name, (name,), "", rule)
    bounded = name not in _UNBOUNDED
    entries = list(_entries(setting, bounded))
    by_literal: dict[str, list[tuple[PatternEntry, int]]] = {}
    for entry in entries:
        for literal, proclitic in _literals(entry, setting):
            found = by_literal.setdefault(literal, [])
            found.append((entry, proclitic))
    automaton = AhoCorasick(list(by_literal), matchkind=MatchKind.Standard)
    return Pack(
        name, automaton, tuple(tuple(found) for found in by_literal.values()), bounded, _PLACE_PROCLITICS.get(name, ())
    )


def _entries(setting: PackSetting, bounded: bool) -> Iterator[PatternEntry]:
    skipped: set[str] = set()
    need_company: set[str] = set()
    if setting.name in pack_settings():
        path = DATA / "packs" / f"{setting.name}.tsv"
        for number, (country, kind, patterns) in read_table(path, 3):
            if kind not in KINDS:
                raise GazetteerError(f"{path.name}, line {number}: kind {kind!r} is none of {', '.join(sorted(KINDS))}")
            if kind == "skip":
                skipped.update(patterns.split())
                continue
            if kind == "company":
                need_company.update(patterns.split())
                continue
            code = "" if kind == "block" else country
            for pattern in patterns.split(","):
                yield compile_entry(code, kind, pattern.strip(), setting.endings, bounded=bounded)
    for country, kind, pattern in names_around(setting.name):
        yield compile_entry("" if kind == "block" else country, kind, pattern, setting.endings, bounded=bounded)
    row = inflections()[setting.name] if setting.name_rule == "inflected" else Inflection()
    for country, kind, names in small_packs().get(setting.name, ()):
        if kind == "company":
            need_company.update(names.split())
            continue
        for name in (piece.strip() for piece in names.split(",")):
            if bounded:
                code = "" if kind == "block" else country
                yield from name_entries(code, name.lstrip("!"), row, kind=kind, needs_company=name.startswith("!"))
            else:
                yield compile_entry("" if kind == "block" else country, kind, name, "", bounded=False)
    languages = set(setting.languages)
    for country, written, of_languages in cldr_rows():
        if country in skipped or languages.isdisjoint(of_languages):
            continue
        if setting.name_rule == "inflected":
            if "SAR" not in written:
                yield from name_entries(country, written, row, needs_company=country in need_company)
        else:
            pattern = _name_pattern(written, setting.name_rule)
            if pattern:
                # Both kinds of evidence are weighed by the same rule.
                pattern = f"!{pattern}" if country in need_company else pattern
                yield compile_entry(country, "name", pattern, setting.endings, bounded=bounded)


def _name_pattern(written: str, rule: str) -> str:
    """The pattern for a name from CLDR: as it is, open to suffixes, or its stem open to case
    endings."""
    if "SAR" in written:
        return ""
    if rule == "exact" or len(written) < 4 or written.isupper():
        return written
    if rule == "suffix":
        return f"{written}~"
    return " ".join(_VOWEL_ENDING.sub("", word) + "~" if len(word) > 3 else word for word in written.split())


def _literals(entry: PatternEntry, setting: PackSetting) -> Iterator[tuple[str, int]]:
    """What the automaton looks for: the literal, with the proclitics of Arabic or Hebrew before it,
    and their length."""
    proclitics: tuple[str, ...] = _HEBREW_PROCLITICS if setting.name == "he" else ("",)
    if setting.name_rule == "inflected":
        proclitics = inflections()[setting.name].proclitics
    if len(proclitics) > 1:
        for proclitic in proclitics:
            yield f" {proclitic}{entry.literal[1:]}", len(proclitic)
        return
    if setting.name != "ar":
        yield entry.literal, 0
        return
    word = entry.literal[1:]
    # أ folds to ا, but the ل of ألمانيا is no article's.
    article = entry.pattern.lstrip("?!_%^&").startswith("ال")
    stem = word[2:] if article else word
    for proclitic in _ARABIC_PROCLITICS:
        if article or entry.kind == "adjective":
            # ل and the article contract to لل; the mention then begins with it.
            contracted = proclitic.endswith("ل")
            yield f" {proclitic}{'ل' if contracted else 'ال'}{stem}", len(proclitic) - contracted
        if not article:
            yield f" {proclitic}{stem}", len(proclitic)
