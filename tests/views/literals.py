"""What stands in a template as it is, and which of it somebody reads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser

from jinja2 import nodes

#: The name of the product, the same in every language.
NAME = "Corpus"
#: Attributes that are read out or shown.
READ = {"title", "alt", "placeholder", "aria-label", "aria-description", "aria-placeholder", "aria-roledescription"}
BUTTONS = {"submit", "button", "reset"}
VOID = {"input", "meta", "link", "br", "hr", "img", "wbr"}
#: Stands for what is known only when the page is made.
LATER = "\ufffc"
#: A piece that is put into a tag.
ATTRIBUTES = re.compile(r'(\s+[\w-]+="[^"]*")+\s*')


def written(template: nodes.Template) -> Iterator[str]:
    """A Jinja2 template's own text, all branches after each other: what is put elsewhere (a macro,
    a block for the parent) by itself, then the rest."""
    elsewhere: tuple[type[nodes.Stmt], ...] = (nodes.Macro,)
    if template.find(nodes.Extends):
        elsewhere = (nodes.Macro, nodes.Block)
    for part in (*template.find_all(elsewhere), template):
        yield "".join(_written(child, elsewhere) for child in part.iter_child_nodes())


def _written(node: nodes.Node, elsewhere: tuple[type[nodes.Stmt], ...]) -> str:
    if isinstance(node, nodes.Output):
        return "".join(piece for child in node.nodes for piece in _printed(child))
    if isinstance(node, (nodes.Expr, *elsewhere)):
        return ""
    return "".join(_written(child, elsewhere) for child in node.iter_child_nodes())


def _printed(node: nodes.Expr) -> Iterator[str]:
    if isinstance(node, nodes.TemplateData):
        yield node.data
    elif isinstance(node, nodes.Const):
        yield str(node.value)
    elif isinstance(node, nodes.CondExpr):
        yield from _printed(node.expr1)
        if node.expr2:
            yield from _printed(node.expr2)
    elif isinstance(node, nodes.BinExpr):
        yield from _printed(node.left)
        yield from _printed(node.right)
    elif isinstance(node, nodes.Concat):
        for part in node.nodes:
            yield from _printed(part)
    elif isinstance(node, nodes.Filter) and node.node:
        yield from _printed(node.node)
    else:
        yield LATER


def untranslated(pieces: Iterable[str]) -> list[str]:
    """Texts with letters that people would read, besides those whose element says in which language
    it is (``lang``)."""
    found: list[str] = []
    for piece in pieces:
        reader = _Reader()
        reader.feed(f"<p {piece}>" if ATTRIBUTES.fullmatch(piece) else piece)
        reader.close()
        found += reader.found
    return found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        named = self._named() or ("lang" in values and LATER not in values["lang"])
        read = {name: value for name, value in values.items() if name in READ}
        if tag == "input" and values.get("type") in BUTTONS:
            read["value"] = values.get("value", "")
        for value in read.values():
            self._look(value, named)
        if tag not in VOID:
            self._open.append((tag, named))

    def handle_endtag(self, tag: str) -> None:
        for at in range(len(self._open) - 1, -1, -1):
            if self._open[at][0] == tag:
                del self._open[at:]
                return

    def handle_data(self, data: str) -> None:
        self._look(data, self._named())

    def _named(self) -> bool:
        return bool(self._open) and self._open[-1][1]

    def _look(self, text: str, named: bool) -> None:
        if not named and any(letter.isalpha() for letter in text.replace(NAME, "")):
            self.found.append(text.strip())
