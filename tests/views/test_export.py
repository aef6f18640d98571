"""`GET /export/<format>`."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest
from django.test import Client

from search.exporting.formats import FORMATS
from search.index.outbox import apply_outbox
from search.models import Article
from search.views import export
from tests.factories import make_article


def body(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]


def rows(client: Client, address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body(client, address).removeprefix("\ufeff"), newline="")))


@pytest.mark.parametrize(
    "question", ["", "q=lachin", "country=AM", "date=none", "q=lachin&sort=oldest", "outlet_not=hill"]
)
def test_an_export_is_exactly_what_the_question_finds_in_its_order(
    client: Client, articles: dict[str, Article], question: str
) -> None:
    found = [hit["id"] for hit in client.get(f"/api/search?{question}").json()["hits"]]
    assert found
    assert [int(row["id"]) for row in rows(client, f"/export/csv?{question}")] == found


def test_a_page_number_does_not_cut_an_export(client: Client, articles: dict[str, Article]) -> None:
    assert len(rows(client, "/export/csv?q=lachin&page_size=1&page=2")) == 2


def test_each_row_says_how_it_was_found(client: Client, articles: dict[str, Article]) -> None:
    row = rows(client, "/export/csv?q=corridor&country=AM")[0]
    assert row["question"] == "corridor"
    assert row["question_address"] == "http://testserver/?q=corridor&country=AM"
    assert row["page"] == f"http://testserver/articles/{articles['corridor'].pk}/"
    assert (row["outlet"], row["published"], row["countries"]) == ("Hill", "2020-10-05", "AM AZ")
    assert row["index"]
    assert row["collection"]


def test_the_hash_of_the_collection_changes_with_it(client: Client, articles: dict[str, Article]) -> None:
    before = rows(client, "/export/csv?q=corridor")[0]["collection"]
    assert rows(client, "/export/csv?q=lachin")[0]["collection"] == before
    make_article("Another", "text")
    apply_outbox()
    assert rows(client, "/export/csv?q=corridor")[0]["collection"] != before


def test_hidden_articles_are_in_no_export(client: Client, articles: dict[str, Article]) -> None:
    Article.objects.filter(pk=articles["corridor"].pk).update(visible=False)
    assert [int(row["id"]) for row in rows(client, "/export/csv?q=corridor")] == []
    apply_outbox()
    assert articles["corridor"].pk not in [int(row["id"]) for row in rows(client, "/export/csv")]


@pytest.mark.parametrize("name", list(FORMATS))
def test_every_format_is_served_under_its_type_and_name(
    client: Client, articles: dict[str, Article], name: str
) -> None:
    response = client.get(f"/export/{name}?q=corridor")
    assert response.headers["Content-Type"].startswith(FORMATS[name].content_type)
    text = b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]
    assert "Lachin corridor opens" in text
    assert f"/articles/{articles['corridor'].pk}/" in text
    if not FORMATS[name].followed:
        assert 'filename="corpus-corridor-' in response.headers["Content-Disposition"]
    assert client.head(f"/export/{name}?q=corridor").status_code == 200


def test_feeds_are_newest_first_whatever_is_most_relevant(client: Client, articles: dict[str, Article]) -> None:
    feed = json.loads(body(client, "/export/jsonfeed?q=lachin"))
    assert [item["title"] for item in feed["items"]] == ["Lachin road closed", "Lachin corridor opens"]


def test_json_lines_hold_the_whole_text(client: Client, articles: dict[str, Article]) -> None:
    Article.objects.filter(pk=articles["corridor"].pk).update(body="word " * 2000)
    (row,) = [json.loads(line) for line in body(client, "/export/jsonl?q=corridor").splitlines()]
    assert row["text"] == "word " * 2000
    assert row["export"]["filters"] == []


@pytest.mark.usefixtures("articles")
def test_a_format_that_is_not_there_is_a_404_that_names_those_that_are(client: Client) -> None:
    response = client.get("/export/pdf")
    assert response.status_code == 404


@pytest.mark.usefixtures("articles")
def test_a_question_that_cannot_be_answered_is_a_400(client: Client) -> None:
    response = client.get("/export/csv?country=ZZ")
    assert response.status_code == 400
    assert "ZZ" in response.json()["errors"]["country"][0]


@pytest.mark.usefixtures("articles")
def test_without_an_index_nothing_is_written(client: Client, own_index: Path) -> None:
    shutil.rmtree(own_index)
    response = client.get("/export/csv")
    assert response.status_code == 503
    assert response.headers["Retry-After"]


@pytest.mark.usefixtures("articles")
def test_only_some_files_are_made_at_once_and_each_gives_its_place_back(client: Client) -> None:
    held = [client.get("/export/csv") for _ in range(export.MOST_AT_ONCE)]
    assert client.get("/export/csv").status_code == 503
    for response in held:
        response.close()
    for _ in range(3 * export.MOST_AT_ONCE):
        assert rows(client, "/export/csv")
