"""How sure an article of a page is, and why."""

from __future__ import annotations

from itertools import pairwise

import pytest

from search.ingest.evidence import Cue, Evidence, SplitEvidence, confidence_of_score
from search.ingest.splitting.article import PageArticle
from search.ingest.splitting.split import split_page
from tests.evaluation.heldout import Page, pages, topics


@pytest.fixture(scope="module")
def found() -> list[tuple[Page, PageArticle]]:
    """The articles of every invented page, with their pages; of nearly all pages there are some."""
    articles = [(page, article) for _language, page in pages() for article in split_page(page.text)]
    assert len({page.name for page, _ in articles}) == sum(1 for _ in pages()) > 50
    return articles


def test_every_boundary_and_every_stated_label_has_a_confidence_and_a_cue(
    found: list[tuple[Page, PageArticle]],
) -> None:
    labels = set()
    for page, article in found:
        evidence = article.evidence
        stated = {
            "outlet": article.outlet is not None,
            "author": article.author is not None,
            "date": article.published.day is not None,
        }
        for label, is_stated in stated.items():
            assert (getattr(evidence, label) is not None) == is_stated, (page.name, label)
            labels |= {label} if is_stated else set()
        parts = evidence.as_dict()
        assert parts.keys() >= {"start", "end"}
        for part in parts.values():
            assert 0 < part["confidence"] <= 1
            assert part["reasons"]
    assert labels == {"outlet", "author", "date"}


def test_cues_name_lines_of_the_page(found: list[tuple[Page, PageArticle]]) -> None:
    named = 0
    for page, article in found:
        for part in (article.evidence.start, article.evidence.end, article.evidence.outlet, article.evidence.date):
            for cue in part.cues if part else ():
                assert cue.line is None or 1 <= cue.line <= len(page.lines)
                named += cue.line is not None
    assert named > len(found)


def test_a_higher_score_is_surer() -> None:
    scores = [confidence_of_score(score / 2) for score in range(-4, 30)]
    assert all(low < high for low, high in pairwise(scores))


def test_the_boundaries_are_as_sure_as_the_less_sure_of_them() -> None:
    evidence = SplitEvidence(Evidence(0.9), Evidence(0.5, (Cue("why", 3),)), Evidence(0.9))
    assert (evidence.confidence, evidence.is_doubtful) == (0.5, True)
    assert evidence.as_dict()["end"] == {"confidence": 0.5, "reasons": [{"cue": "why", "line": 3}]}


def test_a_page_of_one_article_is_sure_and_a_line_that_could_begin_another_makes_a_doubt() -> None:
    one, other, third = topics("en")[:3]
    (sure,) = split_page("\n\n".join((one.title, "By Martha Ellwood", *one.paragraphs)) + "\n")
    assert not sure.evidence.is_doubtful
    between = "Orchard growers and the ferries"
    lines = (one.title, *one.paragraphs, between, *other.paragraphs, third.title, "By Carol Whitby", *third.paragraphs)
    doubtful, certain = split_page("\n\n".join(lines) + "\n")
    assert (doubtful.evidence.is_doubtful, certain.evidence.is_doubtful) == (True, False)
    assert "could begin another article (line 11)" in doubtful.reasons


def test_lines_left_out_and_lines_of_the_body_are_those_of_the_article(found: list[tuple[Page, PageArticle]]) -> None:
    assert any(article.left_out for _, article in found)
    for page, article in found:
        kept = [line for line in range(article.start_line, article.end_line + 1) if line not in article.left_out]
        assert len(kept) == (article.body.count("\n") + 1 if article.body else 0)
        assert [page.lines[line - 1] for line in kept if page.lines[line - 1]][:1] == article.body.split("\n")[:1]
