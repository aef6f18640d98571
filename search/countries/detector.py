"""Finds the countries an article names, each as a span with kind and rule."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from search.countries.company import accompanied
from search.countries.contexts import Context, is_only_a_place, names_an_organisation
from search.countries.dateline import dateline_mentions
from search.countries.folding import Folded, fold_with_offsets
from search.countries.gazetteer import Pack
from search.countries.mention import Mention
from search.countries.nationalities import without_mere_nationalities
from search.countries.packs import pack_for
from search.countries.patterns import Case, PatternEntry
from search.countries.persons import follows_first_name, is_given_name, reads_as_person, states_only
from search.countries.readings import is_city_adjective, is_part_of_a_foreign_name, is_quoted_alone, names_a_language
from search.countries.short_forms import short_form_runs

_SENTENCE_OPENERS = frozenset(".!?…:;\n\r\"'«»“”„‘’()[]-–—•*|>")


@dataclass(frozen=True, slots=True)
class _Hit:
    """One pattern found: ``start``/``end`` in the folded text; ``locative``: a preposition is
    written onto it.

    ``opening``: a name that is also a word stands where any word has a capital, or in a script that
    has none.
    """

    start: int
    end: int
    entry: PatternEntry
    locative: bool
    opening: bool


def detect_mentions(title: str, body: str, language: str | None) -> tuple[Mention, ...]:
    """Every place where the title or the body names a country.

    Args:
        title, body: the article's texts as they are shown; offsets count their characters.
        language: lower-case primary subtag; ``None`` or an unknown one is decided by script.

    Returns:
        Mentions sorted by field (title first) and start; spans of one field never overlap.
    """
    pack = pack_for(language, f"{title} {body}" if len(title) < 100 else title)
    texts = {"title": title, "body": body}
    folded = {name: fold_with_offsets(text) for name, text in texts.items()}
    context = Context(pack.name, f" {folded['title'].text} {folded['body'].text} ")
    sure: list[Mention] = []
    doubtful: list[Mention] = []
    first_names: list[Mention] = []
    opening: list[Mention] = []
    with_company: list[Mention] = []
    for name, text in texts.items():
        for hit in _longest(_hits(pack, text, folded[name])):
            mention = _mention(pack, name, text, folded[name], hit, context)
            if mention is None:
                continue
            if hit.entry.company:
                with_company.append(mention)
            elif hit.opening:
                opening.append(mention)
            elif hit.entry.doubtful:
                doubtful.append(mention)
            elif hit.entry.first_name or is_given_name(mention):
                first_names.append(mention)
            else:
                sure.append(mention)
    datelines = dateline_mentions(body)
    sure = _outside(datelines, sure) + datelines
    sure += states_only(_outside(datelines, first_names), {mention.country for mention in sure}, texts)
    sure += _confirmed(_outside(datelines, doubtful), {mention.country for mention in sure}, texts)
    sure += accompanied(_outside(datelines, opening), _outside(datelines, with_company), sure, texts, pack.name)
    sure = without_mere_nationalities(sure, texts, pack.name)
    sure.sort(key=lambda mention: (mention.field == "body", mention.start))
    return tuple(sure)


def country_codes(mentions: Iterable[Mention]) -> list[str]:
    """The countries mentioned, sorted, each once."""
    return sorted({mention.country for mention in mentions})


def _hits(pack: Pack, text: str, folded: Folded) -> list[_Hit]:
    padded = f" {folded.text} "
    hits = []
    candidates = pack.candidates
    # Nothing dropped: the first letter is where the folded one is, and most words in small letters are soon put aside.
    letters = "" if folded.dropped else f" {text} "
    for index, start, end in pack.automaton.find_matches_as_indexes(padded, overlapping=True):
        for entry, proclitic in candidates[index]:
            begin = start + pack.bounded + proclitic + entry.lead
            if letters and entry.capital and letters[begin].islower():
                continue
            stop = entry.match_end(padded, end)
            if stop < 0:
                continue
            # The padding is one character, so folded offsets are one less.
            if _is_written(entry, text, folded, begin - 1, stop - 1):
                written_on = padded[start + 1 : begin].endswith(pack.place_proclitics)
                opening = entry.inside_sentence and (
                    not entry.capital or _opens_sentence(text, folded, begin - 1, stop - 1)
                )
                hits.append(_Hit(begin - 1, stop - 1, entry, written_on, opening))
    if pack.name == "zh":
        taken = [(hit.start, hit.end) for hit in hits]
        hits += [_Hit(start, end, entry, False, False) for start, end, entry in short_form_runs(folded.text, taken)]
    return hits


def _is_written(entry: PatternEntry, text: str, folded: Folded, start: int, end: int) -> bool:
    """Whether the capitals are as the pattern asks."""
    if entry.case is Case.ANY:
        return True
    begin, stop = folded.original_span(start, end)
    if entry.case is Case.UPPER:
        return text[begin:stop].isupper()
    if entry.case is Case.LOWER:
        return not text[begin].isupper()
    if not (text[begin].isupper() or text[begin].istitle()):
        return False
    # "La Réunion", not "La réunion".
    return not entry.ends_capital or _last_word(text, folded, start, end)[0].isupper()


def _opens_sentence(text: str, folded: Folded, start: int, end: int) -> bool:
    """Whether any word would have a capital here: at the beginning of a sentence, or all in
    capitals."""
    begin, stop = folded.original_span(start, end)
    before = text[max(0, begin - 3) : begin].rstrip(" \u00a0")
    return not before or before[-1] in _SENTENCE_OPENERS or text[begin:stop].isupper()


def _last_word(text: str, folded: Folded, start: int, end: int) -> str:
    last = folded.text.rfind(" ", start, end) + 1
    begin, stop = folded.original_span(last, end)
    return text[begin:stop]


def _longest(hits: list[_Hit]) -> list[_Hit]:
    """Leftmost-longest choice without overlaps; of the same length, a blocked context, the longer
    stem, a name wins."""
    hits.sort(
        key=lambda hit: (
            hit.start,
            -hit.end,
            bool(hit.entry.country),
            hit.opening,
            -hit.entry.weight,
            hit.entry.kind != "name",
        )
    )
    chosen, reached = [], -1
    for hit in hits:
        if hit.start >= reached:
            chosen.append(hit)
            reached = hit.end
    return chosen


def _mention(pack: Pack, name: str, text: str, folded: Folded, hit: _Hit, context: Context) -> Mention | None:
    entry = hit.entry
    if not entry.country:
        return None
    if entry.kind == "capital" and (hit.locative or is_only_a_place(pack.name, text, folded, hit.start, hit.end)):
        return None
    key = folded.text[hit.start : hit.end]
    # A pattern with words around it has decided already.
    country = entry.country if "[" in entry.pattern else context.resolve(key, entry.country)
    if not country:
        return None
    start, end = folded.marked_span(text, hit.start, hit.end)
    if entry.surname and follows_first_name(text, start):
        return None
    if names_an_organisation(pack.name, text, start, end) or (
        entry.kind != "adjective" and is_quoted_alone(text, start, end)
    ):
        return None
    if not pack.bounded and is_part_of_a_foreign_name(text, start, end):
        return None
    if entry.kind == "adjective" and names_a_language(pack.name, folded.text, hit.start, hit.end):
        return None
    if entry.kind == "capital" and is_city_adjective(text[start:end], len(entry.literal) - pack.bounded):
        return None
    return Mention(country, text[start:end], name, start, end, entry.kind, f"{pack.name}: {entry.pattern}")


def _outside(datelines: list[Mention], mentions: list[Mention]) -> list[Mention]:
    """The mentions without those in the spans of datelines, which take their place."""
    return [
        mention
        for mention in mentions
        if mention.field == "title"
        or all(mention.end <= place.start or mention.start >= place.end for place in datelines)
    ]


def _confirmed(doubtful: list[Mention], named: set[str], texts: dict[str, str]) -> list[Mention]:
    """Names that may be people's: kept with other evidence for the country, or where nothing looks
    like a person."""
    persons = {mention.country for mention in doubtful if reads_as_person(texts[mention.field], mention)}
    return [
        mention
        for mention in doubtful
        if not reads_as_person(texts[mention.field], mention)
        and (mention.country in named or mention.country not in persons)
    ]
