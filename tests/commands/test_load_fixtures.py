"""`manage.py load_fixtures`."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from search.index.checking import check_index
from search.models import Article
from tests.factories import make_article
from tests.ingest.runs import everything

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def fixtures(tmp_path: Path, settings: Settings) -> Path:
    """A folder with two fixtures of two articles each."""
    folder = tmp_path / "fixtures"
    folder.mkdir()
    settings.FIXTURE_DIRS = [folder]
    for name, first in (("coast", 1), ("hills", 10)):
        rows = [
            {"model": "search.article", "pk": key, "fields": {"title": f"{name} {key}", "created_at": "2020-01-01T00:00Z",
             "updated_at": "2020-01-01T00:00Z"}}
            for key in (first, first + 1)
        ]  # fmt: skip
        (folder / f"{name}.json").write_text(json.dumps(rows))
    return folder


def load(*arguments: str) -> str:
    out = StringIO()
    call_command("load_fixtures", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.usefixtures("fixtures")
def test_all_fixtures_are_loaded_and_indexed() -> None:
    assert "4 new articles" in load()
    assert Article.objects.count() == 4
    assert check_index().agreeing == 4


@pytest.mark.usefixtures("fixtures")
def test_only_what_is_named_is_loaded() -> None:
    load("hills")
    assert set(Article.objects.values_list("pk", flat=True)) == {10, 11}


@pytest.mark.usefixtures("fixtures")
def test_loading_again_changes_nothing() -> None:
    load()
    before = dict(Article.objects.values_list("pk", "title"))
    assert "0 new articles" in load()
    assert dict(Article.objects.values_list("pk", "title")) == before
    assert check_index().agrees


@pytest.mark.usefixtures("fixtures")
def test_an_unknown_name_lists_those_there_are() -> None:
    with pytest.raises(CommandError, match=r"no fixture named sea\. Those there are: coast, hills"):
        load("sea")


@pytest.mark.usefixtures("fixtures")
def test_a_database_with_articles_is_left_alone_when_asked() -> None:
    make_article()
    before = everything()
    assert load("--if-empty") == ""
    assert everything() == before


def test_a_broken_fixture_leaves_the_database_as_it_was(fixtures: Path) -> None:
    (fixtures / "zz.json").write_text('[{"model": "search.article", "pk": 99, "fields": {"title": ')
    with pytest.raises(CommandError, match="the database is as it was"):
        load()
    assert not Article.objects.exists()


def row(key: object, **fields: object) -> dict[str, object]:
    given = {"title": "Odd", "created_at": "2020-01-01T00:00Z", "updated_at": "2020-01-01T00:00Z"} | fields
    return {"model": "search.article", "pk": key, "fields": given}


@pytest.mark.parametrize(
    "odd",
    [
        [row(10**30)],
        [row(2**63)],
        [row(-(10**30))],
        [row(-5)],
        [row(0)],
        [row("five")],
        [row([1])],
        [row(3, title=None)],
        [row(3, published="yesterday")],
        [row(3, first_line=10**30)],
        [row(3, outlet=10**30)],
        [row(3, outlet=["no such outlet"])],
        [row(3, nothing="x")],
        [row(3, collection="a", external_id="b"), row(4, collection="a", external_id="b")],
        [{"model": "search.nothing", "pk": 3, "fields": {}}],
        [{"pk": 3}],
        {"no": "list"},
        "text",
    ],
    ids=lambda odd: json.dumps(odd)[:70],
)
def test_an_odd_object_is_one_line_that_names_it_and_nothing_is_loaded(fixtures: Path, odd: object) -> None:
    (fixtures / "odd.json").write_text(json.dumps(odd))
    with pytest.raises(CommandError, match=r"the database is as it was: odd\.json, object \d+: \S.*Remedy") as error:
        load()
    assert "\n" not in str(error.value)
    assert not Article.objects.exists()


@pytest.mark.parametrize("content", [b"", b"[", b"\xff\xfe", b"[{}]", b'[{"model": "search.article", "pk": 1e400}]'])
def test_a_fixture_that_is_none_is_one_line(fixtures: Path, content: bytes) -> None:
    (fixtures / "odd.json").write_bytes(content)
    with pytest.raises(CommandError, match=r"odd\.json") as error:
        load()
    assert "\n" not in str(error.value)
    assert not Article.objects.exists()


def test_the_same_key_twice_keeps_the_first(fixtures: Path) -> None:
    (fixtures / "odd.json").write_text(json.dumps([row(50, title="First"), row(50, title="Second")]))
    load("odd")
    assert Article.objects.get().title == "First"
