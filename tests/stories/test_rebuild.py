"""Rebuilding stories gives what keeping them gave."""

from __future__ import annotations

import pytest

from search.models import Article, Story, StoryBand, StoryCopy, StoryText
from search.services import story_remove
from search.stories import rebuild
from search.stories.rebuild import rebuild_stories
from tests.stories.test_upkeep import add, stories, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def articles() -> None:
    for number, (seed, edits) in enumerate([(1, 0), (1, 0), (2, 0), (1, 4), (3, 0), (2, 9), (4, 0), (1, 0)]):
        add(f"a{number}", text(seed, edits))
    add("short", "Too short.")
    story_remove(article=Article.objects.get(external_id="a7"))


def state() -> tuple[object, ...]:
    copies = StoryCopy.objects.order_by("one__hash", "other__hash").values_list("one__hash", "other__hash", "overlap")
    found = {(*sorted((one, other)), overlap) for one, other, overlap in copies}
    return stories(), sorted(Story.objects.values_list("key", flat=True)), found, StoryBand.objects.count()


@pytest.mark.parametrize("batch", [1, 3, 500])
def test_a_rebuild_changes_nothing_where_nothing_is_wrong(
    articles: None, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    monkeypatch.setattr(rebuild, "BATCH", batch)
    before, told = state(), list[int]()
    done = rebuild_stories(progress=told.append)
    assert state() == before
    assert (done.articles, done.changed, done.stories) == (9, 0, 2)
    assert sum(told) == 9


@pytest.mark.parametrize("batch", [2, 500])
def test_a_rebuild_makes_stories_where_nothing_is_stored(
    articles: None, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    before = state()
    Article._base_manager.update(story=None, story_text=None)
    for model in (Story, StoryBand, StoryCopy, StoryText):
        model._default_manager.all().delete()
    monkeypatch.setattr(rebuild, "BATCH", batch)
    assert rebuild_stories().changed > 0
    assert state() == before


def test_signatures_of_another_kind_are_made_anew(articles: None) -> None:
    before = state()
    StoryText.objects.update(signature=b"of before")
    rebuild_stories()
    assert state() == before


def test_a_text_that_was_changed_past_every_hook_is_found_again(articles: None) -> None:
    chosen = Article.objects.filter(external_id="a4")
    chosen.update(body=text(4))
    done = rebuild_stories(chosen)
    assert done.articles == 1
    assert frozenset({"a4", "a6"}) in stories()
