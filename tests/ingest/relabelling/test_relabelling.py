"""Labels made again: what the rules give now is written, what people decided stays, ingest still
knows its own."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings

from search import services
from search.countries.mention import Mention
from search.index.checking import check_index
from search.index.pending import pending_count
from search.ingest.relabelling import position
from search.ingest.relabelling.changes import Kind
from search.ingest.relabelling.run import RelabellingOptions, RelabellingProgress, RelabellingSummary, run_relabelling
from search.ingest.storing.edits import GROUPS, trace
from search.ingest.storing.mentions import mention_row
from search.ingest.workers import Pending
from search.models import Article, CountryMention, Story, StoryBand, StoryText
from tests.ingest.invented_pages import EN, RU
from tests.ingest.runs import everything, ingest, record, statuses, write_jsonl

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def own_data(settings: Settings, tmp_path: Path) -> None:
    settings.CORPUS_DATA_DIR = tmp_path / "data"
    settings.CORPUS_DATA_DIR.mkdir()


def extract(*only: str, **options: Any) -> RelabellingSummary:
    kinds: dict[str, Any] = {"kinds": frozenset(map(Kind, only))} if only else {}
    return run_relabelling(RelabellingOptions(**kinds, **options))


def earlier(**columns: Any) -> Article:
    """The only article, with labels as an earlier rule would have given them."""
    article = Article.objects.get()
    for name, value in columns.items():
        setattr(article, name, value)
    present = {column: getattr(article, column) for group in GROUPS.values() for column in group}
    article.ingested |= {group: trace(present, group) for group in GROUPS}
    article.save()
    return article


def test_passages_are_told_again_where_the_language_is_asked_for(tmp_path: Path) -> None:
    text = "\n".join([*EN, *RU])
    ingest(write_jsonl(tmp_path / "a.jsonl", record(1, text=text, language=None)))
    parts = Article.objects.get().language_parts
    earlier(language_parts=[], language="ru")
    extract("dates")
    assert Article.objects.get().language_parts == []
    summary = extract("language")
    article = Article.objects.get()
    assert (article.language, article.language_parts) == ("en", parts)
    assert summary.changes.counts == {"language": 1, "passages": 1}
    assert extract("language").changes.counts == {}


def test_a_date_that_was_read_month_first_stays(tmp_path: Path) -> None:
    ingest(write_jsonl(tmp_path / "a.jsonl", record(1, published="10/05/2020", language="en-US", outlet_country=None)))
    extract("dates")
    assert Article.objects.get().published_iso == "2020-10-05"


def an_old_mention(article: Article, country: str = "US", surface: str = "pier") -> CountryMention:
    """One that a rule of old found and the present ones do not."""
    at = article.body.index(surface)
    row = mention_row(article.pk, Mention(country, surface, "body", at, at + len(surface), "name", "old"))
    row.save()
    return row


def test_under_the_same_rules_nothing_changes(tmp_path: Path) -> None:
    ingest(
        write_jsonl(
            tmp_path / "a.jsonl",
            record(1),
            record(2, language=None, published="5 October 2020", title="Another title"),
            record(3, published="some day", url="https://coast.example/2020/10/05/x"),
            record(4, published=None, url="https://coast.example/2020/10/05/x", text="Un pont. " * 20, language=None),
        )
    )
    before = everything()
    summary = extract()
    assert summary.changes.articles == 4
    assert summary.changes.counts == {}
    assert everything() == before
    assert pending_count() == 0


def test_a_saved_page_keeps_the_date_of_its_byline(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    body = "The harbour of Batumi was opened again after the repairs of the pier, said the captain. " * 5
    page.write_text(f"Harbour opens again\n\nBy Nino Example, 5 October 2020\n\n{body}\n")
    ingest(page)
    assert Article.objects.get().published_iso == "2020-10-05"
    assert extract().changes.counts == {}


def test_countries_are_found_again_and_searches_know(tmp_path: Path) -> None:
    ingest(write_jsonl(tmp_path / "a.jsonl", record(1)))
    article = Article.objects.get()
    article.mentions.all().delete()
    an_old_mention(article)
    summary = extract("countries")
    assert {mention.country for mention in article.mentions.all()} == {"GE"}
    (change,) = summary.changes.examples["countries"]
    assert (change.id, change.before, change.after) == ("1", "US", "GE")
    article.refresh_from_db()
    assert [each["country"] for each in article.about] == ["GE"]
    assert pending_count() == 0
    assert check_index().agrees


def test_what_a_person_decided_on_countries_stays(tmp_path: Path) -> None:
    ingest(write_jsonl(tmp_path / "a.jsonl", record(1)))
    article = Article.objects.get()
    for mention in article.mentions.filter(country="GE"):
        services.mention_reject(mention=mention)
    services.mention_add(article=article, country="TR", surface="pier")
    old = an_old_mention(article, "FR", "day")
    before = {(row.country, row.status) for row in article.mentions.exclude(pk=old.pk)}
    summary = extract("countries")
    assert {(row.country, row.status) for row in article.mentions.all()} == before
    assert summary.changes.counts["countries"] == 1
    assert extract("countries").changes.counts == {}


def test_evidence_that_another_rule_gives_now_is_told(tmp_path: Path) -> None:
    ingest(write_jsonl(tmp_path / "a.jsonl", record(1)))
    mention = CountryMention.objects.filter(country="GE").first()
    assert mention
    CountryMention.objects.filter(pk=mention.pk).update(rule="a rule of old")
    assert extract("countries").changes.counts == {"mentions": 1}
    assert not CountryMention.objects.filter(rule="a rule of old").exists()


def test_what_a_story_is_about_is_said_again(tmp_path: Path) -> None:
    ingest(write_jsonl(tmp_path / "a.jsonl", record(1)))
    Article.objects.update(about=[])
    summary = extract("countries")
    assert summary.changes.counts == {"about": 1}
    assert [each["country"] for each in Article.objects.get().about] == ["GE"]


def test_a_detected_language_is_detected_again(tmp_path: Path) -> None:
    ingest(write_jsonl(tmp_path / "a.jsonl", record(1, language=None)))
    earlier(language="fr", language_confidence=0.4)
    summary = extract("language")
    assert str(summary.changes.examples["language"][0]).endswith("fr → en")
    assert Article.objects.get().language == "en"


def test_a_stated_language_stays(tmp_path: Path) -> None:
    ingest(write_jsonl(tmp_path / "a.jsonl", record(1, language="fr")))
    assert extract("language").changes.counts == {}


def test_a_language_that_a_person_set_stays(tmp_path: Path) -> None:
    ingest(write_jsonl(tmp_path / "a.jsonl", record(1, language=None)))
    services.articles_set_language(articles=Article.objects.all(), language="ka")
    extract()
    assert Article.objects.get().language == "ka"


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"published": "5 October 2020"}, "2020-10-05"),
        ({"published": None, "url": "https://coast.example/2020/10/06/bridge"}, "2020-10-06"),
        ({"published": "some day"}, None),
    ],
)
def test_dates_are_read_again_from_what_was_written(
    tmp_path: Path, values: dict[str, Any], expected: str | None
) -> None:
    ingest(write_jsonl(tmp_path / "a.jsonl", record(1, **values)))
    right = Article.objects.get()
    wrong: dict[str, Any] = {"published": None, "published_precision": "unknown", "published_source": "none"}
    if right.published_source == "url":
        wrong["published_raw"] = ""
    if expected is None:
        wrong = {"published": date(1999, 1, 1), "published_precision": "year", "published_source": "metadata"}
    earlier(**wrong)
    summary = extract("dates")
    assert summary.changes.counts == {"date": 1}
    article = Article.objects.get()
    assert article.published_iso == expected
    assert (article.published_source, article.published_raw) == (right.published_source, right.published_raw)


def test_a_date_that_a_person_set_stays(tmp_path: Path) -> None:
    ingest(write_jsonl(tmp_path / "a.jsonl", record(1)))
    article = Article.objects.get()
    article.published = date(2021, 1, 2)
    services.article_save(article=article)
    assert extract().changes.counts == {}
    assert Article.objects.get().published == date(2021, 1, 2)


def test_an_article_that_a_person_made_keeps_its_labels() -> None:
    article = Article(title="A bridge in Armenia", body="Built by hand.", language="fr", published=date(2020, 1, 1))
    article.published_precision = "day"
    services.article_save(article=article)
    assert extract().changes.counts == {}


def test_ingest_still_knows_its_own_values_after_a_relabelling(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", record(1, language=None))
    ingest(path)
    earlier(language="fr", language_confidence=0.4, published=date(1999, 1, 1), published_precision="day")
    extract()
    assert statuses(ingest(path)[1]) == ["unchanged"]
    changed = write_jsonl(path, record(1, language="de", published="2021-01-01"))
    assert statuses(ingest(changed)[1]) == ["updated"]
    article = Article.objects.get()
    assert (article.language, article.published_iso) == ("de", "2021-01-01")


def test_only_what_was_asked_for_is_made_again(tmp_path: Path) -> None:
    text = "The harbour of Luanda in Angola was opened again after the repairs of the pier."
    ingest(write_jsonl(tmp_path / "a.jsonl", record(1, text=text, language=None)))
    article = earlier(language="fr", published=date(1999, 1, 1))
    article.mentions.all().delete()
    assert set(extract("dates").changes.counts) == {"date"}
    assert set(extract("countries").changes.counts) == {"countries"}
    assert set(extract("language").changes.counts) == {"language"}


def test_a_dry_run_tells_the_same_and_writes_nothing(tmp_path: Path) -> None:
    ingest(write_jsonl(tmp_path / "a.jsonl", record(1, language=None)))
    earlier(language="fr", published=date(1999, 1, 1)).mentions.all().delete()
    before = everything()
    told = extract(dry_run=True).changes.counts
    assert everything() == before
    assert extract().changes.counts == told == {"language": 1, "date": 1, "countries": 1}


def test_articles_of_before_the_given_day_are_left_alone(tmp_path: Path) -> None:
    ingest(write_jsonl(tmp_path / "a.jsonl", record(1), record(2)))
    CountryMention.objects.all().delete()
    now = timezone.now()
    Article.objects.filter(external_id="1").update(updated_at=now - timedelta(days=9))
    assert extract(since=(now - timedelta(days=3)).date()).changes.counts == {"countries": 1}


def test_workers_find_the_same(tmp_path: Path) -> None:
    ingest(write_jsonl(tmp_path / "a.jsonl", *(record(number) for number in range(700))))
    before = everything()
    Article.objects.update(about=[])
    CountryMention.objects.filter(article__external_id__in=["3", "650"]).delete()
    summary = extract(workers=2)
    assert summary.changes.counts == {"about": 700, "countries": 2}
    assert extract(workers=2).changes.counts == {}
    count = before.count('"model": "search.countrymention"')
    assert CountryMention.objects.count() == count


def stopped_after(batches: int) -> Callable[[int], None]:
    """A progress that interrupts the run."""
    done = 0

    def stop(_articles: int) -> None:
        nonlocal done
        done += 1
        if done == batches:
            raise KeyboardInterrupt

    return stop


def stop_after_first_batch() -> None:
    with pytest.raises(KeyboardInterrupt):
        run_relabelling(RelabellingOptions(), RelabellingProgress(done=stopped_after(2)))


def test_a_stopped_run_goes_on_where_it_stopped_and_a_later_one_begins_anew(tmp_path: Path) -> None:
    ingest(write_jsonl(tmp_path / "a.jsonl", *(record(number) for number in range(1100))))
    stop_after_first_batch()
    summary = extract()
    assert summary.resumed_after == Article.objects.order_by("pk")[499].pk
    assert summary.changes.articles == 600
    assert extract().changes.articles == 1100


def test_other_options_or_other_rules_begin_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ingest(write_jsonl(tmp_path / "a.jsonl", *(record(number) for number in range(600))))
    stop_after_first_batch()
    assert extract("dates").resumed_after == 0
    stop_after_first_batch()
    assert extract(restart=True).resumed_after == 0
    stop_after_first_batch()
    monkeypatch.setattr("search.ingest.relabelling.position.rules_version", lambda: "a rule was changed")
    assert extract().resumed_after == 0


def test_a_folder_of_rules_that_is_gone_is_an_error_that_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert position.rules_version() == position.rules_version()
    monkeypatch.setattr(position, "RULE_FOLDERS", ("countries", "gone"))
    with pytest.raises(FileNotFoundError, match="gone"):
        position.rules_version()


def test_a_correction_made_while_labels_are_made_is_not_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest(write_jsonl(tmp_path / "a.jsonl", record(1, language=None)))
    earlier(language="fr")
    result = Pending.result

    def meanwhile(pending: Pending) -> Any:
        services.articles_set_language(articles=Article.objects.all(), language="ka")
        return result(pending)

    monkeypatch.setattr(Pending, "result", meanwhile)
    extract()
    assert Article.objects.get().language == "ka"


def test_the_report_lists_every_change(tmp_path: Path) -> None:
    ingest(write_jsonl(tmp_path / "a.jsonl", *(record(number) for number in range(8))))
    CountryMention.objects.all().delete()
    extract("countries", report=tmp_path / "changes.json")
    report = json.loads((tmp_path / "changes.json").read_text())
    assert report["articles"] == 8
    assert report["counts"] == {"countries": 8}
    assert [change["id"] for change in report["changes"]] == [str(number) for number in range(8)]
    assert {(change["before"], change["after"]) for change in report["changes"]} == {("", "GE")}


def test_a_report_of_no_changes_is_whole(tmp_path: Path) -> None:
    extract(report=tmp_path / "changes.json")
    assert json.loads((tmp_path / "changes.json").read_text()) == {"changes": [], "articles": 0, "counts": {}}


def test_the_command_says_counts_and_examples(tmp_path: Path) -> None:
    ingest(write_jsonl(tmp_path / "a.jsonl", *(record(number) for number in range(8))))
    CountryMention.objects.all().delete()
    out = StringIO()
    call_command("extract", "--only", "countries", "--dry-run", verbosity=0, stdout=out)
    assert "8 articles looked at, would change: 8 countries" in out.getvalue()
    assert out.getvalue().count("– → GE") == 5
    assert "and 3 more" in out.getvalue()


@pytest.mark.parametrize("arguments", [["--since", "yesterday"], ["--only", "colours"], ["--workers", "0"]])
def test_options_that_mean_nothing_are_refused(arguments: list[str]) -> None:
    with pytest.raises(CommandError):
        call_command("extract", *arguments, verbosity=0, stdout=StringIO())


def test_stories_are_made_again_and_a_dry_run_says_what_would_change(tmp_path: Path) -> None:
    text = " ".join(f"word{number}" for number in range(40))
    ingest(
        write_jsonl(tmp_path / "a.jsonl", *(record(number, text=text, outlet=f"Outlet {number}") for number in (1, 2)))
    )
    Article._base_manager.update(story=None, story_text=None)
    for stored in (Story, StoryBand, StoryText):
        stored._default_manager.all().delete()
    assert extract("stories", dry_run=True).changes.counts == {"stories": 2}
    assert not StoryText.objects.exists()
    assert extract("stories").changes.counts == {"stories": 2}
    assert Story.objects.get().articles.count() == 2
    assert extract("stories").changes.counts == {}


def test_the_position_is_kept_in_the_data_directory_and_gone_at_the_end(tmp_path: Path) -> None:
    ingest(write_jsonl(tmp_path / "a.jsonl", *(record(number) for number in range(600))))
    file = Path(django_settings.CORPUS_DATA_DIR) / "extract.json"
    stop_after_first_batch()
    assert file.exists()
    extract()
    assert not file.exists()


def test_the_labels_of_the_demo_are_those_of_the_present_rules() -> None:
    call_command("load_fixtures", stdout=StringIO())
    assert not extract(dry_run=True).changes.counts


@pytest.mark.parametrize(("options", "reason"), [
    (["--since", "yesterday"], "write it as 2021-05-31"), (["--since", "2021-05-31", "--only", "stories"], "leave --since out"),
])  # fmt: skip
def test_options_that_cannot_be_met_are_refused_with_a_remedy(options: list[str], reason: str) -> None:
    with pytest.raises(CommandError, match=reason):
        call_command("extract", *options)
