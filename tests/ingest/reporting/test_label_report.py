"""What the report and the database say about how labels are known."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from search import services
from search.admin.filters import QueueFilter
from search.dates.days import latest_day, lies_ahead
from search.models import Article
from search.structure import article_split, structure_undo
from tests.ingest.invented_pages import EN, RU
from tests.ingest.runs import ingest, record, write_jsonl

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_date_says_its_precision_and_source_and_whether_it_lies_ahead(tmp_path: Path, dry_run: bool) -> None:
    rows = [
        record(1, published="2020-10"),
        record(2, published=None, url="https://coast.example/2020/10/05/quay"),
        record(3, published=None),
        record(4, published="2199-01-01"),
    ]
    path = write_jsonl(tmp_path / "a.jsonl", *rows)
    _, report = ingest(path, dry_run=dry_run)
    keys = ("published", "published_precision", "published_source", "future")
    expected = [
        ("2020-10", "month", "metadata", False),
        ("2020-10-05", "day", "url", False),
        (None, "unknown", "none", False),
        ("2199-01-01", "day", "metadata", True),
    ]
    assert [tuple(entry[key] for key in keys) for entry in report["articles"]] == expected
    if not dry_run:
        _, again = ingest(path)
        assert [tuple(entry[key] for key in keys) for entry in again["articles"]] == expected


def test_dates_ahead_are_a_queue_of_work(tmp_path: Path) -> None:
    ingest(write_jsonl(tmp_path / "a.jsonl", record(1), record(2, published="2199-01-01"), record(3, published=None)))
    _name, condition = QueueFilter.queues["future"]
    assert [article.external_id for article in Article.objects.filter(condition())] == ["2"]
    assert [article.published_in_future for article in Article.objects.order_by("pk")] == [False, True, False]


def test_a_day_that_has_begun_somewhere_is_not_ahead() -> None:
    noon = datetime(2020, 10, 5, 12, tzinfo=UTC)
    assert latest_day(noon) == date(2020, 10, 6)
    assert [lies_ahead(date(2020, 10, 5) + timedelta(days), noon) for days in (0, 1, 2)] == [False, False, True]


@pytest.mark.parametrize("dry_run", [True, False])
def test_passages_are_in_the_report_and_follow_the_text(tmp_path: Path, dry_run: bool) -> None:
    text = "\n".join([*EN, RU[0]])
    path = write_jsonl(tmp_path / "a.jsonl", record(1, text=text, language=None))
    _, report = ingest(path, dry_run=dry_run)
    (entry,) = report["articles"]
    assert (entry["language"], entry["language_confidence"] > 0.5) == ("en", True)
    assert [text[start:end] for start, end, _code, _sure in entry["language_parts"]] == ["\n".join(EN), RU[0]]
    if not dry_run:
        article = Article.objects.get()
        article.body = "\n".join([RU[0], *EN])
        services.article_save(article=article)
        parts = Article.objects.get().language_parts
        assert [article.body[start:end] for start, end, _code, _sure in parts] == [RU[0], "\n".join(EN)]


def test_passages_follow_an_article_that_is_split_and_one_that_is_put_together_again(tmp_path: Path) -> None:
    text = "\n".join([*EN, "Порт открылся после шторма", *RU])
    ingest(write_jsonl(tmp_path / "a.jsonl", record(1, text=text, language=None)))
    article = Article.objects.get()
    before = article.language_parts
    assert len(before) == 2
    change = article_split(article=article, offset=text.index("Порт"))
    assert [each.language_parts for each in Article.objects.all()] == [[], []]
    structure_undo(change=change)
    assert Article.objects.get().language_parts == before
