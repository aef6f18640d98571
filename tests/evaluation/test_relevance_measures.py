"""Measures, checked by hand."""

from __future__ import annotations

import math

import pytest

from search.evaluation.measures import average_precision, ndcg, recall


def test_ndcg_discounts_by_place_and_weighs_by_grade() -> None:
    # Gains: 0, 3 / log2(3), 1 / log2(4); ideal: 3, 1 / log2(3).
    expected = (3 / math.log2(3) + 1 / 2) / (3 + 1 / math.log2(3))
    assert ndcg(["x", "a", "b"], {"a": 2, "b": 1}) == pytest.approx(expected)


def test_a_perfect_ranking_scores_one_and_no_hits_score_zero() -> None:
    assert ndcg(["a", "b"], {"a": 2, "b": 1}) == 1.0
    assert ndcg([], {"a": 1}) == 0.0


def test_average_precision_is_the_mean_over_all_relevant_documents() -> None:
    assert average_precision(["a", "x", "b"], {"a": 1, "b": 1, "c": 1}) == pytest.approx((1 + 2 / 3) / 3)


def test_recall_counts_what_is_among_the_first_hits() -> None:
    assert recall(["a", "x"], {"a": 1, "b": 2}, depth=2) == 0.5
    assert recall(["x", "a"], {"a": 1}, depth=1) == 0.0
