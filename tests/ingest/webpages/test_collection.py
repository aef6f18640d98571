"""The saved pages of about twenty languages that the project is measured with, where they are at
hand."""

from __future__ import annotations

import gzip
import json
import re
import unicodedata
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from search.ingest.webpages import PageRecord, read_web_page

FOLDER = Path(__file__).parents[4] / "shared" / "data" / "html_pages"


def fold(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).casefold()))


def overlap(left: str, right: str) -> float:
    a, b = Counter(fold(left).split()), Counter(fold(right).split())
    return 2 * sum((a & b).values()) / max(1, a.total() + b.total())


@pytest.mark.slow
def test_titles_dates_authors_and_texts_reach_their_marks() -> None:
    if not FOLDER.exists():
        pytest.skip(f"{FOLDER} is not on this machine")
    with gzip.open(FOLDER / "gold.jsonl.gz", "rt", encoding="utf-8") as lines:
        labels: list[dict[str, Any]] = [json.loads(line) for line in lines]
    paths = {path.name: path for path in (FOLDER / "html").rglob("*.html.gz")}
    pages = {name: read_web_page(gzip.decompress(path.read_bytes())) for name, path in paths.items()}
    found = [
        max((pages[name] for name in each["html_files"]), key=lambda p: overlap(each["text"], p.text))
        for each in labels
    ]
    pairs = list(zip(labels, found, strict=True))
    named = [pair for pair in pairs if pair[0]["authors"]]
    assert sum(fold(label["title"]) == fold(page.title) for label, page in pairs) / len(pairs) >= 0.95
    assert sum(is_same_day(label, page) for label, page in pairs) / len(pairs) >= 0.98
    authors = sum(all(fold(name) in fold(page.author) for name in label["authors"]) for label, page in named)
    assert authors / len(named) >= 0.93
    assert sum(overlap(label["text"], page.text) for label, page in pairs) / len(pairs) >= 0.965


def is_same_day(label: dict[str, Any], page: PageRecord) -> bool:
    when = datetime.fromisoformat(label["date"])
    return page.published.iso in {when.date().isoformat(), when.astimezone(UTC).date().isoformat()}
