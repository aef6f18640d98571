"""The Arabic interface is whole."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.test import Client

from corpus_app.messages import CATALOGUES, collected, renewed

FOLDER = CATALOGUES / "ar" / "LC_MESSAGES"


def catalogue() -> Catalog:
    with (FOLDER / "django.po").open("rb") as file:
        return read_po(file, locale="ar")


def texts(of: Catalog) -> dict[tuple[str, ...], tuple[str, ...]]:
    """A text, with its plural, and its translations, by number."""
    return {together(message.id): together(message.string) for message in of if message.id}


def together(string: str | Iterable[str] | None) -> tuple[str, ...]:
    return (string,) if isinstance(string, str) else tuple(string or ("",))


def files(of: Catalog) -> dict[tuple[str, ...], list[str]]:
    return {together(message.id): sorted({file for file, _line in message.locations}) for message in of if message.id}


def test_every_text_is_translated_and_none_is_doubtful() -> None:
    assert len(texts(catalogue())) > 100
    assert [message.id for message in catalogue() if message.id and message.fuzzy] == []
    assert [text for text, translations in texts(catalogue()).items() if not all(translations)] == []


def test_the_compiled_texts_are_those_of_the_source() -> None:
    with (FOLDER / "django.mo").open("rb") as file:
        assert texts(read_mo(file)) == texts(catalogue())


def test_the_catalogue_holds_every_text_of_code_and_templates_and_no_other() -> None:
    """What `make messages` would write is there already."""
    now = files(collected())
    assert now == files(catalogue())
    found = {file.split("/")[0] + Path(file).suffix for places in now.values() for file in places}
    assert found == {"search.py", "search.html", "templates.html"}


def test_a_translation_names_no_value_that_its_text_lacks() -> None:
    whole = catalogue()
    assert any("%(" in part for text in texts(whole) for part in text)
    assert [(message.id, error) for message in whole for error in message.check(whole)] == []


def test_a_translation_in_a_template_is_no_markup() -> None:
    """Texts of templates are put into pages as they are."""
    marked = {
        text: translations
        for text, translations in texts(catalogue()).items()
        if any(file.endswith(".html") for file in files(catalogue())[text]) and set('<>&"') & set("".join(translations))
    }
    assert marked == {}


def test_renewing_keeps_translations_and_files_without_line_numbers(tmp_path: Path) -> None:
    folder = tmp_path / "ar" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    shutil.copy(FOLDER / "django.po", folder)
    kept = (folder / "django.po").read_text(encoding="utf-8")
    shorter = kept.replace('msgid "Start page"', 'msgid "Start pages"')
    assert shorter != kept
    (folder / "django.po").write_text(shorter, encoding="utf-8")
    new = renewed(folder / "django.po")
    assert texts(new) == {**texts(catalogue()), ("Start page",): ("",)}


@pytest.mark.usefixtures("articles")
def test_the_language_of_the_interface_is_switched_by_a_form(client: Client) -> None:
    response = client.post("/i18n/setlang/", {"language": "ar", "next": "/?q=lachin"})
    assert response.headers["Location"] == "/?q=lachin"
    html = client.get("/?q=lachin").content.decode()
    assert '<html lang="ar" dir="rtl">' in html
    assert "عرض 1–2 من أصل 2" in html
    assert 'lang="en" dir="ltr">EN' in html


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/no-such-page"])
def test_the_form_of_the_language_carries_what_proves_that_it_is_ours(address: str) -> None:
    client = Client(enforce_csrf_checks=True)
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', client.get(address).content.decode())
    assert token is not None
    assert client.post("/i18n/setlang/", {"language": "ar"}).status_code == 403
    sent = client.post("/i18n/setlang/", {"language": "ar", "csrfmiddlewaretoken": token[1]})
    assert (sent.status_code, sent.cookies["django_language"].value) == (302, "ar")
