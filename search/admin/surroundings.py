"""The words around mentions, cut out of their articles by the database: an article may be a whole
book."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from django.utils.safestring import SafeString

from search.admin.excerpts import AFTER_CHARACTERS, BEFORE_CHARACTERS, excerpt
from search.longtext import Stretch
from search.models import CountryMention
from search.selectors import texts_read

#: Mentions that stand this close together are read together: cutting a long text costs more than some of it too much.
CLOSE_CHARACTERS = 5_000
#: No more than this is read at a time.
MOST_SURROUNDING_CHARACTERS = 100_000
#: Article, start and end of a mention, and the mention.
_Row = tuple[int, int, int, CountryMention]


def set_sentences(mentions: Iterable[CountryMention]) -> None:
    """Give each mention, as `sentence_shown`, the sentence it is in, itself marked; a dash where it
    has no place."""
    placed: list[_Row] = []
    for mention in mentions:
        shown = SafeString("–")
        if mention.pk is not None and mention.start is not None and mention.end is not None:
            if mention.field == CountryMention.Field.TITLE:
                shown = excerpt(mention.article.title, mention.start, mention.end)
            else:
                placed.append((mention.article_id, mention.start, mention.end, mention))
        _show(mention, shown)
    by_article = groupby(sorted(placed, key=lambda row: row[:3]), key=lambda row: row[0])
    groups = [list(_close(list(rows))) for _article, rows in by_article]
    # One query for the first group of each article, one for the second of those that have more …
    for at in range(max(map(len, groups), default=0)):
        _show_groups([of_article[at] for of_article in groups if at < len(of_article)])


def _show_groups(groups: list[list[_Row]]) -> None:
    """Read and show the sentences of groups of mentions, each of another article."""
    stretches = {rows[0][0]: Stretch(max(0, rows[0][1] - BEFORE_CHARACTERS), _last(rows)) for rows in groups}
    texts = texts_read(stretches=stretches)
    for rows in groups:
        for article, start, end, mention in rows:
            before = stretches[article].start
            _show(mention, excerpt(texts.get(article, ""), start - before, end - before, cut=before > 0))


def sentence_of(mention: CountryMention | None) -> SafeString:
    """The sentence that `set_sentences` gave."""
    return getattr(mention, "sentence_shown", None) or SafeString("–")


def _show(mention: CountryMention, shown: SafeString) -> None:
    setattr(mention, "sentence_shown", shown)  # noqa: B010 - no column


def _close(rows: list[_Row]) -> Iterable[list[_Row]]:
    """Mentions in order of their places, in groups that are read together."""
    group: list[_Row] = []
    for row in rows:
        if group and (row[1] - group[-1][1] > CLOSE_CHARACTERS or row[1] - group[0][1] > MOST_SURROUNDING_CHARACTERS):
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def _last(rows: list[_Row]) -> int:
    # A span may claim to be as long as it likes; what is read of it is not.
    return min(max(row[2] for row in rows), rows[-1][1] + MOST_SURROUNDING_CHARACTERS) + AFTER_CHARACTERS + 1
