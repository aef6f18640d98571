"""What people say of stories goes before what is compared, for good."""

from __future__ import annotations

import pytest

from search.models import Article, StoryDecision, StoryText
from search.services import story_add, story_remove
from search.stories.grouping import regroup
from tests.stories.test_upkeep import add, stories, text

pytestmark = pytest.mark.django_db


def test_an_article_that_was_taken_out_stays_out() -> None:
    add("a", text(1))
    out = add("b", text(1))
    add("c", text(1, 3))
    story_remove(article=out)
    assert out.story is None
    assert stories() == {frozenset("ac")}
    regroup(set(StoryText.objects.values_list("pk", flat=True)), set(Article.objects.values_list("pk", flat=True)))
    assert stories() == {frozenset("ac")}


def test_a_later_copy_goes_to_the_story_and_not_to_the_article_taken_out_of_it() -> None:
    for order in ("abcd", "dcba"):
        Article.objects.all().delete()
        rows = {name: add(name, text(1)) for name in order[:3]}
        story_remove(article=rows["b"])
        add("e", text(1))
        add("f", text(1, 2))
        members = {name for group in stories() for name in group}
        assert len(stories()) == 1
        assert members == {*order[:3], "e", "f"} - {"b"}


def test_articles_put_together_stay_together_though_their_texts_change() -> None:
    one, other = add("a", text(1)), add("b", text(2))
    story_add(article=one, to=other)
    assert stories() == {frozenset("ab")}
    one.body = text(3)
    one.save()
    assert stories() == {frozenset("ab")}


def test_an_article_too_short_to_compare_can_be_put_into_a_story() -> None:
    short = add("a", "Too short.")
    other = add("b", text(1))
    add("c", text(1))
    story_add(article=short, to=other)
    assert short.story is not None
    assert stories() == {frozenset("abc")}


def test_putting_an_article_back_undoes_taking_it_out() -> None:
    add("a", text(1))
    article = add("b", text(1))
    story_remove(article=article)
    story_add(article=article, to=Article.objects.get(external_id="a"))
    assert stories() == {frozenset("ab")}
    assert StoryDecision.objects.filter(same=False).count() == 0


def test_an_article_is_no_story_with_itself() -> None:
    article = add("a", text(1))
    with pytest.raises(ValueError, match="two articles"):
        story_add(article=article, to=article)


def test_without_the_article_that_was_put_there_the_others_are_on_their_own_again() -> None:
    one, bridge, other = add("a", text(1)), add("b", text(2)), add("c", text(3))
    story_add(article=one, to=bridge)
    story_add(article=other, to=bridge)
    assert stories() == {frozenset("abc")}
    bridge.delete()
    assert stories() == set()
