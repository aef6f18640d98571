from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.stories.comparing.signatures import (
    BANDS,
    MIN_SKETCH_WORDS,
    Signature,
    band_keys,
    signature,
    signature_of_words,
)

WORD_LISTS = st.lists(st.text("abcdefgh", min_size=1, max_size=4), min_size=MIN_SKETCH_WORDS, max_size=60)


def sketch(found: list[str]) -> Signature:
    made = signature_of_words(found)
    assert made is not None
    return made


def pairs(found: list[str]) -> set[tuple[str, str]]:
    return set(pairwise(found))


@given(WORD_LISTS)
def test_a_signature_comes_back_from_its_bytes(found: list[str]) -> None:
    made = sketch(found)
    assert Signature.from_bytes(made.to_bytes()) == made
    assert Signature.from_bytes(memoryview(made.to_bytes())) == made


def test_bytes_of_another_length_are_refused() -> None:
    with pytest.raises(ValueError, match="240 bytes"):
        Signature.from_bytes(b"short")


@given(WORD_LISTS, st.integers(0, 60), st.randoms(use_true_random=False))
def test_the_estimate_is_near_the_exact_share_of_word_pairs(found: list[str], kept: int, source: random.Random) -> None:
    other = found[:kept] + [f"z{source.randrange(10**6)}" for _ in found[kept:]]
    exact = len(pairs(found) & pairs(other)) / len(pairs(found) | pairs(other))
    # Five standard errors of 60 hashes.
    assert abs(sketch(found).resemblance(sketch(other)) - exact) <= 5 * (0.25 / 60) ** 0.5


def test_the_estimate_is_not_biased() -> None:
    source = random.Random(7)
    errors = []
    for _ in range(200):
        common = [f"c{source.randrange(10**6)}" for _ in range(60)]
        one, other = ([*common, *(f"{source.randrange(10**6)}" for _ in range(40))] for _ in range(2))
        exact = len(pairs(one) & pairs(other)) / len(pairs(one) | pairs(other))
        errors.append(sketch(one).resemblance(sketch(other)) - exact)
    assert abs(sum(errors) / len(errors)) < 0.01


def test_a_text_longer_than_a_chunk_is_sketched_whole() -> None:
    found = [f"w{number}" for number in range(10_000)]
    assert sketch(found) != sketch(found[:5000])
    assert sketch(found).resemblance(sketch(found[:5000])) == pytest.approx(0.5, abs=0.2)


@pytest.mark.parametrize(("title", "body"), [("", ""), ("Breaking", "Read more on our site."), ("Hi", "…")])
def test_very_short_articles_have_no_signature(title: str, body: str) -> None:
    assert signature(title, body) is None


def test_stored_signatures_stay_comparable() -> None:
    # Fixed once and for all: a change here makes every stored signature worthless.
    made = signature("", "The harbour of Eastport opened again on Monday after a week of storms.")
    assert made is not None
    assert made.to_bytes()[:8].hex() == "fc7dc50454ec9a01"
    assert band_keys(made)[0] == 2085495843


@given(WORD_LISTS)
def test_band_keys_fit_a_signed_integer_and_differ_by_band(found: list[str]) -> None:
    keys = band_keys(sketch(found))
    assert len(set(keys)) == BANDS
    assert all(0 <= key < 2**31 for key in keys)
