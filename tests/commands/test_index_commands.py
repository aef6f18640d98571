"""`update_index`, `rebuild_index`, `check_index`."""

from __future__ import annotations

import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from search.index.outbox import deferred_indexing
from search.models import Article, IndexOutbox
from tests.factories import make_article

pytestmark = pytest.mark.django_db(transaction=True)


def run(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, verbosity=0, stdout=out)
    return out.getvalue()


def refused(*arguments: str) -> tuple[str, str]:
    """What a command prints, and its error."""
    out = StringIO()
    with pytest.raises(CommandError) as error:
        call_command(*arguments, verbosity=0, stdout=out)
    return out.getvalue(), str(error.value)


def test_rebuilding_says_how_many_and_how_fast() -> None:
    make_article()
    assert run("rebuild_index").startswith("1 articles indexed in ")


def test_updating_builds_an_index_where_there_is_none() -> None:
    make_article()
    run("update_index")
    assert "1 entries agree" in run("check_index")


def test_updating_applies_what_a_process_left_behind() -> None:
    run("rebuild_index")
    with deferred_indexing():
        make_article()
    assert "1 missing" in refused("check_index")[0]
    assert run("update_index") == "index up to date, 1 changes applied\n"
    assert not IndexOutbox.objects.exists()
    assert run("update_index") == "index up to date\n"
    run("check_index")


def test_checking_lists_missing_stale_and_orphaned_entries_and_repairs_them() -> None:
    articles = [make_article(f"Title {number}") for number in range(4)]
    run("rebuild_index")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE search_article SET body = 'behind the back' WHERE id = %s", [articles[0].pk])
        cursor.execute("DELETE FROM search_article WHERE id = %s", [articles[1].pk])
    with deferred_indexing():
        new = make_article("New")
    IndexOutbox.objects.all().delete()
    said, error = refused("check_index")
    assert said.splitlines() == [
        "2 entries agree",
        f"1 missing: {new.pk}",
        f"1 stale: {articles[0].pk}",
        f"1 orphaned: {articles[1].pk}",
    ]
    assert "check_index --repair" in error
    assert run("check_index", "--repair").endswith("0 missing\n0 stale\n0 orphaned\n")
    run("check_index")


def test_checking_names_the_first_20_ids() -> None:
    run("rebuild_index")
    with deferred_indexing():
        for number in range(25):
            make_article(f"Title {number}")
    said, _ = refused("check_index")
    assert "25 missing: " in said
    assert " and 5 more" in said


def test_a_missing_index_is_an_error_that_names_the_command(own_index: Path) -> None:
    make_article()
    shutil.rmtree(own_index, ignore_errors=True)
    assert "rebuild_index" in refused("check_index")[1]


def test_a_file_in_the_place_of_the_index_is_an_error_whose_remedy_works(own_index: Path) -> None:
    make_article()
    shutil.rmtree(own_index, ignore_errors=True)
    own_index.write_text("no folder")
    for command in ("check_index", "rebuild_index", "update_index"):
        said = refused(command)[1]
        assert "move it away, then manage.py rebuild_index" in said, command
        assert own_index.read_text() == "no folder"
    own_index.unlink()
    run("rebuild_index")
    assert "1 entries agree" in run("check_index")


def test_hidden_articles_are_no_entries() -> None:
    make_article(visible=False, hidden_reason="advert")
    run("rebuild_index")
    assert "0 entries agree" in run("check_index")
    assert Article.objects.count() == 1
