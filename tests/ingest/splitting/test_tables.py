"""The tables of rules: every row has a basis, and holds on some page; the points of those that hold
add up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from search.ingest.splitting.boilerplate import PHRASES
from search.ingest.splitting.ends import END_RULES
from search.ingest.splitting.heads import lines as head_lines
from search.ingest.splitting.heads.lines import HeadRule, Reading
from search.ingest.splitting.heads.reading import read_head
from search.ingest.splitting.label_rules import LABEL_RULES
from search.ingest.splitting.page import Page
from search.ingest.splitting.page_read import read_page_lines
from search.ingest.splitting.split import CASE_RULES, Case, split_page
from search.ingest.splitting.titles import choosing as titles
from search.ingest.splitting.titles import score as title_score
from search.ingest.splitting.titles.candidate import Candidate, End, Share, Stretch, Title
from search.ingest.splitting.titles.choosing import OPENING_CUES, REST_CUES, find_titles
from search.ingest.splitting.titles.score import TITLE_CUES, TitleCue
from tests.evaluation.heldout import pages, topics
from tests.ingest.invented_pages import EN, FR, PAGES

HEAD_TABLES = ("CREDIT_RULES", "NOISE_RULES", "WAITING_RULES", "TEXT_RULES")
TITLE = topics("en")[0].title
TITLES = ("Harbour quay closed for repairs", "Mayor seeks talks with owners", "Fishermen block the road")
#: What no other invented page shows.
ODD_PAGES = tuple(
    "\n\n".join(lines)
    for lines in (
        (TITLE, *EN, "Harbour, Fuel, Boats", *EN[:2], "“We sail around the cape”", *EN[1:]),
        (TITLE, *EN, "News", *EN[1:], "Quay", *EN, "Ab", *EN[:2]),
        (TITLE, *EN, "The boats are tied. Nobody sails them home today", *EN),
        (TITLE, *EN, "The long way round the cape " * 7, *EN, "And last of all a line of words"),
        (TITLE, "https://port.example/quay", *EN, "3 May 2020", "Fishermen block the road", *EN[1:]),
        (TITLE, *EN, "The boats are tied. Nobody sails them home", "By Jane Doe"),
        (TITLE, *EN, "الصيادون يحتجون أمام دار البلدية", *EN[1:], "Les pêcheurs ferment le port", *FR),
        (TITLE, TITLE, "Source:", *EN, "News", "News", EN[2], "Quay closed", "3 May 2020", "4 May 2020", " ".join(EN)),
        ("Agnes Tolliver on boats", "Agnes Tolliver, 3 May 2020", *EN, "Quay closed for repairs", " ".join(EN)),
        (
            "The mayor seeks talks with owners",
            "The mayor seeks talks with owners of boats, he said on Monday night.",
            *EN,
        ),
        (TITLE, "By Rosa Lindqvist", *EN, "Tied up", "Mayor seeks talks with owners", "By Tom Achterberg", *EN),
        (TITLE, *EN, "Related News", "Fishermen block the road", *EN[1:], "Related News", "Mayor seeks talks", *EN),
    )
)


#: What they do not state either.
LABEL_PAGES = tuple(
    "\n\n".join(lines)
    for lines in (
        (TITLE, *EN, "https://port.example/quay/embed/#?secret=1"),
        (TITLE, *EN, "© 2020 Harbour Gazette. All rights reserved."),
        (TITLE, *EN, "By Rosa Lindqvist", "3 May 2020"),
        (TITLE, "By Harbour Gazette", *EN),
        ("Harbour Gazette", "3 May 2020", *(line for title in TITLES for line in (title, "By Rosa Lindqvist", *EN))),
        (TITLE, "PORT LOMOND, 3 November 2021 (Reuters) - " + EN[0], *EN[1:]),
        (TITLE, "Tarek Zeyad 3 May 2020", *EN),
        ("3 May 2020", TITLE, *EN),
        (TITLE, "By Rosa Lindqvist", "Harbour Notes 3 May 2020", *EN),
        (TITLE, "Lantern Of Ostmark", *EN),
    )
)


def all_texts() -> list[str]:
    held_out = [page.text for language, page in pages() if language == "en"]
    return [*(page.text for page in PAGES), *held_out, *ODD_PAGES]


EXPORT = """Northern quay closes for repairs

The Coast Courier

March 3, 2020 Tuesday

Length: 84 words

Byline: Anna Tillmore

Body

The council of the port closes the northern quay for repairs, after engineers had warned for two years.

Load-Date: March 4, 2020

End of Document
"""
ROUND_UP = """Five letters from the coast

By Agnes Tolliver

Every month we print what readers sent us.

1. The ferry sails again
It had lain in the dock for two years, and nobody had told the captain why.

2. A lamp for the old mole
The council paid for half of it; a fisherman paid for the rest.

3. Nobody wants the warehouse
It was offered for the price of a rowing boat, and still stands empty.
"""


def all_pages() -> Iterator[Page]:
    yield from (read_page_lines(text, None, PHRASES) for text in (*all_texts(), ROUND_UP))


def test_every_row_says_what_it_rests_on() -> None:
    tables = (
        TITLE_CUES,
        REST_CUES,
        OPENING_CUES,
        *(getattr(head_lines, name) for name in HEAD_TABLES),
        LABEL_RULES,
        END_RULES,
        CASE_RULES,
    )
    assert all(row.basis for table in tables for row in table)


def test_every_cue_of_titles_holds_on_some_page_and_adds_its_points(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each row gets points that no sum of others has, and the scores are compared with those
    without any points."""
    shares: list[dict[str, float]] = []
    scores: list[float] = []
    rate = title_score.rate_title

    def watched(cue: TitleCue, points: float) -> TitleCue:
        def ask(asked: Candidate) -> bool | Share | None:
            given = cue.held(asked)
            if given:
                shares[-1][cue.held.__name__] = given.part / given.whole if isinstance(given, Share) else 1.0
            return given

        return cue._replace(held=ask, points=points)

    def noted(stretch: Stretch, index: int, ended: End) -> Title:
        shares.append({})
        title = rate(stretch, index, ended)
        scores.append(title.score)
        return title

    def rate_all(points: Sequence[float]) -> list[float]:
        shares.clear()
        scores.clear()
        table = [watched(cue, each) for cue, each in zip(TITLE_CUES, points, strict=True)]
        monkeypatch.setattr(title_score, "TITLE_CUES", table)
        for page in all_pages():
            find_titles(page)
        return [*scores]

    monkeypatch.setattr(titles, "rate_title", noted)
    names = [cue.held.__name__ for cue in TITLE_CUES]
    points = dict(zip(names, (2.0**number for number in range(len(names))), strict=True))
    without, with_points = rate_all([0.0] * len(names)), rate_all(list(points.values()))
    added = [sum(share * points[name] for name, share in held.items()) for held in shares]
    assert [after - before for before, after in zip(without, with_points, strict=True)] == pytest.approx(added)
    assert not [name for name in names if not any(held.get(name) for held in shares)]


def test_every_rule_of_heads_holds_under_some_title_and_adds_its_points(monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[HeadRule] = []
    never = {rule for name in HEAD_TABLES for rule in getattr(head_lines, name)}

    def watched(rule: HeadRule) -> HeadRule:
        def ask(reading: Reading) -> bool:
            there = rule.holds(reading)
            if there:
                held.append(rule)
            return there

        return rule._replace(holds=ask)

    for name in HEAD_TABLES:
        monkeypatch.setattr(head_lines, name, tuple(watched(rule) for rule in getattr(head_lines, name)))
    for page in all_pages():
        for index in page.filled:
            held.clear()
            head = read_head(page, index)
            assert head.score == sum(rule.points for rule in held)
            assert {rule.cue for rule in held} - {""} <= {cue.what for cue in head.cues}
            never.difference_update(held)
    assert not [str(rule.holds) for rule in never]


def test_every_way_in_which_a_text_ends_is_found_on_some_page_and_as_sure_as_its_row_says() -> None:
    rows = {rule.cue.format("related" if "{}" in rule.cue else ""): rule.confidence for rule in END_RULES[:3]}
    ends = [article.evidence.end for text in all_texts() for article in split_page(text)]
    for cue, confidence in rows.items():
        assert confidence in {end.confidence for end in ends if end.cues[0].what == cue}
    at_end = {end.confidence for end in ends if end.cues == end.cues[:1] and end.cues[0].what == "end of the page"}
    assert at_end == {rule.confidence for rule in END_RULES if rule.cue == "end of the page"}
    assert any(end.cues[0].what == "the next article begins" for end in ends)


def test_each_case_of_a_beginning_or_a_title_is_as_sure_as_its_row_says() -> None:
    sure = {rule.case: rule.confidence for rule in CASE_RULES}
    (only,) = split_page(f"{TITLE}\n\n{EN[0]}")
    assert (only.evidence.start.confidence, only.evidence.title.confidence) == (sure[Case.ONLY],) * 2
    (made,) = split_page(EN[0])
    assert (made.evidence.start.confidence, made.evidence.title.confidence) == (sure[Case.ONLY], sure[Case.MADE_TITLE])
    (labelled,) = split_page(f"Subject: {TITLE}\n\n{EN[0]}")
    assert labelled.evidence.title.confidence == sure[Case.LABELLED]
    bylines = (f"{TITLE}\n\nBy Rosa Lindqvist", "Mayor seeks talks with boat owners\n\nBy Tom Achterberg")
    first, _second = split_page("\n\n".join((bylines[0], *EN, bylines[1], *EN)))
    assert first.evidence.start.confidence == sure[Case.FIRST]
    untitled, _titled = split_page("\n\n".join((*EN, bylines[1], *EN)))
    assert untitled.evidence.start.confidence == sure[Case.UNTITLED]


def test_every_way_of_stating_a_label_is_found_on_some_page_and_as_sure_as_its_row_says() -> None:
    found = {
        (label, evidence.confidence, evidence.cues[0].what)
        for text in (*all_texts(), *LABEL_PAGES, EXPORT)
        for article in split_page(text)
        for label in ("outlet", "author", "date")
        if (evidence := getattr(article.evidence, label)) is not None
    }
    rows = {(rule.label, rule.confidence, rule.cue.format("port.example")) for rule in LABEL_RULES}
    assert not sorted(rows ^ found)
