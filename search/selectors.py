"""Every read of the database that pages need, beside what a search answers."""

from __future__ import annotations

from django.db.models import QuerySet

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
