"""Articles made of parts of others."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from tests.benchmarks.real_articles import articles


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two collections of three articles of four paragraphs; each paragraph says where it comes
    from."""
    for language in ("en", "fr"):
        (tmp_path / language).mkdir()
        with gzip.open(tmp_path / language / "articles.jsonl.gz", "wt", encoding="utf-8") as file:
            for number in range(3):
                text = "\n\n".join(f"{language} {number} {part}" for part in range(4))
                file.write(json.dumps({"title": f"{language} title", "text": text, "language": language}) + "\n")
    return tmp_path


def test_as_many_as_wanted_come_and_the_same_for_the_same_seed(folder: Path) -> None:
    made = list(articles(folder, 20, 1))
    assert len(made) == 20
    assert made == list(articles(folder, 20, 1))
    assert made != list(articles(folder, 20, 2))


def test_the_real_ones_come_first(folder: Path) -> None:
    real = [article.parts for article in articles(folder, 20, 1)][:6]
    assert len(set(real)) == 6
    assert all(len({part.split()[1] for part in parts}) == 1 for parts in real)


def test_made_ones_stay_in_their_language(folder: Path) -> None:
    made = list(articles(folder, 40, 1))
    assert len(made) == 40
    for article in made:
        assert {article.title.split()[0], *(part.split()[0] for part in article.parts)} == {article.language}
