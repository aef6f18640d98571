"""Records of one file that have the same id and are not the same article."""

from __future__ import annotations

from dataclasses import replace

from search.bounds import MAX_ID_CHARACTERS
from search.hashing import digest
from search.ingest.limits import MAX_IDS_COMPARED
from search.ingest.records import Record

SHARED_ID = "records that share an id with another one of their file and differ from it, taken as articles of their own"


def id_of_its_own(name: str, title: str, text: str) -> str:
    """An id that tells a record from others of the same id, the same whenever it is read."""
    return f"{name[: MAX_ID_CHARACTERS - 9]}#{digest(title, text)[:8]}"


class IdsOfFile:
    """The ids met in a file: the first record of an id keeps it, another one gets its own.

    A file of more records than are compared has an id twice only by chance: later ones are not
    looked at.
    """

    def __init__(self) -> None:
        self._seen: dict[int, int] = {}

    def told_apart(self, record: Record) -> Record:
        """The record, under another id where an earlier one of the file has its id and says
        something else."""
        key, said = hash(record.external_id), hash(record.content_hash)
        if len(self._seen) >= MAX_IDS_COMPARED and key not in self._seen:
            return record
        if self._seen.setdefault(key, said) == said:
            return record
        return replace(record, external_id=id_of_its_own(record.external_id, record.title, record.text))
