"""Outlets by name, alias and site; reposts; in the database and in the report."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.codes import COUNTRY_CODES
from search.ingest.storing.outlets import OutletRegistry, loose_key
from search.models import Article, Outlet, OutletAlias
from search.names.outlets import outlet_key
from search.names.spellings import read_table
from tests.ingest.runs import ingest, record, write_jsonl

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    "spelling",
    ["Coast Courier", "COAST COURIER", "The Coast Courier", "CoastCourier", "coastcourier.com", "Coast-Courier",
     "\u200fبريد السّاحل", "بريد الساحل", "Береговой курьер", "coast-news.org", "Coast Courier.com"],
)  # fmt: skip
def test_an_outlet_is_found_by_any_spelling_alias_and_its_site(spelling: str) -> None:
    outlet = Outlet.objects.create(name="Coast Courier", slug="coast", home_page="https://www.coast-news.org/en/")
    OutletAlias.objects.create(outlet=outlet, name="بريد الساحل")
    OutletAlias.objects.create(outlet=outlet, name="Береговой Курьер")
    found = OutletRegistry().find(spelling)
    assert found is not None
    assert found.name == "Coast Courier"


@pytest.mark.parametrize("spelling", ["Coast", "Coast Courier Weekly", "coastcourier.co.uk", "", "The"])
def test_another_name_is_another_outlet(spelling: str) -> None:
    Outlet.objects.create(name="Coast Courier", slug="coast")
    assert OutletRegistry().find(spelling) is None


def test_a_loose_spelling_that_two_outlets_share_finds_neither_but_their_own_names_do() -> None:
    Outlet.objects.create(name="The Tide", slug="the-tide")
    Outlet.objects.create(name="Tide", slug="tide")
    registry = OutletRegistry()
    assert [known.name for name in ("The Tide", "tide") if (known := registry.find(name))] == ["The Tide", "Tide"]
    assert registry.find("tide.com") is None


def test_a_loose_spelling_from_another_country_is_another_outlet() -> None:
    Outlet.objects.create(name="The Tide", slug="the-tide", country="GB")
    registry = OutletRegistry()
    assert registry.find("Tide", "NG") is None
    assert registry.find("Tide", "GB") is not None
    assert registry.find("The Tide", "NG") is not None


def test_a_name_of_few_letters_has_no_loose_spelling() -> None:
    assert loose_key("The Ax") == ""
    assert loose_key("The Tide") == loose_key("tide.org") == "tide"


def test_the_site_of_the_address_stands_in_for_an_outlet_that_nothing_states(tmp_path: Path) -> None:
    known = Outlet.objects.create(name="Harbour Post", slug="harbour", home_page="https://harbourpost.com/")
    rows = [
        record(1, outlet=None, url="https://en.harbourpost.com/1"),
        record(2, outlet=None, url="https://www.quayside.org/2"),
        record(3, outlet=None, url="https://t.me/quayside/3"),
    ]
    _, report = ingest(write_jsonl(tmp_path / "a.jsonl", *rows))
    assert [entry["outlet"] for entry in report["articles"]] == ["Harbour Post", "quayside.org", None]
    assert Article.objects.get(external_id="1").outlet == known


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_repost_keeps_its_first_outlet_in_a_field_of_its_own(tmp_path: Path, dry_run: bool) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", record(1, original_outlet="Harbour Post"))
    _, report = ingest(path, dry_run=dry_run)
    (entry,) = report["articles"]
    assert (entry["outlet"], entry["original_outlet"]) == ("Coast Courier", "Harbour Post")
    assert not Outlet.objects.filter(name="Harbour Post").exists()


def test_a_notice_under_a_saved_text_names_the_first_outlet(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(
        "Harbour opens again after the storm\n\n"
        "The harbour was opened again on Monday after the repairs of the pier had come to an end, the mayor said.\n\n"
        "Ships are expected from the islands and from the other coast within the week, and the market opens too.\n\n"
        "This article was originally published by Harbour Post.\n"
    )
    _, report = ingest(tmp_path / "page.txt", outlet="Coast Courier")
    (entry,) = report["articles"]
    assert (entry["outlet"], entry["original_outlet"]) == ("Coast Courier", "Harbour Post")
    _, report = ingest(tmp_path / "page.txt", dry_run=True, collection="other")
    (entry,) = report["articles"]
    assert (entry["outlet"], entry["original_outlet"]) == ("Harbour Post", None)


def test_an_update_writes_the_first_outlet_unless_a_person_did(tmp_path: Path) -> None:
    ingest(write_jsonl(tmp_path / "a.jsonl", record(1), record(2)))
    # As articles were before the field was there.
    for article in Article.objects.all():
        del article.ingested["original_outlet"]
        article.save()
    Article.objects.filter(external_id="2").update(original_outlet="A person's word")
    rows = [record(number, original_outlet="Harbour Post") for number in (1, 2)]
    ingest(write_jsonl(tmp_path / "a.jsonl", *rows))
    stored = dict(Article.objects.values_list("external_id", "original_outlet"))
    assert stored == {"1": "Harbour Post", "2": "A person's word"}


def test_the_table_has_each_spelling_once_and_countries_there_are() -> None:
    owners: dict[str, str] = {}
    rows = read_table()
    assert len(rows) > 50
    for row in rows:
        assert row.country in COUNTRY_CODES
        for spelling in (row.name, *row.sites, *row.spellings):
            assert owners.setdefault(outlet_key(spelling), row.name) == row.name, spelling


def test_spellings_of_a_well_known_outlet_are_one_outlet_as_it_was_stated_first(tmp_path: Path) -> None:
    names = ["الجزيرة", "Al-Jazeera", "Aljazeera", "Аль-Джазира", "半岛电视台", "The Guardian"]
    rows = [record(number, outlet=name, outlet_country=None) for number, name in enumerate(names)]
    rows.append(record("site", outlet=None, outlet_country=None, url="https://www.aljazeera.net/news/1"))
    rows.append(record("lagos", outlet="The Guardian", outlet_country="NG"))
    _, report = ingest(write_jsonl(tmp_path / "a.jsonl", *rows))
    shown = [entry["outlet"] for entry in report["articles"]]
    assert shown == ["الجزيرة"] * 5 + ["The Guardian", "الجزيرة", "The Guardian"]
    assert Outlet.objects.get(name="الجزيرة").country == "QA"


def test_a_site_of_a_well_known_outlet_makes_it_by_its_name(tmp_path: Path) -> None:
    row = record(1, outlet=None, outlet_country=None, url="https://www.presstv.ir/Detail/1")
    _, report = ingest(write_jsonl(tmp_path / "a.jsonl", row))
    assert [entry["outlet"] for entry in report["articles"]] == ["Press TV"]


def test_an_alias_of_the_database_goes_before_the_table() -> None:
    own = Outlet.objects.create(name="Coast Courier", slug="coast")
    Outlet.objects.create(name="Reuters", slug="reuters")
    OutletAlias.objects.create(outlet=own, name="رويترز")
    registry = OutletRegistry()
    assert [known.name for name in ("رويترز", "Рейтер") if (known := registry.find(name))] == [
        "Coast Courier",
        "Reuters",
    ]
