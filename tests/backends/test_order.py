"""The first of some documents in a fixed order."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from search.backends.order import DocumentOrder


@given(
    order=st.integers(1, 300).flatmap(lambda size: st.permutations(range(size))),
    chance=st.randoms(use_true_random=False),
    limit=st.integers(0, 40),
)
def test_the_first_of_any_documents_are_those_a_full_sort_puts_first(order, chance, limit) -> None:  # type: ignore[no-untyped-def]
    wanted = sorted(chance.sample(order, chance.randint(1, len(order))))
    place = {doc: at for at, doc in enumerate(order)}
    first = DocumentOrder(np.array(order, dtype=np.int32)).first(np.array(wanted, dtype=np.int32), limit)
    assert first.tolist() == sorted(wanted, key=place.__getitem__)[:limit]


def test_documents_that_stand_last_in_the_order_are_found_too() -> None:
    order = DocumentOrder(np.arange(1000, dtype=np.int32))
    assert order.first(np.arange(900, 1000, dtype=np.int32), 3).tolist() == [900, 901, 902]


def test_no_documents_have_no_first() -> None:
    assert DocumentOrder(np.arange(10, dtype=np.int32)).first(np.zeros(0, dtype=np.int32), 3).tolist() == []
