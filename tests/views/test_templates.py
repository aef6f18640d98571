"""The site's templates are Jinja2, the admin's Django's; neither holds logic or a text that is not
translated."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.template import TemplateDoesNotExist, engines
from django.template.backends.django import DjangoTemplates
from django.template.backends.jinja2 import Jinja2
from django.template.base import TextNode
from django.template.loader_tags import BlockNode
from django.utils import translation
from jinja2 import Environment, UndefinedError, nodes

from search.views.responses import ENGINE
from tests.views.literals import untranslated, written

#: What a template may consist of: markup, values, texts, loops, conditions, and other templates.
STATEMENTS = {"Template", "Output", "If", "For", "Block", "Extends", "FromImport", "Macro"}
FILTERS = {"truncatechars"}
ADMIN = Path(settings.BASE_DIR) / "search" / "templates"
ADMIN_TEMPLATES = sorted(str(path.relative_to(ADMIN)) for path in ADMIN.rglob("*.html"))


def site() -> Environment:
    engine = engines[ENGINE]
    assert isinstance(engine, Jinja2)
    environment = engine.env
    assert isinstance(environment, Environment)
    return environment


TEMPLATES = sorted(site().list_templates())


def parsed(name: str) -> nodes.Template:
    assert site().loader is not None
    return site().parse(site().loader.get_source(site(), name)[0])  # type: ignore[union-attr]


def test_each_engine_has_templates_and_cannot_load_the_other_ones() -> None:
    assert "search/results.html" in TEMPLATES
    assert ADMIN_TEMPLATES
    for own, other, names in (("django", ENGINE, ADMIN_TEMPLATES), (ENGINE, "django", TEMPLATES)):
        for name in names:
            engines[own].get_template(name)
            with pytest.raises(TemplateDoesNotExist):
                engines[other].get_template(name)


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_holds_only_loops_and_conditions_and_marks_nothing_as_safe(name: str) -> None:
    tree = parsed(name)
    assert tree.body
    assert {type(node).__name__ for node in tree.find_all(nodes.Stmt)} <= STATEMENTS
    assert {node.name for node in tree.find_all(nodes.Filter)} <= FILTERS


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_text_of_a_page_is_translated(name: str) -> None:
    assert untranslated(written(parsed(name))) == []


@pytest.mark.parametrize("name", ADMIN_TEMPLATES)
def test_every_text_of_an_admin_page_is_translated(name: str) -> None:
    engine = engines["django"]
    assert isinstance(engine, DjangoTemplates)
    whole = engine.engine.get_template(name).nodelist
    classes = [
        node
        for block in whole.get_nodes_by_type(BlockNode)
        if isinstance(block, BlockNode) and block.name == "bodyclass"
        for node in block.nodelist
    ]
    texts = [node.s for node in whole.get_nodes_by_type(TextNode) if isinstance(node, TextNode) and node not in classes]
    assert texts
    assert untranslated(["".join(texts)]) == []


@pytest.mark.parametrize(
    ("template", "found"),
    [
        ("<p>{{ page.count }} hits</p>", ["\ufffc hits"]),
        ("<p>{% if page %}Some{% else %}None{% endif %}</p>", ["SomeNone"]),
        ('<p>{{ "Some" if page else page.name or "Nobody" }}</p>', ["Some\ufffcNobody"]),
        ('<p>{{ "Some"|truncatechars(3) }}{{ page ~ "more" }}</p>', ["Some\ufffcmore"]),
        ('<a title="Home" href="/home"></a>', ["Home"]),
        ('<input type="submit" value="Go"><input type="hidden" value="go">', ["Go"]),
        ('<b lang="en">English</b> <b lang="{{ page.language }}">other</b>', ["other"]),
        ('<p>{{ _("Some") }}: {% trans count=page.count %}Show {{ count }}{% endtrans %} · Corpus 2020-09</p>', []),
        ('{% macro go() %} title="Go" value="{{ 1 }}"{% endmacro %}<a{{ go() }}></a>', ["Go"]),
        (
            '{% extends "base.html" %}{% block head %} class="start"{% endblock %}{% block b %}<p>Some{% endblock %}',
            ["Some"],
        ),
        ('{% macro row(page, class="values") %}<li class="{{ class }}">{{ url("home") }}</li>{% endmacro %}', []),
    ],
)
def test_a_text_that_is_not_translated_is_seen(template: str, found: list[str]) -> None:
    assert untranslated(written(site().parse(template))) == found


def test_a_value_that_a_page_lacks_is_an_error_and_not_an_empty_place() -> None:
    with pytest.raises(UndefinedError, match="has no attribute 'title'"):
        engines[ENGINE].get_template("search/error.html").render({"page": object()})


def test_values_are_escaped_and_texts_are_in_the_language_of_the_reader() -> None:
    template = engines[ENGINE].from_string('{{ name }} {{ _("Search") }}')
    assert template.render({"name": "<b>&'"}) == "&lt;b&gt;&amp;&#39; Search"
    with translation.override("ar"):
        assert template.render({"name": ""}).strip() == "ابحث"
