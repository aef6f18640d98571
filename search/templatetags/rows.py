"""Rows that a results page has hundreds of: written here, because a template takes twenty times as long for each."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from search.views.parts.facetpanel import FacetLink
from search.views.parts.timeline import Timeline

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
    exclude = (
        f'<a class="not" href="{escape(value.exclude_url)}" title="{escape(value.exclude_label)}"></a>'
        if value.exclude_url
        else ""
    )
    return (
        f'<li{state}><a class="tick" href="{escape(value.toggle_url)}"{current}><bdi>{escape(value.label)}</bdi>'
        f'{struck} <span class="n">{escape(value.count)}</span></a>{exclude}</li>'
    )


@register.simple_tag
def timeline_bars(timeline: Timeline) -> SafeString:
    """The bars of a histogram, as links."""
    rows = []
    for bar in timeline.bars:
        label = escape(bar.label)
        on = ' class="on"' if bar.selected else ""
        rows.append(
            f'<a href="{escape(bar.url)}" aria-label="{label}"{on}><title>{label}</title>'
            f'<rect class="slot" x="{bar.slot_x}" width="{bar.slot_width}" y="0" height="{timeline.height}"/>'
            f'<rect class="fill" x="{bar.x}" width="{bar.width}" y="{bar.y}" height="{bar.height}"/></a>\n'
        )
    return mark_safe("".join(rows))  # labels and addresses are escaped, the rest are numbers


@register.simple_tag
def timeline_rows(timeline: Timeline) -> SafeString:
    """The same as rows of a table."""
    rows = []
    for bar in timeline.bars:
        on = ' class="on"' if bar.selected else ""
        date, count = escape(bar.date), escape(bar.count)
        rows.append(f'<tr{on}><td><a href="{escape(bar.url)}">{date}</a></td><td>{count}</td></tr>')
    return mark_safe("".join(rows))  # labels and addresses are escaped
