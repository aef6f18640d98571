"""The patterns whose work is bounded by what they are given: each with the bound and where that is
seen to.

A pattern that is not here must take linear work for a text of any length. Keys are beginnings of
the places that `collect.all_patterns` gives, so that one entry may stand for a table.
"""

from __future__ import annotations

from search.countries import contexts, dateline, readings
from search.dates.dateline import MAX_DATELINE_CHARS
from search.ingest.splitting.bylines import MAX_BYLINE_CHARS
from search.ingest.splitting.lines import HEAD_CHARS
from search.ingest.webpages.kinds import MAX_NAME_CHARS
from search.languages.detect import SAMPLE_CHARS

from .growth import ANY, Use

_BYLINE = Use("`read_credit` refuses longer lines", MAX_BYLINE_CHARS, one_space=True)
_STATED = Use("`clean_author` refuses longer names; `plain` leaves single spaces", 1_000, one_space=True)
USES: dict[str, Use] = {
    "search.ingest.splitting.byline_forms.TIME": _BYLINE,
    "search.ingest.splitting.byline_forms.SEGMENTS": _BYLINE,
    "search.ingest.splitting.byline_forms.AFTER_NAME": _BYLINE,
    "search.ingest.splitting.byline_forms.COPYRIGHT": Use("`read_copyright` cuts", 600, one_space=True),
    "search.ingest.splitting.bylines: re.search('(?:https?://)?": _BYLINE,
    "search.ingest.splitting.bylines: re.sub(": Use("the names that COPYRIGHT takes", 120),
    "search.countries.contexts._place_cues()": Use("`is_only_a_place`", contexts.MAX_CUE_CHARS * 4, at_start=True),
    "search.countries.dateline.": Use("`dateline_mentions`", dateline.HEAD_CHARS, at_start=True),
    "search.countries.persons._BEFORE": Use("`follows_first_name` looks 25 characters back", 25),
    "search.countries.readings._languages()": Use("`names_a_language`", readings.MAX_LIST_CHARS, at_start=True),
    "search.dates.roles.": Use("looks 40 characters back", 40),
    "search.dates.dateline._PLACE": Use("`_is_place` joins words", MAX_DATELINE_CHARS, one_space=True),
    "search.languages.detect._NOT_WORDS": Use("`_sample` cuts", max(SAMPLE_CHARS, 1_200)),
    "search.ingest.splitting.boilerplate.PHRASES.biography": Use("`Line.folded`", HEAD_CHARS, one_space=True),
    "search.countries.gazetteer.load_pack": Use("`PatternEntry.match_end`", at_start=True),
    "search.names.outlets: re.fullmatch(": Use("fullmatch", at_start=True),
    "search.ingest.splitting.labels._EMBED": Use("cut where it is searched", 1_000),
    "search.ingest.webpages.kind_words.TITLES": Use(
        "`_kind` passes over longer names; fullmatch", MAX_NAME_CHARS, one_space=True, at_start=True
    ),
    "search.ingest.webpages.authors._CONTACT": _STATED,
    "search.ingest.webpages.authors._AFTER": Use("`_byline` passes over longer elements", 200, one_space=True),
    "search.ingest.splitting.titles.looks._DATELINE": Use(
        "cut where it is matched", 120, at_start=True, one_space=True
    ),
}


def use_of(place: str) -> Use:
    """How the pattern found at that place is used."""
    return next((use for begin, use in USES.items() if place.startswith(begin)), ANY)
