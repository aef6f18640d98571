"""Two people at once; only where the database lets two write at once, which SQLite does not."""

from __future__ import annotations

import threading
from contextlib import suppress

import pytest
from django.db import connection

from search.models import Article
from search.services import article_save
from search.stories import upkeep
from search.stories.comparing import Sketch, sketch
from tests.stories.test_upkeep import add, stories, text

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="needs DATABASE_URL=postgres://…"),
]


def test_two_edits_that_end_a_story_wait_for_each_other_in_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    keys = [add(f"a-{number}", text(1, number)).pk for number in range(2)]
    assert len(stories()) == 1
    both = threading.Barrier(2, timeout=1)
    failed: list[Exception] = []

    def sketched(title: str, body: str) -> Sketch | None:
        # Where both have locked a row already, they meet here.
        with suppress(threading.BrokenBarrierError):
            both.wait()
        return sketch(title, body)

    monkeypatch.setattr(upkeep, "sketch", sketched)

    def edit(number: int) -> None:
        try:
            article = Article.objects.get(pk=keys[number])
            article.body = text(2 + number)
            article_save(article=article)
        except Exception as error:  # noqa: BLE001 - shown by the test
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=edit, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert stories() == set()
