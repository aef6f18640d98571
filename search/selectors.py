"""Every read of the database that pages need, beside what a search answers."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from search.ingest.membership.telling import overlaps_of, published_of
from search.ingest.stories import Member, first_of
from search.models import Article

#: The largest key a database column holds; a larger one in an address is no article.
_LARGEST_KEY = 2**63 - 1


def article_for_page(*, pk: int) -> Article | None:
    """A visible article with everything its page shows; None when there is none."""
    if pk > _LARGEST_KEY:
        return None
    shown = Article.objects.visible().select_related("outlet", "source_document").prefetch_related("mentions")
    return shown.filter(pk=pk).first()


def doubtful_splits() -> QuerySet[Article]:
    """Articles of saved pages whose beginning or end a person should look at, the least sure first."""
    doubtful = Article.objects.filter(split_review=Article.SplitReview.DOUBTFUL)
    return doubtful.select_related("outlet", "source_document").order_by("split_confidence", "pk")


def has_articles() -> bool:
    """Whether there is any article to show."""
    return Article.objects.visible().exists()


def newest_titles(*, language: str, most: int) -> list[str]:
    """Titles of the articles that came last, in a language where there are any, else in all."""
    newest = Article.objects.visible().order_by("-pk").values_list("title", flat=True)
    return list(newest.filter(language=language)[:most]) or list(newest[:most])


@dataclass(frozen=True, slots=True)
class StoryMember:
    """An article of a story (its body is not read): whether it was `first` as far as the dates say, `certain` when they
    leave no other the chance; `difference` is the share of words, 0 to 1, that are not those of the first."""

    article: Article
    first: bool
    certain: bool
    difference: float


def story_members(*, article: Article) -> list[StoryMember]:
    """The visible articles of an article's story, itself included, the first one first; none where it is alone."""
    if article.story_id is None:
        return []
    shown = Article.objects.visible().filter(story=article.story_id).select_related("outlet").defer("body", "ingested")
    members = {member.pk: member for member in shown}
    if len(members) < 2:
        return []
    first = first_of(
        [Member(pk, published_of(each.published, each.published_precision)) for pk, each in members.items()]
    )
    text = members[first.article].story_text_id
    overlaps = overlaps_of((text, member.story_text_id) for member in members.values())
    told = [
        StoryMember(
            member,
            pk == first.article,
            first.certain,
            0.0 if pk == first.article else 1 - overlaps[text, member.story_text_id],
        )
        for pk, member in members.items()
    ]
    return sorted(told, key=lambda each: (not each.first, each.article.published_iso or "9", each.article.pk))
