"""The Arabic interface is whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from babel.messages.extract import extract
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.test import Client

_TRANSLATE = re.compile(r"""{% translate ["'](.+?)["'] %}""")
_KEYWORDS = {"_": None, "gettext": None, "gettext_lazy": None, "ngettext": (1, 2)}
FOLDER = Path(settings.BASE_DIR) / "search" / "locale" / "ar" / "LC_MESSAGES"


def together(string: str | Iterable[str] | None) -> tuple[str, ...]:
    return (string,) if isinstance(string, str) else tuple(string or ("",))


def translations() -> Iterator[tuple[str, tuple[str, ...], bool]]:
    with (FOLDER / "django.po").open("rb") as file:
        for message in read_po(file, locale="ar"):
            if message.id:
                key = message.id if isinstance(message.id, str) else message.id[0]
                yield key, together(message.string), message.fuzzy


def test_every_text_is_translated_and_none_is_doubtful() -> None:
    assert [key for key, strings, fuzzy in translations() if fuzzy or not all(strings)] == []


def test_the_compiled_texts_are_those_of_the_source() -> None:
    with (FOLDER / "django.mo").open("rb") as file:
        compiled = {
            message.id if isinstance(message.id, str) else message.id[0]: together(message.string)
            for message in read_mo(file)
            if message.id
        }
    assert compiled == {key: strings for key, strings, _fuzzy in translations()}


def test_every_text_of_the_site_is_among_the_translated_ones() -> None:
    base = Path(settings.BASE_DIR)
    known = {key for key, _strings, _fuzzy in translations()}
    written = set()
    for template in (base / "templates" / "search").glob("*.html"):
        written.update(_TRANSLATE.findall(template.read_text(encoding="utf-8")))
    for module in (*(base / "search" / "views").rglob("*.py"), *(base / "search" / "query").rglob("*.py")):
        with module.open("rb") as file:
            for _line, message, _comments, _context in extract("python", file, keywords=_KEYWORDS):
                # A text that is not written out at its call is translated where it is.
                written.update([message] if isinstance(message, str) else message[:1])
    assert len(written) > 100
    assert sorted(written - known - {""}) == []


@pytest.mark.usefixtures("articles")
def test_the_language_of_the_interface_is_switched_by_a_form(client: Client) -> None:
    response = client.post("/i18n/setlang/", {"language": "ar", "next": "/?q=lachin"})
    assert response.headers["Location"] == "/?q=lachin"
    html = client.get("/?q=lachin").content.decode()
    assert '<html lang="ar" dir="rtl">' in html
    assert "عرض 1–2 من أصل 2" in html
    assert 'lang="en" dir="ltr">EN' in html
