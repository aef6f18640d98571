from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from search.ingest.stories import StoryGroup, group

PAIRS = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)).filter(lambda pair: pair[0] != pair[1]), max_size=30)


def components(pairs: list[tuple[int, int]]) -> set[frozenset[int]]:
    """Flood fill, for comparison."""
    left = {article for pair in pairs for article in pair}
    found = set()
    while left:
        reached, grown = set[int](), {min(left)}
        while grown != reached:
            reached = grown
            grown = reached | {end for pair in pairs for end in pair if set(pair) & reached}
        found.add(frozenset(reached))
        left -= reached
    return found


@given(PAIRS)
def test_stories_are_the_connected_articles(pairs: list[tuple[int, int]]) -> None:
    assert {frozenset(story.members) for story in group(pairs)} == components(pairs)


@given(PAIRS, st.randoms(use_true_random=False))
def test_the_order_of_pairs_makes_no_difference(pairs: list[tuple[int, int]], source: random.Random) -> None:
    shuffled = [(b, a) if source.random() < 0.5 else (a, b) for a, b in source.sample(pairs, len(pairs))]
    assert group(shuffled) == group(pairs)


def test_a_story_keeps_its_id_when_members_join() -> None:
    assert group([(5, 1)], {5: 70, 9: 70}) == [StoryGroup((1, 5, 9), story=70)]


def test_stories_that_meet_become_the_older_one() -> None:
    assert group([(5, 6)], {5: 71, 6: 70, 8: 71}) == [StoryGroup((5, 6, 8), story=70, absorbed=(71,))]


def test_a_new_story_has_no_id_yet() -> None:
    assert group([(3, 2)]) == [StoryGroup((2, 3))]


def test_known_stories_stay_when_no_pair_touches_them() -> None:
    assert group([], {5: 70, 6: 70}) == [StoryGroup((5, 6), story=70)]
