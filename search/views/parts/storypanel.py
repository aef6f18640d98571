"""The part of the article page that lists the versions of its story."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from search.query.facets import date_label
from search.selectors import StoryMember, StoryPart
from search.views.parts.text import direction, number

#: Versions listed on a page.
SHOWN_VERSIONS = 30


@dataclass(frozen=True, slots=True)
class Version:
    """An article of the story; `url` is empty for the one whose page it is, `badge` for all but the
    one the dates call first."""

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
    """The versions of a story, the first one first; `more` says how many follow, at `more_url`,
    `before_url` leads back."""

    heading: str
    versions: tuple[Version, ...]
    more: str
    more_url: str = ""
    before_url: str = ""


def version_pages(total: int) -> int:
    """How many pages the versions of a story have."""
    return max(1, -(-total // SHOWN_VERSIONS))


def story_panel(story: StoryPart | None, pk: int, page: int, address: Callable[[int], str]) -> StoryPanel | None:
    """The panel on the page of the article with this key; None where it is alone. `address` is that
    of a page of versions."""
    if story is None:
        return None
    following = story.total - page * SHOWN_VERSIONS
    # The page's own version, listed on the first page too, is not one of those that follow.
    following -= page == 1 and len(story.members) > SHOWN_VERSIONS
    return StoryPanel(
        heading=_("Same story in other outlets") if story.several_outlets else _("Other versions of this story"),
        versions=tuple(_version(member, pk) for member in story.members),
        more=_("and %(count)s more") % {"count": number(following)} if following > 0 else "",
        more_url=address(page + 1) if following > 0 else "",
        before_url=address(page - 1) if page > 1 else "",
    )


def _version(member: StoryMember, pk: int) -> Version:
    article = member.article
    badge = _("First") if member.certain else _("Probably first") if member.likely else ""
    return Version(
        outlet=article.outlet.name if article.outlet else _("No outlet"),
        title=article.title,
        title_direction=direction(article.title, article.language),
        language=article.language,
        url=article.get_absolute_url() if article.pk != pk else "",
        date=date_label(article.published_iso) if article.published_iso else _("No date"),
        published=article.published_iso or "",
        badge=badge if member.first else "",
        difference=""
        if member.first or member.difference is None
        else _difference(member.difference, member.certain or member.likely),
    )


def _difference(share: float, told: bool) -> str:
    """How much words differ. Where the dates do not tell which was first, the one on top is not
    called that."""
    if share == 0:
        return _("same words as the first") if told else _("same words as the one on top")
    percent = {"percent": number(max(1, round(share * 100)))}
    if told:
        return _("%(percent)s%% of the words differ from the first") % percent
    return _("%(percent)s%% of the words differ from the one on top") % percent
