"""Stories in the database follow whatever becomes of their articles, and do not depend on its
order."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from search.models import Article, Story, StoryBand, StoryCopy, StoryText
from search.stories.comparing import Node, copies_of, partition, prepare, sketch
from search.stories.components import article_key
from tests.factories import make_article

WORDS = [f"word{number}" for number in range(400)]


def text(seed: int, edits: int = 0) -> str:
    """Sixty words that depend on the seed; each edit puts another word in the place of one."""
    found = random.Random(seed).sample(WORDS, 60)
    for edit in range(edits):
        found[(edit * 7) % 60] = f"edit{edit}"
    return " ".join(found)


def stories() -> set[frozenset[str]]:
    """The stories of the database, by the ids of their members."""
    found: dict[int, set[str]] = {}
    for story, external_id in Article.objects.exclude(story=None).values_list("story_id", "external_id"):
        found.setdefault(story, set()).add(external_id)
    return {frozenset(members) for members in found.values()}


def add(external_id: str, body: str, **values: str) -> Article:
    return make_article(f"Title of {external_id}", body, collection="c", external_id=external_id, **values)


def batch(bodies: dict[str, str]) -> set[frozenset[str]]:
    """The stories of all these articles compared each with each, without a database."""
    prepared = {name: prepare("", body) for name, body in bodies.items()}
    names = sorted(bodies)
    texts: dict[int, int] = {}
    nodes = []
    for number, name in enumerate(names):
        made = sketch("", bodies[name])
        assert made is not None
        nodes.append(Node(number, article_key("c", name), texts.setdefault(made.hash, number)))
    copies = {}
    for one in set(texts.values()):
        others = [(other, prepared[names[other]]) for other in set(texts.values()) if other > one]
        for other, overlap in copies_of(prepared[names[one]], others).items():
            copies[one, other] = overlap
    return {frozenset(names[node.article] for node in group) for group in partition(nodes, copies)}


class AnyOrder(TestCase):
    """Against the grouping of everything at once."""

    @settings(max_examples=60)
    @given(
        st.dictionaries(
            st.sampled_from("abcdefghij"), st.tuples(st.integers(1, 2), st.sampled_from([0, 3, 6, 9, 12])), min_size=2
        ),
        st.randoms(use_true_random=False),
    )
    def test_any_order_of_arrival_and_change_gives_the_stories_of_a_batch(
        self, versions: dict[str, tuple[int, int]], source: random.Random
    ) -> None:
        Article.objects.all().delete()
        bodies = {name: text(*version) for name, version in versions.items()}
        waiting = source.sample(sorted(bodies), len(bodies))
        detours = {name for name in bodies if source.random() < 0.3}
        rows = {}
        for name in waiting:
            rows[name] = add(name, text(source.randint(1, 2), 4) if name in detours else bodies[name])
        for name in source.sample(sorted(detours), len(detours)):
            rows[name].body = bodies[name]
            rows[name].save()
        assert stories() == batch(bodies)
        passing = add("passing", text(1, 5))
        passing.delete()
        assert stories() == batch(bodies)
        assert StoryText.objects.count() == len(set(bodies.values()))
        assert StoryBand.objects.count() == 20 * len(set(bodies.values()))


@pytest.mark.django_db
def test_copies_under_several_outlets_are_one_story_and_a_lone_article_has_none() -> None:
    add("a", text(1), outlet="Coast Courier")
    add("b", text(1).upper(), outlet="Harbour Post")
    add("c", text(1, 5), outlet="Island Times")
    add("d", text(2), outlet="Coast Courier")
    assert stories() == {frozenset("abc")}
    assert Article.objects.get(external_id="d").story is None


@pytest.mark.django_db
def test_the_key_of_a_story_does_not_depend_on_what_came_first() -> None:
    keys = []
    for order in ("abc", "cba"):
        Article.objects.all().delete()
        for name in order:
            add(name, text(1))
        keys.append(Story.objects.get().key)
    assert keys[0] == keys[1]


@pytest.mark.django_db
def test_a_story_of_one_ends() -> None:
    one, _other = add("a", text(1)), add("b", text(1))
    one.delete()
    assert not Story.objects.exists()
    assert Article.objects.get().story is None


@pytest.mark.django_db
def test_a_story_falls_apart_when_what_held_it_together_changes() -> None:
    add("a", text(1))
    middle = add("b", text(1, 8))
    add("c", text(1, 16))
    assert stories() == {frozenset("abc")}
    middle.body = text(2)
    middle.save()
    assert stories() == set()
    assert not StoryCopy.objects.exists()


@pytest.mark.django_db
def test_a_story_keeps_its_row_when_members_join() -> None:
    add("b", text(1))
    add("c", text(1))
    before = Story.objects.get().pk
    add("a", text(1, 3))
    assert Story.objects.get().pk == before


@pytest.mark.django_db
def test_an_article_read_before_it_was_grouped_does_not_undo_that_when_it_is_saved() -> None:
    early = add("a", text(1))
    add("b", text(1))
    early.author = "Nino Example"
    early.save()
    assert stories() == {frozenset("ab")}


@pytest.mark.django_db
def test_hidden_articles_stay_in_their_story() -> None:
    add("a", text(1))
    hidden = add("b", text(1))
    hidden.visible = False
    hidden.save()
    assert stories() == {frozenset("ab")}
