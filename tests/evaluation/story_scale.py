"""What it takes to save one article, all the work of the database for its story included."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import islice

import numpy as np
from django.core.management import call_command
from django.db import transaction

from search.index.outbox import deferred_indexing
from search.models import Article, Story
from search.stories.comparing import sketch
from search.stories.upkeep import assign_texts, join_stories

BATCH = 500


def measure_saving(texts: Iterator[str], count: int) -> str:
    """Fill a new database with the first ``count`` texts in batches, save the others one by one;
    says how long each took."""
    call_command("migrate", verbosity=0)
    articles = (
        Article(title=f"Title {number}", body=text, collection="invented", external_id=str(number), language="en")
        for number, text in enumerate(texts)
    )
    with deferred_indexing():
        there = 0
        while some := list(islice(articles, min(BATCH, count - there))):
            with transaction.atomic():
                fresh = assign_texts(some, [sketch(article.title, article.body) for article in some])
                Article._base_manager.bulk_create(some)
                join_stories(some, fresh)
            there += len(some)
        seconds = [_saved(article) for article in articles]
    milliseconds = np.array(seconds) * 1000
    middle, high = np.percentile(milliseconds, [50, 99])
    return (
        f"saving one beside {there} articles: median {middle:.2f} ms, 99 % under {high:.2f} ms, most "
        f"{milliseconds.max():.2f} ms; {Story.objects.count()} stories"
    )


def _saved(article: Article) -> float:
    started = time.perf_counter()
    with transaction.atomic():
        article.save()
    return time.perf_counter() - started
