"""Which texts are near copies of which, found and kept."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db.models import Max
from django.db.models.functions import Length

from search.models import Article, StoryCopy
from search.models.querysets import chunks
from search.stories.comparing import Prepared, Signature, copies_of, prepare
from search.stories.texts import like_texts


def link_texts(fresh: Mapping[int, Signature]) -> set[int]:
    """Note the copies of new texts (key, signature), which articles have already; returns those
    that have any."""
    likely = like_texts(fresh)
    compared = {text for text, others in likely.items() if others}
    prepared = prepared_texts(compared | {other for others in likely.values() for other in others})
    found: dict[tuple[int, int], float] = {}
    for text in compared & prepared.keys():
        others = [(other, prepared[other]) for other in likely[text] if other in prepared]
        for other, overlap in copies_of(prepared[text], others).items():
            found[min(text, other), max(text, other)] = overlap
    StoryCopy.objects.bulk_create(
        [StoryCopy(one_id=one, other_id=other, overlap=overlap) for (one, other), overlap in found.items()],
        batch_size=2000,
    )
    return {text for pair in found for text in pair}


def prepared_texts(texts: Collection[int], longest: int | None = None) -> dict[int, Prepared]:
    """The words of texts, from an article that has them; without those of more than `longest`
    characters."""
    prepared: dict[int, Prepared] = {}
    for some in chunks(texts):
        newest = (
            Article._base_manager.filter(story_text__in=some).order_by().values("story_text").annotate(newest=Max("pk"))
        )
        rows = Article._base_manager.filter(pk__in=newest.values("newest"))
        if longest is not None:
            rows = rows.annotate(length=Length("body")).filter(length__lte=longest)
        for text, title, body in rows.values_list("story_text_id", "title", "body").iterator(chunk_size=100):
            prepared[text] = prepare(title, body)
    return prepared


def copies_between(texts: Collection[int]) -> dict[tuple[int, int], float]:
    """The copies that have one of these texts or two, each with its overlap."""
    copies: dict[tuple[int, int], float] = {}
    for some in chunks(texts):
        for column in ("one__in", "other__in"):
            for one, other, overlap in StoryCopy.objects.filter(**{column: some}).values_list(
                "one", "other", "overlap"
            ):
                copies[one, other] = overlap
    return copies
