"""Files become articles: what is stored of a record, and what is made up where it states nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from search.index.checking import check_index
from search.models import Article, IngestRun, Outlet, OutletAlias, SourceDocument
from tests.ingest.runs import ingest, record, statuses, write_jsonl

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_record_becomes_an_article_with_all_it_states(tmp_path: Path) -> None:
    ingest(write_jsonl(tmp_path / "news" / "a.jsonl", record(7)))
    article = Article.objects.select_related("outlet", "source_document").get()
    assert (article.title, article.author, article.url) == (
        "Harbour opens in year 7",
        "Nino Example",
        "https://coast.example/7",
    )
    assert article.outlet is not None
    assert (article.outlet.name, article.outlet.country) == ("Coast Courier", "GE")
    assert (article.published, article.published_precision, article.published_source) == (
        date(2020, 10, 5),
        "day",
        "metadata",
    )
    assert (article.language, article.language_confidence) == ("en", None)
    assert (article.collection, article.external_id, article.first_line, article.last_line) == ("news/a", "7", 1, 1)
    assert article.source_document is not None
    assert (article.source_document.name, article.source_document.format) == ("a.jsonl", "jsonl")
    assert set(article.mentions.values_list("country", flat=True)) == {"GE"}


def test_mentions_point_at_their_words(tmp_path: Path) -> None:
    ingest(write_jsonl(tmp_path / "a.jsonl", record()))
    article = Article.objects.get()
    mentions = list(article.mentions.all())
    assert mentions
    for mention in mentions:
        text = article.title if mention.field == "title" else article.body
        assert text[mention.start : mention.end] == mention.surface


def test_a_missing_language_is_detected_with_its_confidence(tmp_path: Path) -> None:
    text = "Министерство объявило, что переговоры начнутся в понедельник и продлятся три дня."
    ingest(write_jsonl(tmp_path / "a.jsonl", record(language=None, text=text)))
    article = Article.objects.get()
    assert article.language == "ru"
    assert article.language_confidence is not None
    assert article.language_confidence > 0.5


def test_a_stated_language_becomes_its_primary_subtag(tmp_path: Path) -> None:
    ingest(write_jsonl(tmp_path / "a.jsonl", record(1, language="en-GB"), record(2, language="eng")))
    assert list(Article.objects.values_list("language", flat=True)) == ["en", "en"]


def test_articles_are_found_in_the_index_after_the_run(tmp_path: Path) -> None:
    ingest(write_jsonl(tmp_path / "a.jsonl", *(record(number) for number in range(7))))
    check = check_index()
    assert (check.agrees, check.agreeing) == (True, 7)


def test_ids_are_scoped_by_folder_and_file(tmp_path: Path) -> None:
    first = write_jsonl(tmp_path / "x" / "a.jsonl", record(1, title="One"))
    second = write_jsonl(tmp_path / "x" / "b.jsonl.gz", record(1, title="Two"))
    ingest(first, second)
    assert set(Article.objects.values_list("collection", "external_id")) == {("x/a", "1"), ("x/b", "1")}


def test_a_collection_can_be_named(tmp_path: Path) -> None:
    ingest(write_jsonl(tmp_path / "a.jsonl", record()), collection="wire")
    assert Article.objects.get().collection == "wire"


def test_an_outlet_given_fills_gaps_only(tmp_path: Path) -> None:
    ingest(write_jsonl(tmp_path / "a.jsonl", record(1, outlet=None), record(2)), outlet="Gap Gazette")
    names = Article.objects.order_by("external_id").values_list("outlet__name", flat=True)
    assert list(names) == ["Gap Gazette", "Coast Courier"]


def test_spellings_and_aliases_of_an_outlet_are_one_outlet(tmp_path: Path) -> None:
    outlet = Outlet.objects.create(name="Coast Courier", slug="coast-courier")
    OutletAlias.objects.create(outlet=outlet, name="بريد الساحل")
    rows = [
        record(number, outlet=name) for number, name in enumerate(["COAST  courier", "بَريد الساحل", "Coast Courier"])
    ]
    ingest(write_jsonl(tmp_path / "a.jsonl", *rows))
    assert set(Article.objects.values_list("outlet_id", flat=True)) == {outlet.pk}


def test_an_outlets_country_that_is_no_code_is_left_out(tmp_path: Path) -> None:
    ingest(write_jsonl(tmp_path / "a.jsonl", record(outlet_country="Atlantis")))
    assert Outlet.objects.get().country == ""


def test_a_record_without_a_date_takes_the_one_in_its_address(tmp_path: Path) -> None:
    ingest(write_jsonl(tmp_path / "a.jsonl", record(published=None, url="https://coast.example/2019/03/07/harbour")))
    article = Article.objects.get()
    assert (article.published, article.published_source) == (date(2019, 3, 7), "url")


@pytest.mark.parametrize("address", ["javascript:alert(1)", "ftp://coast.example/a", "https://x.example/" + "a" * 2000])
def test_an_address_that_cannot_be_followed_is_left_out(tmp_path: Path, address: str) -> None:
    summary, _ = ingest(write_jsonl(tmp_path / "a.jsonl", record(url=address)))
    assert Article.objects.get().url == ""
    assert any("addresses" in line for line in summary.notes.lines())


def test_a_page_of_text_becomes_its_articles(tmp_path: Path) -> None:
    body = "The council said on Monday that the bridge over the river would open in spring. " * 4
    page = tmp_path / "letters" / "page.txt"
    page.parent.mkdir()
    page.write_text(f"Council promises a bridge\n\n{body}\n{body}\n")
    _, report = ingest(page)
    article = Article.objects.get()
    assert article.title == "Council promises a bridge"
    assert article.external_id.startswith("page#")
    assert article.collection == "letters/page"
    assert report["articles"][0]["start_line"] == 1


def test_a_run_leaves_its_row(tmp_path: Path) -> None:
    ingest(write_jsonl(tmp_path / "a.jsonl", record()), outlet="Gap Gazette")
    run = IngestRun.objects.get()
    assert run.finished_at is not None
    assert run.options["outlet"] == "Gap Gazette"
    assert run.counts["new"] == 1
    assert SourceDocument.objects.get().run == run


def test_a_dry_run_writes_nothing_but_its_report(tmp_path: Path, own_index: Path) -> None:
    _, report = ingest(write_jsonl(tmp_path / "a.jsonl", record(1), record(2)), dry_run=True)
    assert statuses(report) == ["new", "new"]
    assert report["articles"][0]["countries"] == ["GE"]
    rows = (Article, Outlet, SourceDocument, IngestRun)
    assert [model._default_manager.count() for model in rows] == [0, 0, 0, 0]
    assert not own_index.exists()


def test_a_dry_run_knows_repeats_of_the_input_and_of_the_database(tmp_path: Path) -> None:
    old = write_jsonl(tmp_path / "a.jsonl", record(1), record(2))
    ingest(old)
    changed = record(2, title="Harbour closes again")
    write_jsonl(old, record(1), changed, record(3), record(3) | {"id": "4"}, record(1) | {"id": "5"})
    _, foretold = ingest(old, dry_run=True)
    _, done = ingest(old)
    assert statuses(foretold) == ["unchanged", "updated", "new", "duplicate", "duplicate"]
    assert foretold["articles"] == done["articles"]


def test_several_workers_answer_what_one_does(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "a.jsonl.gz", *(record(number) for number in range(150)))
    _, alone = ingest(path, dry_run=True)
    _, together = ingest(path, dry_run=True, workers=2)
    assert alone == together
