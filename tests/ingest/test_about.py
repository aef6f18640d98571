"""Which countries a story is about, in reports and in the database."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from search import services
from search.models import Article, CountryMention
from tests.ingest.runs import ingest, record, write_jsonl

pytestmark = pytest.mark.django_db(transaction=True)

FAR = "The council met again and spoke of the pier for a long time. " * 4
STORY = record(1, title="Armenia mends its road", text=f"The work began in May. {FAR}Traders from Iran were glad.")


def entry(path: Path, **options: Any) -> dict[str, Any]:
    _, report = ingest(path, **options)
    (only,) = report["articles"]
    return dict(only)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return write_jsonl(tmp_path / "a.jsonl", STORY)


def test_a_dry_run_tells_what_a_story_is_about(path: Path) -> None:
    found = entry(path, dry_run=True)
    assert (found["countries"], found["about"]) == (["AM", "IR"], ["AM"])


def test_an_article_that_was_there_tells_it_too(path: Path) -> None:
    ingest(path)
    found = entry(path)
    assert (found["status"], found["countries"], found["about"]) == ("unchanged", ["AM", "IR"], ["AM"])
    assert Article.objects.get().about == [{"country": "AM", "reason": "named in the title"}]


def test_an_update_of_the_text_renews_it(path: Path) -> None:
    ingest(path)
    write_jsonl(path, STORY | {"title": "Iran mends its road"})
    found = entry(path)
    assert (found["status"], found["about"]) == ("updated", ["IR"])


def test_a_country_whose_mentions_were_rejected_is_left_out_and_stays_out(path: Path) -> None:
    ingest(path)
    services.mention_reject(mention=CountryMention.objects.get(country="AM"))
    assert Article.objects.get().about == []
    write_jsonl(path, STORY | {"text": f"The work began in March. {FAR}Traders from Iran were glad."})
    found = entry(path)
    assert (found["status"], found["countries"], found["about"]) == ("updated", ["IR"], [])


def test_mentions_rejected_and_accepted_together_renew_it(path: Path) -> None:
    ingest(path)
    services.mentions_reject(mentions=CountryMention.objects.all())
    assert Article.objects.get().about == []
    services.mentions_accept(mentions=CountryMention.objects.all())
    assert [each["country"] for each in Article.objects.get().about] == ["AM"]


def test_a_mention_given_another_country_moves_it_there(path: Path) -> None:
    ingest(path)
    services.mention_change(mention=CountryMention.objects.get(country="AM"), country="GE")
    assert [each["country"] for each in Article.objects.get().about] == ["GE"]


def test_a_mention_that_a_person_adds_to_the_title_counts(path: Path) -> None:
    ingest(path)
    services.mention_add(article=Article.objects.get(), country="GE", surface="road")
    assert [each["country"] for each in Article.objects.get().about] == ["AM", "GE"]


def test_a_country_without_mentions_is_not_in_the_report(path: Path) -> None:
    ingest(path)
    CountryMention.objects.filter(country="AM").delete()
    assert entry(path)["about"] == []


def test_a_form_saved_late_does_not_bring_back_what_it_was(path: Path) -> None:
    ingest(path)
    stale = Article.objects.get()
    services.mention_reject(mention=CountryMention.objects.get(country="AM"))
    services.article_save(article=stale)
    assert Article.objects.get().about == []
