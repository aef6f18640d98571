"""Titles that are asked as they are."""

from __future__ import annotations

import gzip
import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from search.evaluation.titles import TitledArticle, TitlesFound, ending_of, titles_found


@pytest.mark.parametrize(
    ("title", "ending"),
    [("Who?", "?"), ("من؟ ", "?"), ("谁？", "?"), ("Now!", "!"), ("And so…", "…"), ("“So”", "quotation mark"),
     ("(Film)", ")"), ("Plain", "other"), ("", "other")],
)  # fmt: skip
def test_a_title_is_grouped_by_what_it_ends_with(title: str, ending: str) -> None:
    assert ending_of(title) == ending


def test_an_article_counts_when_it_or_one_with_its_title_is_among_the_first() -> None:
    articles = [TitledArticle(0, "a", "en"), TitledArticle(1, "a", "en"), TitledArticle(2, "b", "en")]
    assert titles_found(articles, lambda title: [*range(10, 29), 1] if title == "a" else [*range(10, 30), 2], 9) == [
        TitlesFound("en", "other", 3, 2)
    ]


def test_no_more_titles_of_a_group_are_asked_than_wanted() -> None:
    articles = [TitledArticle(number, f"a{number}?", "en") for number in range(5)]
    assert titles_found(articles, lambda _title: [], 2) == [TitlesFound("en", "?", 2, 0)]


@pytest.mark.django_db
def test_the_command_prints_each_language_and_ending(tmp_path: Path) -> None:
    rows = [
        {"title": "Who guards the “old mill”?", "text": "Nobody does.", "language": "en"},
        {"title": "FISH AND CHIPS OR BREAD TODAY", "text": "Both.", "language": "en"},
    ]
    with gzip.open(tmp_path / "articles.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
    out = StringIO()
    call_command("evaluate_search", str(tmp_path), titles=True, stdout=out)
    assert out.getvalue().splitlines() == [
        f"{tmp_path.name} en ?: 1 of 1, 1.000",
        f"{tmp_path.name} en other: 1 of 1, 1.000",
    ]
    with pytest.raises(CommandError, match="no collection of articles"):
        call_command("evaluate_search", str(tmp_path / "none"), titles=True, stdout=out)
