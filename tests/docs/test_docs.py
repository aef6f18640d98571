"""Whatever people call is in the docs, and the docs name nothing that is gone."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from search.query.filters import SearchFilterSet
from tests.docs import documented
from tests.factories import make_article
from tests.ingest.runs import ingest, record, write_jsonl

#: What of an article of a saved page may have evidence; the example shows some of them.
_EVIDENCE = {"start", "end", "title", "outlet", "author", "date", "left_out"}
_PAGE = """Harbour opens again in Batumi
By Nino Example
5 October 2020

The harbour of Batumi in Georgia was opened again on Monday after the repairs of the pier had taken three years.

Ships from Turkey were the first to land, and the minister spoke to the people who had come to see them.

Comments

It was time.
"""


def test_every_command_has_a_section_and_every_section_a_command() -> None:
    assert "ingest" in documented.commands()
    assert documented.documented_commands() == documented.commands()


@pytest.mark.parametrize("command", documented.commands())
def test_the_options_of_a_command_are_those_that_its_section_names(command: str) -> None:
    assert documented.documented_options(command) == documented.options_of(command)


def test_the_settings_read_from_the_environment_are_those_in_the_table() -> None:
    assert documented.documented_settings() == documented.settings_read()


def test_the_parameters_of_an_address_are_those_in_the_table() -> None:
    assert documented.documented_parameters() == set(SearchFilterSet.base_filters)


@pytest.mark.django_db(transaction=True)
def test_the_keys_of_the_api_are_those_of_the_example(client: Client) -> None:
    call_command("rebuild_index")
    make_article("Harbour opens", "The harbour opened.", outlet="Coast Courier", published="2020-10", countries=["GE"])
    answer = client.get("/api/search", {"q": "harbour"}).json()
    assert answer["total"] == 1
    shown = documented.section("query-language.md", "## Parameters of `GET /` and `GET /api/search`")
    assert set(documented.keys_of(answer)) == documented.keys_shown(shown)


@pytest.mark.django_db(transaction=True)
def test_the_keys_of_a_report_are_those_of_the_examples(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(_PAGE, encoding="utf-8")
    _, report = ingest(write_jsonl(tmp_path / "news.jsonl", record(1), "no JSON"), page)
    assert len(report["articles"]) == 2
    assert len(report["failures"]) == 1
    shown = documented.keys_shown(documented.section("ingest.md", "## The report"))
    assert set(documented.keys_of(report)) - _EVIDENCE == shown - _EVIDENCE


def test_the_targets_that_the_docs_name_are_those_of_the_makefile() -> None:
    assert documented.make_targets()
    assert documented.mentioned_targets() == documented.make_targets()


def test_the_pictures_of_the_architecture_are_the_layers_that_ci_holds() -> None:
    assert len(documented.layers_held()) == 3
    assert documented.layers_drawn() == documented.layers_held()


def test_every_test_that_the_table_of_reliability_names_is_there() -> None:
    named = documented.tests_named()
    assert len(named) > 80
    assert [name for name in named if not documented.is_test(name)] == []


def test_every_path_that_the_docs_name_is_there() -> None:
    named = list(documented.python_files_named())
    assert named
    assert [(page, name) for page, name in named if not (documented.PROJECT / name).exists()] == []


def test_no_line_of_the_docs_is_longer_than_a_hundred_characters() -> None:
    assert list(documented.long_lines(100)) == []


def test_no_line_of_a_docstring_is_longer_than_a_hundred_characters() -> None:
    assert list(documented.long_docstring_lines(100)) == []
