"""The part of the article page that lists the versions of its story."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from search.query.facets import date_label
from search.selectors import StoryMember
from search.views.parts.text import direction, number

#: Versions listed; a story of more is told by their number.
SHOWN_VERSIONS = 30


@dataclass(frozen=True, slots=True)
class Version:
    """An article of the story; `url` is empty for the one whose page it is, `badge` for all but the first one."""

    outlet: str
    title: str
    title_direction: str
    language: str
    url: str
    date: str
    published: str
    badge: str
    difference: str


@dataclass(frozen=True, slots=True)
class StoryPanel:
    """The versions of a story, the first one first; `more` says how many are not listed."""

    heading: str
    versions: tuple[Version, ...]
    more: str


def story_panel(members: Sequence[StoryMember], pk: int) -> StoryPanel | None:
    """The panel on the page of the article with this key; None where it is alone."""
    if not members:
        return None
    outlets = {member.article.outlet_id for member in members}
    # The page's own version is always listed.
    shown = [member for place, member in enumerate(members) if place < SHOWN_VERSIONS or member.article.pk == pk]
    hidden = len(members) - len(shown)
    return StoryPanel(
        heading=_("Same story in other outlets") if len(outlets) > 1 else _("Other versions of this story"),
        versions=tuple(_version(member, pk) for member in shown),
        more=_("and %(count)s more") % {"count": number(hidden)} if hidden else "",
    )


def _version(member: StoryMember, pk: int) -> Version:
    article = member.article
    badge = (_("First") if member.certain else _("Probably first")) if member.first else ""
    return Version(
        outlet=article.outlet.name if article.outlet else _("No outlet"),
        title=article.title,
        title_direction=direction(article.title, article.language),
        language=article.language,
        url=article.get_absolute_url() if article.pk != pk else "",
        date=date_label(article.published_iso) if article.published_iso else _("No date"),
        published=article.published_iso or "",
        badge=badge,
        difference="" if member.first else _difference(member.difference),
    )


def _difference(share: float) -> str:
    if share == 0:
        return _("same words as the first")
    return _("%(percent)s%% of the words differ from the first") % {"percent": number(max(1, round(share * 100)))}
