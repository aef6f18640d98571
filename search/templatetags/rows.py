"""Rows that a results page has hundreds of: written here, because a template takes twenty times as long for each."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from search.views.parts.facetpanel import FacetLink
from search.views.parts.links import Submit
from search.views.parts.timeline import Bar, Timeline

register = template.Library()


@register.simple_tag
def facet_values(values: Iterable[FacetLink]) -> SafeString:
    """The list items of a facet's values."""
    excluded = escape(_("excluded"))
    return mark_safe("".join(_value(value, excluded) for value in values))  # every part is escaped


def _value(value: FacetLink, excluded: str) -> str:
    state = f' class="{value.state}"' if value.state else ""
    current = ' aria-current="true"' if value.state else ""
    struck = f'<span class="vh"> {excluded}</span>' if value.state == "off" else ""
    shown = f'<bdi>{escape(value.label)}</bdi>{struck} <span class="n">{escape(value.count)}</span>'
    title = escape(value.exclude_label)
    exclude = ""
    if value.exclude_url:
        exclude = f'<a class="not" href="{escape(value.exclude_url)}" title="{title}"></a>'
    elif value.exclude:
        exclude = f'<button class="not"{_submits(value.exclude)} title="{title}"></button>'
    if value.toggle_url:
        tick = f'<a class="tick" href="{escape(value.toggle_url)}"{current}>{shown}</a>'
    elif value.tick:
        tick = f'<button class="tick"{_submits(value.tick)}>{shown}</button>'
    else:
        tick = f'<span class="tick"{current}>{shown}</span>'
    return f"<li{state}>{tick}{exclude}</li>"


def _submits(submit: Submit) -> str:
    return f' type="submit" form="search" name="{escape(submit.name)}" value="{escape(submit.value)}"'


def _linked(bar: Bar, text: str) -> str:
    return f'<a href="{escape(bar.url)}">{text}</a>' if bar.url else text


@register.simple_tag
def timeline_bars(timeline: Timeline) -> SafeString:
    """The bars of a histogram, as links."""
    rows = []
    for bar in timeline.bars:
        label = escape(bar.label)
        tag = f'a href="{escape(bar.url)}"' if bar.url else 'g role="img"'
        on = ' class="on"' if bar.selected else ""
        rows.append(
            f'<{tag} aria-label="{label}"{on}><title>{label}</title>'
            f'<rect class="slot" x="{bar.slot_x}" width="{bar.slot_width}" y="0" height="{timeline.height}"/>'
            f'<rect class="fill" x="{bar.x}" width="{bar.width}" y="{bar.y}" height="{bar.height}"/></{tag[0]}>\n'
        )
    return mark_safe("".join(rows))  # labels and addresses are escaped, the rest are numbers


@register.simple_tag
def timeline_rows(timeline: Timeline) -> SafeString:
    """The same as rows of a table."""
    rows = []
    for bar in timeline.bars:
        on = ' class="on"' if bar.selected else ""
        date, count = escape(bar.date), escape(bar.count)
        rows.append(f"<tr{on}><td>{_linked(bar, date)}</td><td>{count}</td></tr>")
    return mark_safe("".join(rows))  # labels and addresses are escaped
