"""A small indexed collection."""

from __future__ import annotations

import pytest

from search.index.generations import rebuild_index
from search.index.outbox import apply_outbox
from search.models import Article
from tests.factories import make_article


@pytest.fixture
def articles(db: None) -> dict[str, Article]:
    """Four articles by a short name: two dated English ones, an Arabic one, an undated one of no
    language."""
    rebuild_index()
    made = {
        "corridor": make_article(
            "Lachin corridor opens",
            "Trucks went through Armenia.",
            outlet="Hill",
            published="2020-10-05",
            countries=["AM", "AZ"],
        ),
        "road": make_article("Lachin road closed", outlet="Vale", published="2020-12", countries=["AZ", "RU"]),
        "arabic": make_article(
            "ممر لاتشين", "فتح الممر", outlet="Vale", published="2021", countries=["AM"], language="ar"
        ),
        "note": make_article("Undated note", "nothing but a <b>note</b> & more", language=""),
    }
    apply_outbox()
    return made
