"""Our figures are those of the scorers beside the collections, where these are there."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

import pytest

from search.evaluation.counts import Figure
from search.evaluation.parts import measure_countries, measure_saved_pages, measure_saved_web_pages, report_entries

pytestmark = pytest.mark.django_db
SHARED = Path(__file__).resolve().parents[3] / "shared"
NUMBER = r"(\d\.\d{4})"


def said(scorer: str, *arguments: str | Path) -> str:
    """What a scorer prints."""
    tool = SHARED / "tools" / scorer
    if not all(path.exists() for path in (tool, *(path for path in arguments if isinstance(path, Path)))):
        pytest.skip(f"no {tool}, or not what it scores")
    done = subprocess.run([sys.executable, tool, *map(str, arguments)], capture_output=True, text=True, check=True)
    return done.stdout


def figure(figures: Sequence[Figure], name: str) -> str:
    """A figure as the scorers print it."""
    return next(f"{each.value:.4f}" for each in figures if each.name == name)


def report_of(path: Path, file: Path, **options: Any) -> Path:
    """The report that a scorer reads."""
    if not path.exists():
        pytest.skip(f"no {path}")
    file.write_text(json.dumps({"articles": report_entries(path, **options)}))
    return file


def test_saved_pages_of_text(tmp_path: Path) -> None:
    seeds = SHARED / "seeds"
    line = said("score_ingest.py", seeds / "gold.json", report_of(seeds, tmp_path / "report.json"))
    ours = measure_saved_pages(SHARED)
    for name in ("articles F1", "extent", "outlet", "author", "date", "language", "countries F1"):
        theirs = re.search(rf"{name} {NUMBER}", line)
        assert theirs
        assert figure(ours, name) == theirs[1], name


@pytest.mark.parametrize("field", ["countries", "about"])
@pytest.mark.parametrize("collection", ["reuters", "russian_wikinews", "slavic_news"])
def test_countries(tmp_path: Path, collection: str, field: Literal["countries", "about"]) -> None:
    """Of some articles: all take half a minute. The others count as not ingested."""
    whole, folder = SHARED / "data" / collection, tmp_path / "some"
    if not whole.exists():
        pytest.skip(f"no {whole}")
    folder.mkdir()
    with gzip.open(whole / "articles.jsonl.gz") as lines, gzip.open(folder / "articles.jsonl.gz", "wb") as some:
        some.writelines(line for number, line in enumerate(lines) if number % 8 == 0)
    (folder / "countries.jsonl.gz").symlink_to(whole / "countries.jsonl.gz")
    report = report_of(folder / "articles.jsonl.gz", tmp_path / "report.json")
    line = said("score_countries.py", folder / "countries.jsonl.gz", report, "--field", field)
    (found,) = measure_countries(folder, field)
    theirs = re.search(rf"precision {NUMBER}.* recall {NUMBER}  f1 {NUMBER}", line)
    assert theirs
    assert tuple(f"{value:.4f}" for value in (found.precision, found.recall, found.f1)) == theirs.groups()


def test_saved_web_pages(tmp_path: Path) -> None:
    whole, folder = SHARED / "data" / "html_pages", tmp_path / "data" / "html_pages"
    if not whole.exists():
        pytest.skip(f"no {whole}")
    folder.mkdir(parents=True)
    (folder / "html").symlink_to(whole / "html" / "ch")
    with gzip.open(whole / "gold.jsonl.gz", "rt") as lines:
        pages = {path.name for path in (whole / "html" / "ch").iterdir()}
        kept = [line for line in lines if pages & {Path(file).name for file in json.loads(line)["html_files"]}]
    with gzip.open(folder / "gold.jsonl.gz", "wt") as gold:
        gold.writelines([*kept, page_that_is_not_there(kept[0])])
    report = report_of(folder / "html", tmp_path / "report.json", with_text=True)
    line = said("score_pages.py", folder, report)
    theirs = re.search(rf"title {NUMBER}  date {NUMBER}  author {NUMBER}  text F1 {NUMBER}", line)
    assert theirs
    ours = measure_saved_web_pages(tmp_path)
    assert tuple(figure(ours, name) for name in ("title", "date", "author", "text F1")) == theirs.groups()


def page_that_is_not_there(line: str) -> str:
    return json.dumps(json.loads(line) | {"html_files": ["none.html.gz"]}) + "\n"
