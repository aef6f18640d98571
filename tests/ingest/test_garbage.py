"""The collector of garbage is paused for the work that makes none."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from search.ingest.garbage import garbage_left
from search.ingest.splitting.split import split_page


@pytest.fixture
def collections() -> Iterator[list[int]]:
    """The generations that were collected."""
    seen: list[int] = []

    def note(phase: str, info: dict[str, int]) -> None:
        if phase == "start":
            seen.append(info["generation"])

    gc.callbacks.append(note)
    yield seen
    gc.callbacks.remove(note)


def test_splitting_a_page_of_many_lines_is_not_held_up_by_the_collector(collections: list[int]) -> None:
    page = "ab\n" * 20_000
    collections.clear()
    assert split_page(page)
    assert collections == []


def test_the_collector_goes_on_after_an_error() -> None:
    with pytest.raises(KeyError), garbage_left():
        raise KeyError(gc.isenabled())
    assert gc.isenabled()


def test_a_collector_that_was_off_stays_off() -> None:
    gc.disable()
    try:
        with garbage_left():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
