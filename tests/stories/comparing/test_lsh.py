from __future__ import annotations

import random

from search.stories.comparing import StoryIndex, band_keys, lsh, signature
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
    assert index.add(sketch(invented(1))) == []
    assert index.add(sketch(invented(2))) == []
    assert index.add(sketch(edited(invented(1), 20))) == [0]


def test_the_most_like_candidate_comes_first() -> None:
    index = StoryIndex()
    index.add(sketch(edited(invented(1), 10)))
    index.add(sketch(edited(invented(1), 40)))
    assert index.add(sketch(invented(1))) == [1, 0]


def test_every_near_copy_among_many_is_found() -> None:
    index = StoryIndex(capacity=1)
    texts = [invented(seed) for seed in range(1500)]
    assert [index.add(sketch(text)) for text in texts] == [[]] * 1500
    found = [index.add(sketch(edited(texts[number], 12))) for number in range(0, 1500, 10)]
    assert found == [[number] for number in range(0, 1500, 10)]


def test_a_text_repeated_without_end_is_followed_only_so_far() -> None:
    index = StoryIndex()
    same = sketch(invented(1))
    assert [len(index.add(same)) for _ in range(500)] == [
        *range(lsh._MAX_CHAIN),
        *[lsh._MAX_CHAIN] * 200,
    ]


def test_band_keys_in_a_table_find_what_the_index_finds() -> None:
    table: dict[int, set[int]] = {}
    for seed in range(50):
        for key in band_keys(sketch(invented(seed))):
            table.setdefault(key, set()).add(seed)
    met = set[int]().union(*(table.get(key, set()) for key in band_keys(sketch(edited(invented(7), 15)))))
    assert met == {7}
