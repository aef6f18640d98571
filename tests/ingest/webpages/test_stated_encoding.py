"""A stated encoding that the bytes contradict is not believed."""

from __future__ import annotations

import pytest

from search.ingest.webpages import read_web_page

ARABIC = "أغلق مجلس الميناء المحطة القديمة يوم الثلاثاء بعد تسع سنوات من النقاش بين السكان والبحارة في المدينة."
RUSSIAN = (
    "Совет порта закрыл старый паромный вокзал во вторник после девяти лет споров между жителями и моряками города."
)


@pytest.mark.parametrize(("text", "encoding"), [(ARABIC, "cp1256"), (RUSSIAN, "cp1251")])
def test_a_page_that_wrongly_says_utf8_is_read_in_the_encoding_it_is_in(text: str, encoding: str) -> None:
    html = f'<html><head><meta charset="utf-8"><title>{text[:30]}</title></head><body><h1>{text[:30]}</h1><p>{text}</p></body></html>'
    assert text in read_web_page(html.encode(encoding)).text


def test_one_damaged_character_leaves_a_page_utf8() -> None:
    html = f'<html><head><meta charset="utf-8"></head><body><h1>{ARABIC[:30]}</h1><p>{ARABIC}</p><p>x'
    assert ARABIC in read_web_page(html.encode() + b"\xff</p></body></html>").text
