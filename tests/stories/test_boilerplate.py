"""A form that thousands fill in costs no more than others, and people have the last word there too."""

from __future__ import annotations

import pytest

from search.models import Article, Story, StoryBand, StoryCopy
from search.services import story_add, story_remove
from search.stories import components, texts
from tests.stories.test_upkeep import add, stories, text

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(components, "MAX_COMPONENT", 3)
    monkeypatch.setattr(texts, "MAX_CANDIDATES", 3)
    monkeypatch.setattr(texts, "CANDIDATES_OF_FORM", 2)
    monkeypatch.setattr(texts, "MAX_BUCKET", 4)


def filled(count: int, seed: int = 1) -> list[Article]:
    return [add(f"{seed}-{number}", text(seed, 2).replace("edit0", f"day{number}")) for number in range(count)]


def test_all_that_fill_it_in_are_one_story() -> None:
    filled(12)
    assert stories() == {frozenset(f"1-{number}" for number in range(12))}


def test_a_band_is_stored_of_a_few_of_them_only() -> None:
    filled(12)
    counts = [StoryBand.objects.filter(key=key).count() for key in StoryBand.objects.values_list("key", flat=True)]
    assert max(counts) == 4


def test_one_that_is_changed_leaves_and_one_that_is_deleted_is_gone() -> None:
    rows = filled(8)
    rows[7].body = text(2)
    rows[7].save()
    rows[6].delete()
    assert stories() == {frozenset(f"1-{number}" for number in range(6))}


def test_the_story_ends_with_its_last_two() -> None:
    rows = filled(6)
    for row in rows[:5]:
        row.delete()
    assert not Story.objects.exists()


def test_what_people_decided_stays() -> None:
    rows = filled(8)
    story_remove(article=rows[7])
    lone = add("lone", text(3))
    story_add(article=lone, to=rows[0])
    add("1-8", text(1, 2).replace("edit0", "day8"))
    assert stories() == {frozenset([*(f"1-{number}" for number in range(9) if number != 7), "lone"])}


def test_a_form_keeps_its_story_when_what_joined_it_to_a_text_is_deleted() -> None:
    story = Story.objects.create(key="k" * 4)
    rows = [add(f"one-{number}", text(100 + number)) for number in range(8)]
    Article._base_manager.update(story=story)
    held = list(Article._base_manager.order_by("pk").values_list("story_text_id", flat=True))
    # A chain of six, too long to be followed, and two more by way of its first.
    joined = [(0, 1), (1, 2), (2, 3), (3, 4), (4, 5), (0, 6), (6, 7)]
    StoryCopy.objects.bulk_create(
        [StoryCopy(one_id=held[one], other_id=held[other], overlap=0.8) for one, other in joined]
    )
    rows[6].delete()
    assert frozenset(f"one-{number}" for number in range(6)) in stories()
