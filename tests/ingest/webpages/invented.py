"""Pages made up for these tests."""

from __future__ import annotations

import json
from typing import Any

PARAGRAPHS = (
    "The harbour council of Velmora voted on Tuesday to close the old ferry terminal, ending nine years of debate.",
    "Councillors said that repairs would have cost more than a new building on the northern quay of the town.",
    "Fishermen who moor beside the terminal asked for time to move their boats before the autumn storms begin.",
    "A first plan of the new quay will be shown to the public in the library, where residents can comment on it.",
)


def page(
    *,
    head: str = "",
    before: str = "",
    body: str | None = None,
    after: str = "",
    title: str = "Council closes the old ferry terminal | The Velmora Post",
    lang: str = "en",
) -> str:
    """A whole page around a text of four paragraphs."""
    text = "".join(f"<p>{each}</p>" for each in PARAGRAPHS) if body is None else body
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>'
        f'<nav><a href="/">Home</a> <a href="/sport">Sport</a></nav><main><article>'
        f"<h1>Council closes the old ferry terminal</h1>{before}{text}{after}</article></main>"
        f"<footer>The Velmora Post, all rights reserved</footer></body></html>"
    )


def jsonld(*objects: dict[str, Any], kind: str = "NewsArticle") -> str:
    """A script with one object or a list of them; each is an article unless it says otherwise."""
    values = [{"@context": "https://schema.org", "@type": kind, **each} for each in objects]
    return script(json.dumps(values[0] if len(values) == 1 else values, ensure_ascii=False))


def script(text: str) -> str:
    """A script of JSON-LD as it stands."""
    return f'<script type="application/ld+json">{text}</script>'


def meta(**values: str) -> str:
    """``meta`` elements; ``__`` in a name stands for a colon."""
    return "".join(f'<meta property="{name.replace("__", ":")}" content="{value}">' for name, value in values.items())
