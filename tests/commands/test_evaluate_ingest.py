"""`manage.py evaluate_ingest` over an invented collection."""

from __future__ import annotations

import json
import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from search.models import Article, IngestRun
from tests.ingest.runs import ingest, write_jsonl

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Two articles whose countries are known: one is found, one is labelled with another one too."""
    folder = tmp_path / "shared" / "data" / "slavic_news"
    texts = {"a": "Most v Armenii byl otkryt.", "b": "Мост в Армении открыли после ремонта."}
    write_jsonl(
        folder / "articles.jsonl.gz",
        *({"id": name, "title": "Мост", "text": text, "language": "ru"} for name, text in texts.items()),
    )
    rows = ({"id": "b", "countries_named_by_noun": ["AM", "GE"]}, {"id": "a", "countries_named_by_noun": []})
    write_jsonl(folder / "countries.jsonl.gz", *rows)
    return tmp_path / "shared"


def run(data: Path, *arguments: str | Path) -> str:
    out = StringIO()
    history = data / "history.jsonl"
    call_command(
        "evaluate_ingest", "--data", str(data), "--history", str(history), "--only", "Slavic news", "Reuters",
        *map(str, arguments), stdout=out,
    )  # fmt: skip
    return out.getvalue()


def test_it_prints_each_figure_beside_its_aim_and_says_what_is_absent(data: Path) -> None:
    said = run(data)
    assert "Reuters: left out, there is no" in said
    assert "recall" in said
    assert "0.5000       new  aim 0.9300 MISSED" in said


def test_it_compares_with_the_last_time(data: Path) -> None:
    run(data)
    write_jsonl(data / "data" / "slavic_news" / "countries.jsonl.gz", {"id": "b", "countries_named_by_noun": ["AM"]})
    said = run(data)
    assert "compared with 20" in said
    assert "1.0000   +0.5000  aim 0.9300" in said
    assert "1.0000        ±0  aim 0.8000" in said


def test_the_figures_are_written_as_json(data: Path, tmp_path: Path) -> None:
    run(data, "--json", tmp_path / "figures.json")
    figures = {"Slavic news": {"recall": 0.5, "precision, lower bound": 1.0}}
    assert json.loads((tmp_path / "figures.json").read_text()) == figures


def test_a_figure_below_its_aim_fails_only_when_asked(data: Path) -> None:
    run(data)
    with pytest.raises(CommandError, match="Slavic news, recall"):
        run(data, "--fail-below")


def test_the_database_changes_nothing_and_is_not_changed(data: Path) -> None:
    file = data / "data" / "slavic_news" / "articles.jsonl.gz"
    assert run(data).count(" new ") == 2
    ingest(file)
    for article in Article.objects.all():
        article.mentions.all().delete()
    runs = IngestRun.objects.count()
    assert run(data).count(" ±0 ") == 2
    assert IngestRun.objects.count() == runs


@pytest.mark.parametrize(
    ("part", "reason"),
    [
        ("saved pages of text", "seeds/ holds no page"),
        ("dates read", "no folder in data/ holds an articles.jsonl.gz"),
        ("languages of titles", "no folder in data/ holds an articles.jsonl.gz"),
        ("speed", "no folder in data/ holds an articles.jsonl.gz"),
    ],
)
def test_a_folder_without_what_is_measured_is_said(data: Path, part: str, reason: str) -> None:
    shutil.rmtree(data / "data")
    (data / "data" / "other").mkdir(parents=True)
    (data / "seeds").mkdir()
    (data / "seeds" / "gold.json").write_text("[]")
    out = StringIO()
    with pytest.raises(CommandError, match="nothing was measured"):
        call_command("evaluate_ingest", "--data", str(data), "--only", part, stdout=out)
    assert out.getvalue() == f"{part}: left out, {reason}\n"


def test_nothing_to_measure_is_an_error_with_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="--data"):
        run(tmp_path)
