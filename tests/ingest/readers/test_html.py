"""Saved web pages, from the file to the article."""

from __future__ import annotations

import gzip
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import IntegrityError

from search.models import Article, IngestRun, SourceDocument
from tests.ingest.runs import ingest, statuses

pytestmark = pytest.mark.django_db(transaction=True)

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Ferry to Batumi sails again | The Velmora Post</title>
<meta property="og:title" content="Ferry to Batumi sails again"><meta property="og:site_name" content="The Velmora Post">
<meta property="article:published_time" content="2021-06-04T09:30:00+00:00"><meta name="author" content="Ada Brink">
</head><body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav><main><article><h1>Ferry to Batumi sails again</h1>
<p>The ferry between Velmora and the Georgian coast sails again after two winters in the dock, the harbour master said.</p>
<p>Its first passengers were farmers from Armenia, who had waited for nine days to bring their apricots over the sea.</p>
<p>A second ship will follow in the autumn, when the new pier is long enough for both of them to moor at one time.</p>
</article></main><footer>All rights reserved</footer></body></html>"""


def write_page(path: Path, text: str = PAGE, encoding: str = "utf-8") -> Path:
    data = text.encode(encoding)
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


@pytest.mark.parametrize("name", ["ferry.html", "ferry.html.gz"])
def test_a_saved_web_page_becomes_an_article(tmp_path: Path, name: str) -> None:
    ingest(write_page(tmp_path / name))
    article = Article.objects.select_related("outlet", "source_document").get()
    assert (article.title, article.author, article.language) == ("Ferry to Batumi sails again", "Ada Brink", "en")
    assert (article.published, str(article.outlet)) == (date(2021, 6, 4), "The Velmora Post")
    assert article.body.startswith("The ferry between")
    assert article.body.endswith("at one time.")
    assert article.external_id.startswith("ferry#")
    assert article.source_document is not None
    assert (article.source_document.name, article.source_document.format) == (name, "html")
    assert set(article.mentions.values_list("country", flat=True)) == {"GE", "AM"}


def test_the_same_page_again_is_unchanged(tmp_path: Path) -> None:
    path = write_page(tmp_path / "ferry.html")
    ingest(path)
    _, report = ingest(path)
    assert statuses(report) == ["unchanged"]


def test_a_named_file_of_another_name_is_read_as_a_web_page(tmp_path: Path) -> None:
    _, report = ingest(write_page(tmp_path / "ferry.saved"), format="html", dry_run=True)
    assert [entry["title"] for entry in report["articles"]] == ["Ferry to Batumi sails again"]


def test_an_encoding_that_the_page_states_is_not_said_to_be_assumed(tmp_path: Path) -> None:
    text = PAGE.replace("utf-8", "iso-8859-2").replace("Velmora", "Żelmóra")
    summary, report = ingest(write_page(tmp_path / "ferry.html", text, "iso-8859-2"))
    assert [entry["outlet"] for entry in report["articles"]] == ["The Żelmóra Post"]
    assert summary.notes.lines() == []
    assert SourceDocument.objects.get().encoding == "iso-8859-2"


def test_a_page_without_an_article_is_a_failure_and_the_others_are_read(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    write_page(tmp_path / "in" / "empty.html", "<html><body></body></html>")
    write_page(tmp_path / "in" / "ferry.html")
    _, report = ingest(tmp_path / "in")
    assert [failure["file"] for failure in report["failures"]] == ["empty.html"]
    assert statuses(report) == ["new"]


def test_the_database_refuses_a_format_that_no_reader_has() -> None:
    with pytest.raises(IntegrityError, match="document_format_is_known"):
        SourceDocument.objects.create(name="a", collection="c", format="odt", run=IngestRun.objects.create())


def test_migrations_say_what_the_models_say() -> None:
    call_command("makemigrations", "search", check=True, dry_run=True, verbosity=0)
