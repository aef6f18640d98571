"""The texts that articles are compared by, and those that are like them, in the database."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import numpy as np
from django.db import connection

from search.models import Article, StoryBand, StoryCopy, StoryText
from search.models.querysets import chunks
from search.models.rows import insert_rows
from search.stories.comparing import SIGNATURE_BYTES, Signature, Sketch, band_keys, likely_rows

#: The texts like one that are compared with it word by word.
MAX_CANDIDATES = 50
#: Where there are more, it is a form that many fill in: then as many as these are compared.
CANDIDATES_OF_FORM = 10
#: The texts that one band is stored of; with them those of later ones are found.
MAX_BUCKET = 100
_LOCK_NUMBER = 0x5704135


def lock_stories() -> None:
    """Let no other process group articles until the end of the transaction.

    Two that did it at once would not see each other's texts. It comes before any article's row is
    locked, so that no two wait for each other. SQLite has one writer at a time anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK_NUMBER])


def hold_texts(sketches: Iterable[Sketch]) -> tuple[dict[int, int], dict[int, Signature]]:
    """Rows of texts, those that are not there made; their bands follow with `like_texts`.

    Returns the row's key by hash, and the signatures of the new ones by key.
    """
    wanted = {sketch.hash: sketch.signature for sketch in sketches}
    keys: dict[int, int] = {}
    for some in chunks(list(wanted)):
        keys.update(StoryText.objects.filter(hash__in=some).values_list("hash", "pk"))
    missing = [
        StoryText(hash=hash_, signature=signature.to_bytes())
        for hash_, signature in wanted.items()
        if hash_ not in keys
    ]
    made = StoryText.objects.bulk_create(missing, batch_size=500)
    return keys | {text.hash: text.pk for text in made}, {text.pk: wanted[text.hash] for text in made}


def unlink_texts(signatures: Mapping[int, Signature]) -> None:
    """Forget the bands and copies of texts (key, signature) and write their signatures, as if they
    had come just now."""
    for some in chunks(signatures):
        for text in StoryText.objects.filter(pk__in=some):
            _drop_bands(text)
            if bytes(text.signature) != signatures[text.pk].to_bytes():
                text.signature = signatures[text.pk].to_bytes()
                text.save(update_fields=["signature"])
        StoryCopy.objects.filter(one__in=some).delete()
        StoryCopy.objects.filter(other__in=some).delete()


def forget_if_of_another_kind() -> None:
    """Forget all texts when their signatures are not of the length that ours have and cannot be
    compared with them."""
    stored = StoryText.objects.order_by("pk").values_list("signature", flat=True).first()
    if stored is not None and len(stored) != SIGNATURE_BYTES:
        Article._base_manager.filter(story_text__isnull=False).update(story_text=None)
        for model in (StoryBand, StoryCopy, StoryText):
            model._default_manager.all().delete()


def drop_unused(texts: Collection[int]) -> None:
    """Delete those of the texts that no article has any more."""
    used = set(Article._base_manager.filter(story_text__in=texts).values_list("story_text_id", flat=True))
    for text in StoryText.objects.filter(pk__in=set(texts) - used):
        _drop_bands(text)
        text.delete()


def like_texts(fresh: Mapping[int, Signature]) -> dict[int, list[int]]:
    """Store the bands of new texts (key, signature); for each the others worth comparing with it,
    the most like first."""
    bands = {text: band_keys(signature) for text, signature in fresh.items()}
    holders = _holders(bands)
    met: dict[int, set[int]] = {}
    rows: list[tuple[int, int]] = []
    for text, keys in bands.items():
        met[text] = {other for key in keys for other in holders[key]}
        for key in keys:
            if len(holders[key]) < MAX_BUCKET:
                holders[key].append(text)
                rows.append((key, text))
    _add_bands(rows)
    return _likely(fresh, met)


def like_stored(sketched: Mapping[int, Signature]) -> dict[int, list[int]]:
    """For each of these signatures, by any number, the stored texts worth comparing, the most like
    first."""
    bands = {number: band_keys(signature) for number, signature in sketched.items()}
    holders = _holders(bands)
    met = {number: {text for key in keys for text in holders[key]} for number, keys in bands.items()}
    return _likely(sketched, met)


def most_like(likely: list[int]) -> list[int]:
    """Those that are compared, of texts in the order of their likeness."""
    return likely[: MAX_CANDIDATES if len(likely) <= MAX_CANDIDATES else CANDIDATES_OF_FORM]


def _holders(bands: Mapping[int, list[int]]) -> dict[int, list[int]]:
    holders: dict[int, list[int]] = {key: [] for keys in bands.values() for key in keys}
    table = StoryBand._meta.db_table
    with connection.cursor() as cursor:
        for some in chunks(sorted(holders), 5000):
            # Written out, as they are whole numbers of our own: ten thousand parameters take longer than the search.
            cursor.execute(f"SELECT key, text_id FROM {table} WHERE key IN ({','.join(map(str, some))})")
            for key, text in cursor.fetchall():
                holders[key].append(text)
    return holders


def _likely(own: Mapping[int, Signature], met: Mapping[int, set[int]]) -> dict[int, list[int]]:
    hashes = {number: signature.hashes for number, signature in own.items()}
    for some in chunks({other for others in met.values() for other in others} - own.keys()):
        stored = StoryText.objects.filter(pk__in=some).values_list("pk", "signature")
        hashes.update({pk: Signature.from_bytes(data).hashes for pk, data in stored})
    found = {}
    for number, others in met.items():
        there = sorted(other for other in others if other in hashes)
        if there:
            rows = likely_rows(np.stack([hashes[other] for other in there]), hashes[number])
            found[number] = most_like([there[row] for row in rows])
    return found


def _drop_bands(text: StoryText) -> None:
    keys = band_keys(Signature.from_bytes(text.signature))
    StoryBand.objects.filter(key__in=keys, text_id=text.pk).delete()


def _add_bands(rows: list[tuple[int, int]]) -> None:
    if rows:
        # In the order of the index.
        insert_rows(StoryBand, ("key", "text_id"), sorted(rows))
