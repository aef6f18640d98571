"""The outlet that a page is of, and every spelling of its name that the page shows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from search.folding import fold
from search.ingest.webpages.jsonld import StatedArticle
from search.ingest.webpages.opengraph import Meta
from search.names.sites import host_of

_NOT_LETTERS = re.compile(r"[\W_]+")
_ADDRESS = re.compile(r"^(?:https?:)?//|^[\w.-]+\.[a-z]{2,6}/", re.IGNORECASE)
# Labels of hosts that name no outlet.
_COMMON_TABLE = (
    "www m mobile amp beta news edition web online de en fr es ru ar com co org net gov edu ac info gob gouv"
)
_COMMON_LABELS = frozenset(_COMMON_TABLE.split())
_SHORTEST = 3
MAX_NAME_CHARS = 120
_MAX_PART = 40
_SEPARATOR = re.compile(r"(?<!\s)\s++[-–—|·•:]++\s++|[|｜ㅣ：]")


def key(text: str) -> str:
    """Letters and digits only, without case and accents: ``SZ.de`` and ``sz de`` are one."""
    return _NOT_LETTERS.sub("", fold(text))


@dataclass(frozen=True, slots=True)
class Site:
    """``name`` is the outlet as it calls itself, ``None`` when nothing states it; ``keys`` are its
    spellings."""

    name: str | None
    keys: frozenset[str]

    def is_named(self, text: str) -> bool:
        """Whether ``text`` is the site's name, in one of its spellings or as a longer or shorter
        form of it."""
        wanted = key(text)
        if not wanted or len(text) > 80:
            return False
        if wanted in self.keys:
            return True
        return any(
            min(len(wanted), len(each)) > _SHORTEST + 1
            and (each.startswith(wanted) or each.endswith(wanted) or wanted.startswith(each) or wanted.endswith(each))
            for each in self.keys
        )


def read_site(meta: Meta, articles: Iterable[StatedArticle], url: str | None, window_title: str = "") -> Site:
    """The site by OpenGraph, JSON-LD's publisher, the name of its app, and the host of its address.

    Of several names the first that its host repeats is the outlet's: a section or a publisher may
    be stated beside it. ``window_title`` names it where nothing else does.
    """
    publisher = next((each.publisher for each in articles if each.publisher), "")
    stated = [
        name
        for name in (
            *meta.all("og:site_name", "og_site_name"),
            publisher,
            *meta.all("application-name", "apple-mobile-web-app-title", "dc.publisher", "publisher", "site_name"),
        )
        if name and not _ADDRESS.match(name) and len(name) <= MAX_NAME_CHARS
    ]
    labels = _host_labels(url)
    part = _SEPARATOR.split(window_title)[-1].strip()
    at_end = [part] if _is_of_host(part, labels) and len(part) <= _MAX_PART else []
    name = next((each for each in stated if _is_of_host(each, labels)), None)
    keys = {key(each) for each in (*stated, *at_end, *labels)}
    keys.update(key(handle) for handle in meta.all("twitter:site") if handle.startswith("@"))
    host = host_of(url)
    keys.update({key(host), key(host.removeprefix("www."))})
    return Site(name or next(iter([*stated, *at_end]), None), frozenset(each for each in keys if len(each) >= 2))


def names_host(name: str, url: str | None) -> bool:
    """Whether a name is the one that an address's host repeats."""
    return _is_of_host(name, _host_labels(url))


def _host_labels(url: str | None) -> list[str]:
    """The labels of an address's host that may name the site: ``example`` of
    ``www.example.co.uk``."""
    labels = [label for label in host_of(url).split(".")[:-1] if label not in _COMMON_LABELS]
    return [label for label in labels if label]


def _is_of_host(name: str, labels: list[str]) -> bool:
    folded = key(name)
    return len(folded) >= 2 and any(
        len(label) >= 2 and (label_key in folded or folded in label_key)
        for label in labels
        if (label_key := key(label))
    )
