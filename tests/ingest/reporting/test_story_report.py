"""What the ingest report says of stories: the same in a dry run as in a run, whatever is in the
database already."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from search.models import Article
from tests.ingest.runs import Report, ingest, record, write_jsonl

pytestmark = pytest.mark.django_db

TEXT = (
    "The old harbour of Eastport opened again on Monday after a week of storms that kept more than forty ships at sea. "
    "Mayor Ada Finch said the breakwater had held, but two cranes must be replaced before autumn. Fishermen lost about a "
    "third of the catch of the season, their union said, and asked the council for help."
)
EDITED = TEXT.replace("on Monday", "early this week").replace("before autumn", "soon")
OTHER = (
    "Teachers in three towns of the valley went on strike over pay that has not risen for six years. Schools will stay "
    "closed until talks begin, the union wrote, while parents set up classes in halls and libraries of their own."
)


def entry(number: int, text: str, outlet: str, published: str | None = "2020-10-05", **values: Any) -> dict[str, Any]:
    stated = {"title": f"Headline {number}", "text": text, "outlet": outlet, "published": published}
    return record(number, **stated | values)


def told(report: Report) -> dict[str, tuple[Any, Any, Any]]:
    """Story, first and difference by id."""
    return {each["id"]: (each["story"], each["story_first"], each["story_difference"]) for each in report["articles"]}


def test_members_share_an_id_and_a_lone_article_has_none(tmp_path: Path) -> None:
    path = write_jsonl(
        tmp_path / "a.jsonl",
        entry(1, TEXT, "Coast Courier", "2020-10-06"),
        entry(2, OTHER, "Coast Courier"),
        entry(3, TEXT.upper(), "Harbour Post", "2020-10-05"),
        entry(4, EDITED, "Island Times", "2020-10-07"),
    )
    _summary, report = ingest(path)
    found = told(report)
    assert found["1"][0] == found["3"][0] == found["4"][0] is not None
    assert found["2"] == (None, None, None)
    assert [found[name][1] for name in "134"] == [False, True, False]
    assert found["1"][2] == found["3"][2] == 0
    assert 0 < found["4"][2] < 0.3


@pytest.mark.parametrize("before", [[], [0], [2, 3], [0, 1, 2, 3]])
def test_a_dry_run_tells_what_the_run_does(tmp_path: Path, before: list[int]) -> None:
    rows = [
        entry(1, TEXT, "Coast Courier"),
        entry(2, OTHER, "Coast Courier"),
        entry(3, EDITED, "Harbour Post", None),
        entry(4, OTHER, "Island Times", "2020"),
    ]
    if before:
        ingest(write_jsonl(tmp_path / "early.jsonl", *[rows[number] for number in before]), collection="c")
    path = write_jsonl(tmp_path / "a.jsonl", *rows)
    _summary, foretold = ingest(path, dry_run=True, collection="c")
    assert foretold["articles"][0]["story"] == foretold["articles"][2]["story"] is not None
    _summary, done = ingest(path, collection="c")
    assert told(foretold) == told(done)
    _summary, again = ingest(path, collection="c")
    assert told(again) == told(done)


def test_a_dry_run_of_a_changed_text_leaves_the_story_it_was_in(tmp_path: Path) -> None:
    ingest(write_jsonl(tmp_path / "a.jsonl", entry(1, TEXT, "A"), entry(2, TEXT, "B")), collection="c")
    path = write_jsonl(tmp_path / "b.jsonl", entry(1, OTHER, "A"), entry(2, TEXT, "B"), entry(3, OTHER, "C"))
    _summary, foretold = ingest(path, dry_run=True, collection="c")
    _summary, done = ingest(path, collection="c")
    assert told(foretold) == told(done)
    assert told(done)["2"] == (None, None, None)
    assert told(done)["1"][0] == told(done)["3"][0] is not None


def test_copies_in_several_files_are_one_story_whichever_comes_first(tmp_path: Path) -> None:
    one = write_jsonl(tmp_path / "one.jsonl", entry(1, TEXT, "A"))
    other = write_jsonl(tmp_path / "other.jsonl", entry(2, EDITED, "B"))
    reports = []
    for paths in ((one, other), (other, one)):
        Article.objects.all().delete()
        _summary, report = ingest(*paths)
        reports.append(told(report))
    assert reports[0]["1"][0] == reports[0]["2"][0] == reports[1]["1"][0] == reports[1]["2"][0] is not None


def test_a_repeat_in_one_outlet_shares_an_id_with_the_article_it_repeats(tmp_path: Path) -> None:
    rows = (entry(1, TEXT, "A"), entry(2, TEXT, "A", title="Headline 1"))
    path = write_jsonl(tmp_path / "a.jsonl", *rows)
    _summary, foretold = ingest(path, dry_run=True)
    _summary, done = ingest(path)
    assert [each["status"] for each in done["articles"]] == ["new", "duplicate"]
    assert told(done)["1"] == told(done)["2"] == (told(done)["1"][0], True, 0)
    assert told(done)["1"][0] is not None
    assert told(foretold) == told(done)
