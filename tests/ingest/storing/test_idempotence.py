"""The same input again changes nothing; a changed one changes what no person has touched."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from search import services
from search.index.checking import check_index
from search.ingest import pipeline
from search.ingest.storing.store import Store
from search.models import Article, CountryMention, Outlet
from search.models.querysets import ArticleQuerySet
from tests.ingest.runs import everything, ingest, record, statuses, write_jsonl

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_same_file_again_is_unchanged_and_reported_alike(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", record(1), record(2, outlet=None, published="May 2020"))
    _, first = ingest(path)
    before = everything()
    _, second = ingest(path)
    assert statuses(second) == ["unchanged", "unchanged"]
    assert everything() == before
    for entry in [*first["articles"], *second["articles"]]:
        del entry["status"]
    assert first["articles"] == second["articles"]


def test_the_same_text_from_the_same_outlet_is_one_article(tmp_path: Path) -> None:
    repeat = record(1) | {"id": "9", "text": record(1)["text"].replace(" ", "  ")}
    path = write_jsonl(tmp_path / "a.jsonl", record(1), repeat)
    other = write_jsonl(tmp_path / "b.jsonl", record(1) | {"id": "elsewhere"})
    for expected in (["new", "duplicate", "duplicate"], ["unchanged", "duplicate", "duplicate"]):
        _, report = ingest(path, other)
        assert statuses(report) == expected
        assert [entry["duplicate_of"] for entry in report["articles"]] == [None, "1", "1"]
        assert all(entry["countries"] == ["GE"] and entry["outlet"] == "Coast Courier" for entry in report["articles"])
    assert Article.objects.count() == 1


def test_the_same_text_from_another_outlet_is_another_article(tmp_path: Path) -> None:
    ingest(write_jsonl(tmp_path / "a.jsonl", record(1), record(1) | {"id": "2", "outlet": "Hill Herald"}))
    assert Article.objects.count() == 2


def test_the_same_text_without_ids_from_another_outlet_is_another_article(tmp_path: Path) -> None:
    plain = record(id=None, url=None)
    path = write_jsonl(tmp_path / "a.jsonl", plain, plain | {"outlet": "Hill Herald"}, plain)
    _, report = ingest(path)
    assert statuses(report) == ["new", "new", "duplicate"]
    _, report = ingest(path)
    assert statuses(report) == ["unchanged", "unchanged", "duplicate"]


def test_a_line_given_twice_is_a_repeat_of_itself(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", record(1), record(1))
    for expected in (["new", "duplicate"], ["unchanged", "duplicate"]):
        _, report = ingest(path)
        assert statuses(report) == expected
        assert report["articles"][1]["duplicate_of"] == "1"


@pytest.mark.parametrize("url", ["https://coast.example/", "https://posts.example/channel"])
def test_records_without_ids_that_share_an_address_are_not_one_article(tmp_path: Path, url: str) -> None:
    rows = [record(number, id=None, url=url) for number in range(5)]
    ingest(write_jsonl(tmp_path / "a.jsonl", *rows))
    assert Article.objects.count() == 5


def test_new_content_under_an_id_is_an_update(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", record(1), record(2))
    ingest(path)
    write_jsonl(path, record(1), record(2, title="Harbour of Poti closes", published="2021-01"))
    _, report = ingest(path)
    assert statuses(report) == ["unchanged", "updated"]
    article = Article.objects.get(external_id="2")
    assert (article.title, article.published_iso) == ("Harbour of Poti closes", "2021-01")
    assert check_index().agrees
    before = everything()
    ingest(path)
    assert everything() == before


def test_records_of_a_file_that_share_an_id_and_differ_are_all_kept(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", record(1, title="First"), record(2), record(1, title="Last"))
    _, report = ingest(path)
    assert statuses(report) == ["new", "new", "new"]
    before = everything()
    _, report = ingest(path)
    assert set(statuses(report)) == {"unchanged"}
    assert everything() == before
    assert Article.objects.filter(title__in=["First", "Last"]).count() == 2
    assert Article.objects.get(external_id="1").title == "First"


def test_an_id_given_by_two_files_of_a_collection_keeps_the_later_content(tmp_path: Path) -> None:
    first = write_jsonl(tmp_path / "a.jsonl", record(1, title="First"))
    second = write_jsonl(tmp_path / "b.jsonl", record(1, title="Second"))
    ingest(first, second, collection="wire")
    before = everything()
    ingest(first, second, collection="wire")
    assert everything() == before
    assert Article.objects.get().title == "Second"


def test_a_file_put_back_to_an_older_version_counts_again(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    for title in ("Old", "New", "Old"):
        ingest(write_jsonl(path, record(1, title=title)))
        assert Article.objects.get().title == title


def test_a_repeat_left_out_before_its_original_changed_stays_left_out(tmp_path: Path) -> None:
    first = write_jsonl(tmp_path / "a.jsonl", record(1), record(1) | {"id": "repeat"})
    second = write_jsonl(tmp_path / "b.jsonl", record(1, title="Harbour closes for good"))
    _, report = ingest(first, second, collection="wire")
    assert statuses(report) == ["new", "duplicate", "updated"]
    before = everything()
    _, report = ingest(first, second, collection="wire")
    assert statuses(report) == ["unchanged", "duplicate", "unchanged"]
    assert everything() == before


def test_a_text_that_its_holder_gave_up_can_come_anew(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", record(1))
    ingest(path)
    ingest(write_jsonl(path, record(1, title="Harbour closes for good")))
    _, report = ingest(write_jsonl(tmp_path / "b.jsonl", record(1)))
    assert statuses(report) == ["new"]


def test_an_interrupted_run_of_updates_looks_for_former_texts_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", *(record(number) for number in range(6)))
    ingest(path)
    renewed = (record(number, title=f"Harbour of Poti closes for day {number}") for number in range(6))
    rows = [row for pair in zip(renewed, (record(number) for number in range(10, 16)), strict=True) for row in pair]
    monkeypatch.setattr(pipeline, "BATCH_RECORDS", 2)
    with monkeypatch.context() as interruption:
        write, batches = Store.write, iter(range(3))

        def interrupted(store: Store, records: Any, labels: Any) -> Any:
            if next(batches) == 2:
                raise KeyboardInterrupt
            return write(store, records, labels)

        interruption.setattr(Store, "write", interrupted)
        with pytest.raises(KeyboardInterrupt):
            ingest(write_jsonl(path, *rows))
    with CaptureQueriesContext(connection) as queries:
        _, report = ingest(path)
    assert statuses(report) == ["unchanged"] * 4 + ["updated", "new"] * 4
    searches = [query["sql"] for query in queries if query["sql"].startswith("SELECT")]
    # At most: a cursor of PostgreSQL's server is not among the captured.
    assert sum('former"' in sql for sql in searches) <= 1


def test_a_text_that_was_replaced_since_former_ones_were_looked_for_is_known(tmp_path: Path) -> None:
    lost = write_jsonl(tmp_path / "a.jsonl", record(5))
    repeated = write_jsonl(tmp_path / "b.jsonl", record(1), record(1) | {"id": "repeat"})
    ingest(lost, repeated, collection="wire")
    Article.objects.get(external_id="5").delete()
    renewed = write_jsonl(tmp_path / "c.jsonl", record(1, title="Harbour closes for good"))
    _, report = ingest(lost, renewed, repeated, collection="wire")
    assert statuses(report) == ["new", "updated", "unchanged", "duplicate"]


def test_an_update_that_repeats_another_article_is_hidden_as_a_duplicate(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", record(1), record(2))
    ingest(path)
    write_jsonl(path, record(2) | {"id": "1"}, record(2))
    _, report = ingest(path)
    assert statuses(report) == ["duplicate", "unchanged"]
    assert report["articles"][0]["duplicate_of"] == "2"
    article = Article.objects.get(external_id="1")
    assert (article.visible, article.hidden_reason) == (False, "same as 2")
    before = everything()
    _, report = ingest(path)
    assert statuses(report) == ["duplicate", "unchanged"]
    assert everything() == before
    ingest(write_jsonl(path, record(3) | {"id": "1"}, record(2)))
    article.refresh_from_db()
    assert (article.visible, article.title) == (True, record(3)["title"])


def test_what_people_did_leaves_an_input_unchanged(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", record(1), record(1) | {"id": "2"})
    ingest(path)
    article = Article.objects.get()
    article.title, article.outlet = "Corrected", Outlet.objects.create(name="Real Owner", slug="real-owner")
    services.article_save(article=article)
    services.article_hide(article=article, reason="advert")
    before = everything()
    _, report = ingest(path)
    assert statuses(report) == ["unchanged", "duplicate"]
    assert report["articles"][0]["title"] == "Corrected"
    assert report["articles"][0]["outlet"] == "Real Owner"
    assert everything() == before


@pytest.mark.parametrize(
    ("field", "edited"),
    [
        ("title", "A curator's title"),
        ("body", "A curator's text."),
        ("author", "A curator"),
        ("language", "ka"),
        ("published", date(1999, 1, 1)),
        ("url", "https://curator.example/"),
    ],
)
def test_an_update_keeps_what_a_person_edited_and_writes_the_rest(tmp_path: Path, field: str, edited: Any) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", record(1))
    ingest(path)
    article = Article.objects.get()
    setattr(article, field, edited)
    services.article_save(article=article)
    changed = {
        "title": "Renewed title",
        "text": "Renewed text about Armenia.",
        "author": "Renewed Author",
        "language": "fr",
        "published": "2022-02-02",
        "url": "https://renewed.example/1",
    }
    for _again in range(2):
        ingest(write_jsonl(path, record(1, **changed)))
        article.refresh_from_db()
        now = {name: getattr(article, name) for name in ("title", "body", "author", "language", "published", "url")}
        expected = {**changed, "body": changed["text"], "published": date(2022, 2, 2), field: edited}
        del expected["text"]
        assert now == expected


def test_articles_are_locked_while_they_are_updated_or_hidden(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", record(1), record(2))
    ingest(path)
    lock, locked = ArticleQuerySet.select_for_update, []

    def noted(rows: Any) -> Any:
        locked.append(connection.in_atomic_block)
        return lock(rows)

    monkeypatch.setattr(ArticleQuerySet, "select_for_update", noted)
    ingest(write_jsonl(path, record(1, title="Renewed"), record(2)))
    assert locked == [True]
    ingest(write_jsonl(path, record(2) | {"id": "1"}, record(2)))
    assert locked == [True, True]
    services.article_save(article=Article.objects.get(external_id="2"))
    assert locked == [True, True, True]


def test_a_person_who_saves_what_an_ingest_has_renewed_leaves_its_notes(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", record(1), record(2))
    ingest(path)
    opened = Article.objects.get(external_id="1")
    ingest(write_jsonl(path, record(2), record(1, title="Renewed")))
    opened.author = "A curator"
    services.article_save(article=opened)
    _, report = ingest(path)
    assert statuses(report) == ["unchanged", "unchanged"]
    assert Article.objects.get(external_id="1").first_line == 2


def test_what_a_person_made_is_not_added_again_by_its_outlet(tmp_path: Path) -> None:
    row = record(1)
    made = services.article_save(
        article=Article(
            title=row["title"], body=row["text"], outlet=Outlet.objects.create(name=row["outlet"], slug="coast")
        )
    )
    others = [record(1, id=name, outlet=outlet) for name, outlet in (("2", "Hill Herald"), ("3", None))]
    path = write_jsonl(tmp_path / "a.jsonl", row, *others)
    for status in ("new", "unchanged"):
        _, report = ingest(path)
        assert statuses(report) == ["duplicate", status, status]
        assert report["articles"][0]["duplicate_of"] == f"article {made.pk}"


def test_what_a_person_makes_like_an_ingested_article_stands_beside_it(tmp_path: Path) -> None:
    ingest(write_jsonl(tmp_path / "a.jsonl", record(1)))
    first = Article.objects.get()
    made = services.article_save(article=Article(title=first.title, body=first.body, outlet=first.outlet))
    assert (made.content_hash, made.dedupe_key) == ("", None)


def test_an_update_does_not_show_what_a_person_hid(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", record(1))
    ingest(path)
    services.article_hide(article=Article.objects.get(), reason="advert")
    ingest(write_jsonl(path, record(1, title="Renewed")))
    article = Article.objects.get()
    assert (article.title, article.visible, article.hidden_reason) == ("Renewed", False, "advert")


def test_an_update_renews_automatic_mentions_and_keeps_decisions(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", record(1, text="Georgia and Armenia met."))
    ingest(path)
    article = Article.objects.get()
    services.mention_reject(mention=article.mentions.get(country="GE"))
    services.mention_add(article=article, country="AZ", surface="met")
    ingest(write_jsonl(path, record(1, text="In Turkey, Georgia met nobody.")))
    found = set(article.mentions.values_list("country", "status", "origin"))
    assert found == {("GE", "rejected", "automatic"), ("AZ", "accepted", "manual"), ("TR", "accepted", "automatic")}
    for mention in article.mentions.all():
        assert Article.objects.get().body[mention.start : mention.end] == mention.surface


def test_mentions_stay_when_a_person_has_edited_the_text(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", record(1))
    ingest(path)
    article = Article.objects.get()
    article.title, article.body = "Curated", "Only Armenia is named."
    services.article_save(article=article)
    ingest(write_jsonl(path, record(1, title="New", text="About Turkey.")))
    assert set(CountryMention.objects.values_list("country", flat=True)) == {"AM"}


def test_any_mixture_of_files_is_settled_after_one_run(tmp_path: Path) -> None:
    """Random files with few ids, texts and outlets, so that all kinds of repeats and conflicts
    occur."""
    for seed in range(15):
        chance = random.Random(seed)
        paths = [
            write_jsonl(tmp_path / str(seed) / f"{name}.jsonl", *(mixed(chance) for _ in range(chance.randint(1, 10))))
            for name in ("a", "b")
        ]
        ingest(*paths, collection=f"mixture {seed}")
        before = everything()
        _, report = ingest(*paths, collection=f"mixture {seed}")
        assert everything() == before, seed
        assert set(statuses(report)) <= {"unchanged", "duplicate"}, seed
    assert check_index().agrees


def mixed(chance: random.Random) -> dict[str, Any]:
    return record(
        chance.randint(1, 4),
        title=f"Title {chance.randint(1, 3)}",
        text="Same text.",
        url=None,
        outlet=chance.choice(["Coast Courier", "Hill Herald", None]),
        author=chance.choice(["One", "Two"]),
    )
