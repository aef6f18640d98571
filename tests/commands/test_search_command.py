"""`manage.py search` answers what `GET /api/search` answers."""

from __future__ import annotations

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from tests.factories import make_article

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def corpus() -> None:
    call_command("rebuild_index", verbosity=0, stdout=StringIO())
    make_article("Peace talks in Gori", "Delegates met.", outlet="Coast Courier", published="2020-10", countries=["GE"])
    make_article("Budget debate", "Peace was not named.", outlet="Hill Herald", published="2021", countries=["AM"])


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("search", *arguments, stdout=out)
    return out.getvalue()


def as_json(*arguments: str) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(run(*arguments, "--json"))
    del answer["took_ms"]
    return answer


@pytest.mark.parametrize(
    ("arguments", "address"),
    [
        ([], ""),
        (["peace"], "q=peace"),
        (["peace", "--outlet", "coast-courier"], "q=peace&outlet=coast-courier"),
        (["--country", "GE", "--country", "AM", "--sort", "oldest"], "country=GE&country=AM&sort=oldest"),
        (["--country-not", "GE"], "country_not=GE"),
        (["--date-from", "2021", "--page-size", "1"], "date_from=2021&page_size=1"),
        (["--page", "9"], "page=9"),
    ],
)
def test_the_json_is_the_apis(client: Client, arguments: list[str], address: str) -> None:
    expected = client.get(f"/api/search?{address}").json()
    del expected["took_ms"]
    assert as_json(*arguments) == expected


def test_the_text_shows_titles_facts_and_facets() -> None:
    said = run("talks")
    assert said.startswith("1 articles, showing 1–1")
    assert "1. Peace talks in Gori" in said
    assert "Coast Courier · 2020-10 · en · GE" in said
    assert "outlet: Coast Courier 1" in said


def test_the_text_shows_every_date_the_values_chosen_and_another_spelling() -> None:
    for year in range(1990, 2005):
        make_article(
            f"Year {year}", published=str(year), countries=["TR", "FR", "IR", "RU", "IT", "ES", "DE", "PL", "CZ"]
        )
    call_command("update_index", stdout=StringIO())
    said = run("--country", "AM")
    assert "Armenia 1" in said
    assert all(f"{year} 1" in run("year") for year in range(1990, 2005))
    assert "did you mean: peace (2 articles)" in run("peave")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--country", "Atlantis"], "country: "),
        (["--date-from", "soon"], "date_from: "),
        (["--page", "0"], "page: "),
        (["--sort", "loudest"], "sort: "),
    ],
)
def test_a_value_that_cannot_be_decoded_is_an_error_naming_its_option(arguments: list[str], said: str) -> None:
    with pytest.raises(CommandError, match=said):
        run(*arguments)


def test_an_index_that_is_missing_is_an_error_with_a_remedy(tmp_path: Any, settings: Any) -> None:
    settings.CORPUS_INDEX_DIR = tmp_path / "elsewhere"
    with pytest.raises(CommandError, match="rebuild_index"):
        run("peace")
