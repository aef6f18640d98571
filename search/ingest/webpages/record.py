"""What reading a page gives."""

from __future__ import annotations

from dataclasses import dataclass, field

from search.dates.values import PublishedDate
from search.ingest.webpages.dates import Vote


@dataclass(frozen=True, slots=True)
class PageRecord:
    """What a page states and shows of its article.

    ``text`` has one paragraph a line and does not repeat the title. ``authors`` are as stated;
    ``outlet`` is the site's own name; ``original_outlet`` is who published a repost first;
    ``language`` is the page's, a lower-case primary subtag; ``url`` its canonical address. ``None``
    where not stated.
    """

    title: str
    text: str
    authors: tuple[str, ...] = ()
    published: PublishedDate = field(default_factory=PublishedDate)
    outlet: str | None = None
    language: str | None = None
    original_outlet: str | None = None
    url: str | None = None
    #: What each source says of the date, for the evaluation.
    date_votes: tuple[Vote, ...] = field(default=(), repr=False)

    @property
    def author(self) -> str:
        """The authors in one line, ``""`` for none."""
        return ", ".join(self.authors)
