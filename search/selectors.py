"""Every read of the database that pages need, beside what a search answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Case, QuerySet, TextField, Value, When
from django.db.models.functions import Length, Substr

from search.longtext import (
    WHOLE_CHARACTERS,
    Stretch,
    TextPart,
    number_at,
    part_count,
    part_of,
    stretch_around,
    stretch_of,
)
from search.models import Article, CountryMention
from search.stories.comparing import DatedMember, first_of
from search.stories.places import overlaps_of, published_of

#: The largest key a database column holds; a larger one in an address is no article.
LARGEST_KEY = 2**63 - 1
#: Mentions of one country are counted up to here.
MOST_COUNTED = 1_000
#: Characters of the longest name that a mention keeps.
_LONGEST_SURFACE = 200
#: Mentions read for one part of a text. More are there only where several countries were given one place by hand.
_MOST_READ = 10_000


def article_for_page(*, pk: int) -> tuple[Article, int] | None:
    """A visible article with everything its page shows but its text (`text_part`) and its mentions,
    and how many characters the text has; None when there is none."""
    if pk > LARGEST_KEY:
        return None
    shown = Article.objects.visible().select_related("outlet", "source_document")
    found = shown.defer("body", "ingested", "evidence").annotate(characters=Length("body")).filter(pk=pk).first()
    return (found, found.characters) if found else None


def text_length(*, article: Article) -> int:
    """Characters of an article's text."""
    row = Article.objects.filter(pk=article.pk).values_list(Length("body")).first()
    return int(row[0]) if row else 0


def text_part(*, article: Article, number: int, length: int) -> TextPart | None:
    """A part of an article's text of so many characters, numbered from 1, and no more of it; None
    when there is no such part."""
    if not 1 <= number <= part_count(length):
        return None
    return part_of(text_read(article=article, stretch=stretch_of(number, length)), number, length)


def part_at(*, article: Article, place: int, length: int) -> int | None:
    """The number of the part that holds a character of an article's text; None for a place past its
    end."""
    if not 0 <= place < length:
        return None
    around = stretch_around(place, length)
    return number_at(place, length, text_read(article=article, stretch=around) if around else "")


def text_read(*, article: Article, stretch: Stretch) -> str:
    """Some of an article's text, cut out by the database."""
    return texts_read(stretches={article.pk: stretch}).get(article.pk, "")


def texts_read(*, stretches: Mapping[int, Stretch]) -> dict[int, str]:
    """Some of the text of each of these articles (by key), in one query."""
    cuts = [
        When(pk=pk, then=Substr("body", stretch.start + 1, stretch.end - stretch.start))
        for pk, stretch in stretches.items()
    ]
    rows = Article.objects.filter(pk__in=list(stretches)).order_by() if cuts else Article.objects.none()
    return dict(rows.values_list("pk", Case(*cuts, default=Value(""), output_field=TextField())))


@dataclass(frozen=True, slots=True)
class CountryCount:
    """A country that an article mentions: how often, `more` when it was not counted to the end, and
    where its text does first."""

    code: str
    count: int
    more: bool
    first: int | None


def countries_mentioned(*, article: Article) -> list[CountryCount]:
    """The countries that an article mentions, most often first. Mentions beyond MOST_COUNTED are
    not read."""
    counted = CountryMention.objects.countries_counted(article.pk, MOST_COUNTED + 1)
    counts = [CountryCount(code, min(n, MOST_COUNTED), n > MOST_COUNTED, first) for code, n, first in counted]
    return sorted(counts, key=lambda each: (-each.count, each.first is None, each.first, each.code))


def mentions_in(
    *, article: Article, countries: list[CountryCount], field: str, stretch: Stretch
) -> list[tuple[int | None, int | None, str, str]]:
    """Start, end, surface and country of the accepted mentions in a stretch of an article's title
    or text, in order."""
    # By country, because that is how the index of the places is ordered.
    rows = CountryMention.objects.filter(
        article=article.pk,
        country__in=[each.code for each in countries],
        field=field,
        start__gte=max(0, stretch.start - _LONGEST_SURFACE),
        start__lt=stretch.end,
        status=CountryMention.Status.ACCEPTED,
    )
    return list(rows.order_by("start").values_list("start", "end", "surface", "country")[:_MOST_READ])


def doubtful_splits() -> QuerySet[Article]:
    """Articles of saved pages whose beginning or end a person should look at, the least sure
    first."""
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
    """An article of a story (its body is not read): whether it was `first` as far as the dates say,
    `certain` when they leave no other the chance, `likely` when they speak for it; `difference` is
    the share of words, 0 to 1, that are not those of the first, None where that is not on record
    and the texts are too long to be compared for a page."""

    article: Article
    first: bool
    certain: bool
    likely: bool
    difference: float | None


@dataclass(frozen=True, slots=True)
class StoryPart:
    """Some versions of a story, the first one first: those from `skipped` on, out of `total`.
    `outlets`: in several or one."""

    members: tuple[StoryMember, ...]
    skipped: int
    total: int
    several_outlets: bool


def story_members(*, article: Article, skip: int = 0, most: int = 30) -> StoryPart | None:
    """The visible articles of an article's story, itself included, at most so many; None where it
    is alone.

    Of all of them only what orders them is read.
    """
    if article.story_id is None:
        return None
    shown = Article.objects.visible().filter(story=article.story_id).order_by()
    columns = ("pk", "published", "published_precision", "outlet_id", "story_text_id")
    rows = list(shown.values_list(*columns))
    if len(rows) < 2:
        return None
    first = first_of([DatedMember(pk, published_of(day, precision)) for pk, day, precision, *_rest in rows])
    dates = {pk: published_of(day, precision).iso or "9" for pk, day, precision, *_rest in rows}
    ordered = sorted(dates, key=lambda pk: (pk != first.article, dates[pk], pk))
    chosen = ordered[skip : skip + most]
    if not skip and article.pk not in chosen:
        chosen.append(article.pk)  # the page's own version is always listed
    texts = {pk: text for pk, _day, _precision, _outlet, text in rows}
    text = texts[first.article]
    overlaps = overlaps_of(((text, texts[pk]) for pk in chosen), longest=WHOLE_CHARACTERS)
    articles = Article.objects.visible().select_related("outlet").defer("body", "ingested", "evidence").in_bulk(chosen)
    members = tuple(
        StoryMember(
            articles[pk],
            pk == first.article,
            first.certain,
            first.likely,
            0.0 if pk == first.article else _difference(overlaps.get((text, texts[pk]))),
        )
        for pk in chosen
        if pk in articles
    )
    return StoryPart(members, skip, len(rows), len({outlet for _pk, _day, _precision, outlet, _text in rows}) > 1)


def _difference(overlap: float | None) -> float | None:
    return None if overlap is None else 1 - overlap
