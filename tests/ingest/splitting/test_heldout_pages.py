"""Invented pages in eight languages, whose boilerplate is worded unlike the table of phrases, are
split nearly always right."""

from __future__ import annotations

import pytest

from search.ingest.splitting.boilerplate import PHRASES, Phrases
from search.ingest.splitting.split import split_page
from tests.evaluation.heldout import pages
from tests.evaluation.pages import DEFAULT_SEEDS, evaluate_invented, evaluate_seeds


@pytest.mark.parametrize("phrases", [PHRASES, Phrases()], ids=["with phrases", "without"])
def test_articles_and_labels_of_invented_pages_are_found(phrases: Phrases) -> None:
    for total, wrong in evaluate_invented(phrases).values():
        assert total.gold > 100
        assert total.articles >= 0.97, wrong
        for count in (total.extent, total.outlet, total.author, total.date):
            assert total.share(count) >= 0.95, wrong


def test_no_label_is_invented_on_any_page() -> None:
    stated = 0
    for _language, page in pages():
        names = {name for gold in page.gold for name in (gold.outlet, gold.author, gold.date) if name}
        for article in split_page(page.text):
            labels = {each for each in (article.outlet, article.author, article.published.iso) if each}
            assert labels <= names, page.name
            stated += len(labels)
    assert stated > 100


@pytest.mark.skipif(not DEFAULT_SEEDS.exists(), reason="the hand-labelled pages are not here")
def test_the_hand_labelled_pages_are_split_without_phrases_too() -> None:
    total, wrong = evaluate_seeds(DEFAULT_SEEDS, Phrases())
    assert total.articles >= 0.95, wrong
    assert total.share(total.extent) >= 0.88, wrong
