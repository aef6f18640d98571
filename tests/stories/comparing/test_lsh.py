from __future__ import annotations

import random

from search.stories.comparing import StoryIndex, band_keys, signature
from search.stories.comparing import lsh as index_module
from search.stories.comparing.signatures import Signature


def invented(seed: int, length: int = 200) -> list[str]:
    source = random.Random(seed)
    return [f"w{source.randrange(5000)}" for _ in range(length)]


def sketch(found: list[str]) -> Signature:
    made = signature("", " ".join(found))
    assert made is not None
    return made


def edited(found: list[str], every: int) -> list[str]:
    return [f"edit{place}" if place % every == 0 else word for place, word in enumerate(found)]


def test_a_near_copy_is_a_candidate_and_another_text_is_not() -> None:
    index = StoryIndex()
    assert index.add(10, sketch(invented(1))) == []
    assert index.add(11, sketch(invented(2))) == []
    assert index.add(12, sketch(edited(invented(1), 20))) == [10]


def test_the_most_like_candidate_comes_first() -> None:
    index = StoryIndex()
    index.extend([(1, sketch(edited(invented(1), 10))), (2, sketch(edited(invented(1), 40)))])
    assert index.candidates(sketch(invented(1))) == [2, 1]


def test_asking_for_candidates_puts_nothing_in() -> None:
    index = StoryIndex()
    index.candidates(sketch(invented(1)))
    assert len(index) == 0


def test_every_near_copy_among_many_is_found() -> None:
    index = StoryIndex(capacity=1)
    texts = [invented(seed) for seed in range(1500)]
    for number, text in enumerate(texts):
        index.add(number, sketch(text))
    found = [index.add(10_000 + number, sketch(edited(texts[number], 12))) for number in range(0, 1500, 10)]
    assert found == [[number] for number in range(0, 1500, 10)]


def test_an_article_left_out_is_no_candidate_any_more() -> None:
    index = StoryIndex()
    index.add(1, sketch(invented(1)))
    index.discard(1)
    index.discard(99)
    assert 1 not in index
    assert index.add(2, sketch(invented(1))) == []


def test_adding_an_article_again_replaces_it() -> None:
    index = StoryIndex()
    index.add(1, sketch(invented(1)))
    assert index.add(1, sketch(invented(2))) == []
    assert index.candidates(sketch(invented(1))) == []
    assert index.candidates(sketch(invented(2))) == [1]
    assert len(index) == 1


def test_a_text_repeated_without_end_is_followed_only_so_far() -> None:
    index = StoryIndex()
    same = sketch(invented(1))
    index.extend((number, same) for number in range(500))
    assert len(index.candidates(same)) == index_module._MAX_CHAIN


def test_band_keys_in_a_table_find_what_the_index_finds() -> None:
    table: dict[int, set[int]] = {}
    for seed in range(50):
        for key in band_keys(sketch(invented(seed))):
            table.setdefault(key, set()).add(seed)
    met = set[int]().union(*(table.get(key, set()) for key in band_keys(sketch(edited(invented(7), 15)))))
    assert met == {7}
