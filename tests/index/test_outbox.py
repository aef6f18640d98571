"""Every way of writing reaches the index, and nothing is lost on the way."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction

from search.backends.base import BackendQuery
from search.exceptions import IndexLocked, IndexUnavailable
from search.index.checking import check_index
from search.index.connection import get_backend
from search.index.generations import rebuild_index
from search.index.locks import exclusive
from search.index.outbox import apply_outbox, deferred_indexing
from search.index.pending import pending_count
from search.models import Article, CountryMention, IndexOutbox
from tests.factories import make_article, make_outlet

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def empty_index(own_index: Path) -> None:
    rebuild_index()


def indexed_ids() -> set[int]:
    return {hit.id for hit in get_backend().search(BackendQuery(limit=100)).hits}


def countries() -> dict[str, int]:
    return dict(get_backend().search(BackendQuery()).facets["country"].values)


def test_a_saved_article_is_found_at_once() -> None:
    article = make_article("Bridge")
    assert indexed_ids() == {article.pk}
    assert pending_count() == 0


def save(article: Article) -> None:
    article.title = "Other"
    article.save()


def hide(article: Article) -> None:
    article.visible = False
    article.save()


def bulk_update(article: Article) -> None:
    article.title = "Other"
    Article.objects.bulk_update([article], ["title"])


CHANGES: dict[str, Callable[[Article], object]] = {
    "save": save,
    "hide": hide,
    "delete": lambda a: a.delete(),
    "update": lambda a: Article.objects.filter(pk=a.pk).update(title="Other"),
    "update of what the filter looked at": lambda a: Article.objects.filter(title=a.title).update(title="Other"),
    "bulk_update": bulk_update,
    "queryset delete": lambda a: Article.objects.all().delete(),
    "bulk_create": lambda a: Article.objects.bulk_create([Article(title="Second"), Article(title="Third")]),
    "mention": lambda a: CountryMention.objects.create(article=a, country="FR"),
    "mention update": lambda a: CountryMention.objects.filter(article=a).update(status="rejected"),
    "mention bulk_create": lambda a: CountryMention.objects.bulk_create([CountryMention(article=a, country="GE")]),
    "mention delete": lambda a: CountryMention.objects.filter(article=a).delete(),
    "outlet of articles": lambda a: Article.objects.update(outlet=make_outlet("New")),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_every_way_of_writing_reaches_the_index(change: Callable[[Article], object]) -> None:
    article = make_article("Bridge", countries=["AM"])
    before = get_backend().entries()
    change(article)
    assert check_index().agrees
    assert get_backend().entries() != before
    assert not IndexOutbox.objects.exists()


def test_loaddata_reaches_the_index(tmp_path: Path) -> None:
    fixture = tmp_path / "two.json"
    fixture.write_text(
        '[{"model": "search.article", "pk": 5, "fields": {"title": "Loaded", "created_at": "2020-01-01T00:00:00Z", '
        '"updated_at": "2020-01-01T00:00:00Z"}}, {"model": "search.countrymention", "pk": 1, "fields": {"article": 5, '
        '"country": "AM"}}]'
    )
    call_command("loaddata", str(fixture), verbosity=0)
    assert indexed_ids() == {5}
    assert countries() == {"AM": 1}


def test_what_is_rolled_back_is_not_queued() -> None:
    with transaction.atomic():
        make_article("Gone")
        transaction.set_rollback(True)
    assert not IndexOutbox.objects.exists()
    assert indexed_ids() == set()


def test_a_change_whose_process_died_is_applied_later() -> None:
    with deferred_indexing():
        article = make_article("Later")
    assert indexed_ids() == set()
    assert pending_count() == 1
    apply_outbox()
    assert indexed_ids() == {article.pk}
    assert pending_count() == 0


def test_a_change_made_while_another_process_writes_waits_in_the_outbox(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.index.outbox.WAIT_SECONDS", 0.05)
    with exclusive("write"):
        make_article("Waits")
        assert pending_count() == 1
        with pytest.raises(IndexLocked):
            apply_outbox()
    apply_outbox()
    assert pending_count() == 0


def test_without_an_index_the_article_is_saved_all_the_same(own_index: Path) -> None:
    (own_index / "CURRENT").unlink()
    make_article("Safe")
    assert Article.objects.count() == 1
    assert pending_count() == 1
    assert rebuild_index() == 1
    assert pending_count() == 0


def test_a_change_during_a_rebuild_is_in_the_new_index(monkeypatch: pytest.MonkeyPatch) -> None:
    first = make_article("First")
    added: list[int] = []

    def change_midway(_count: int) -> None:
        if not added:
            Article.objects.filter(pk=first.pk).update(title="Changed")
            added.append(make_article("Second").pk)

    assert rebuild_index(change_midway) == 2
    assert indexed_ids() == {first.pk, *added}
    assert check_index().agrees
    assert not IndexOutbox.objects.exists()


def test_check_index_names_missing_stale_and_orphaned_entries() -> None:
    kept, stale, orphaned = make_article("Kept"), make_article("Stale"), make_article("Orphaned")
    with deferred_indexing():
        missing = make_article("Missing")
        Article.objects.filter(pk=stale.pk).update(title="Newer")
        orphaned_id = orphaned.pk
        orphaned.delete()
    IndexOutbox.objects.all().delete()
    check = check_index()
    assert (check.missing, check.stale, check.orphaned) == ((missing.pk,), (stale.pk,), (orphaned_id,))
    assert check.agreeing == 1
    assert kept.pk not in (*check.missing, *check.stale, *check.orphaned)


def test_a_transaction_of_many_changes_is_applied_once(monkeypatch: pytest.MonkeyPatch) -> None:
    applied: list[int] = []
    monkeypatch.setattr("search.index.outbox.apply_outbox", lambda: applied.append(1))
    with transaction.atomic():
        make_article("One", countries=["AM", "AZ", "GE"])
    assert applied == [1]


def test_creating_rows_past_conflicts_is_refused_since_it_could_not_be_indexed() -> None:
    with pytest.raises(ValueError, match="update_conflicts"):
        Article.objects.bulk_create([Article(title="A")], ignore_conflicts=True)


def test_a_damaged_byte_is_found_by_the_check(own_index: Path) -> None:
    make_article("Bridge", "over the river " * 50)
    postings = next(own_index.glob("generation-*/*.inv"))
    data = bytearray(postings.read_bytes())
    data[len(data) // 2] ^= 0xFF
    postings.write_bytes(bytes(data))
    with pytest.raises(IndexUnavailable, match="rebuild_index"):
        check_index()
