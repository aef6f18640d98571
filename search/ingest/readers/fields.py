"""The names that exports give to the fields of an article, in many languages, and values of other
shapes as text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from search.folding import fold
from search.ingest.limits import MAX_LISTED_PARTS
from search.ingest.readers.fragments import fragment_text, looks_like_html
from search.names.sites import host_of

#: Field to names, the best first. Compared without case, accents, spaces and punctuation.
_NAMES = {
    "id": "id, article id, record id, external id, doc id, document id, guid, uuid, item id, _id, identifier, post id, news id, identifiant, "
    "kennung, identificador, معرف, المعرف, شناسه, идентификатор, 编号, 編號",
    "title": "title, headline, article title, news title, heading, header, head, titre, titel, titolo, titulo, título, titular, "
    "manchete, encabezado, überschrift, schlagzeile, intitulé, kop, tytuł, nagłówek, nadpis, název, titulek, naslov, заголовок, "
    "название, заглавие, наслов, назва, başlık, manşet, başliq, tajuk, judul, tiêu đề, "
    "otsikko, cím, titlu, τίτλος, العنوان, عنوان, عنوان المقال, عنوان الخبر, تیتر, عنوان خبر, כותרת, "
    "վերնագիր, სათაური, शीर्षक, শিরোনাম, หัวข้อ, 标题, 標題, 题目, タイトル, 見出し, 제목",
    "text": "text, body, content, article text, full text, article body, maintext, main text, article content, body text, story, article, "
    "content text, content html, news text, plain text, raw text, texte, corps, contenu, corps du texte, inhalt, volltext, artikeltext, texto, cuerpo, "
    "corpo, contenido, conteúdo, testo, contenuto, tekst, treść, obsah, besedilo, vsebina, текст, содержание, содержимое, "
    "тело, съдържание, текст статьи, metin, içerik, haber metni, mətn, isi, teks, konten, nội dung, innehåll, brödtext, teksti, "
    "szöveg, tartalom, conținut, κείμενο, النص, نص, محتوى, المحتوى, نص المقال, نص الخبر, الخبر, متن, متن خبر, محتوا, תוכן, "
    "տեքստ, ტექსტი, पाठ, เนื้อหา, 正文, 内容, 內容, 全文, 本文, 본문, 내용, selftext, message, "
    "description, summary, abstract, résumé, resumen, zusammenfassung, riassunto, аннотация, الملخص, ملخص, خلاصه, 摘要",
    "outlet": "outlet, source, source name, publisher, publication, newspaper, news source, media, medium, media name, site, site name, website, "
    "journal, feed, feed title, channel, domain, source domain, média, éditeur, zeitung, quelle, herausgeber, "
    "publikation, fuente, medio, periódico, diario, fonte, jornal, veículo, giornale, testata, bron, krant, źródło, "
    "gazeta, wydawca, zdroj, noviny, vir, источник, издание, сми, газета, издатель, източник, вестник, джерело, видання, "
    "kaynak, gazete, yayın, mənbə, qəzet, sumber, nguồn, källa, tidning, lähde, forrás, sursa, πηγή, المصدر, مصدر, الصحيفة, صحيفة, "
    "الجريدة, جريدة, الموقع, الوسيلة, الناشر, منبع, خبرگزاری, روزنامه, מקור, עיתון, աղբյուր, წყარო, स्रोत, แหล่งที่มา, 来源, 來源, "
    "媒体, 媒體, 报纸, 出典, 媒体名, 新聞社, 출처, 언론사, 매체",
    "outlet_country": "outlet country, source country, media country, publisher country",
    "author": "author, authors, byline, by, writer, writers, journalist, reporter, creator, author name, dc creator, contributor, auteur, auteurs, "
    "auteure, rédacteur, autor, autoren, verfasser, autorin, autores, redactor, periodista, jornalista, repórter, autore, autori, "
    "giornalista, schrijver, автор, авторы, журналист, корреспондент, автори, yazar, muhabir, müəllif, penulis, tác giả, författare, "
    "skribent, kirjoittaja, szerző, συγγραφέας, الكاتب, كاتب, المؤلف, مؤلف, المحرر, نویسنده, خبرنگار, מחבר, כתב, հեղինակ, ავტორი, "
    "लेखक, ผู้เขียน, 作者, 记者, 記者, 著者, 筆者, 기자, 저자, 작성자",
    "published": "published, published at, publish date, publication date, published date, date published, date, pub date, pubdate, date time, "
    "datetime, published on, publish time, article date, news date, post date, posted, posted at, time, timestamp, created, "
    "created at, created utc, dc date, date de publication, date publication, publié, publié le, datum, "
    "veröffentlicht, veröffentlichungsdatum, erscheinungsdatum, "
    "fecha, fecha de publicación, fecha publicación, publicado, data, data de publicação, data di pubblicazione, pubblicato, "
    "publicatiedatum, data publikacji, datum vydání, dátum, datum objave, дата, дата публикации, опубликовано, дата на публикуване, "
    "опубліковано, tarih, yayın tarihi, yayınlanma tarihi, tarix, tanggal, ngày, ngày đăng, päivämäärä, päivä, megjelenés, "
    "ημερομηνία, التاريخ, تاريخ, تاريخ النشر, تاریخ, تاریخ انتشار, תאריך, ամսաթիվ, თარიღი, तारीख, दिनांक, วันที่, 日期, 发布日期, "
    "发布时间, 時間, 时间, 發布日期, 日付, 公開日, 날짜, 작성일, 게시일",
    "language": "language, lang, language code, locale, langue, sprache, idioma, lengua, lingua, taal, język, jazyk, jezik, язык, език, мова, "
    "dil, bahasa, språk, kieli, nyelv, limba, γλώσσα, اللغة, لغة, زبان, שפה, լեզու, ენა, भाषा, 语言, 語言, 言語, 언어",
    "url": "url, link, uri, permalink, href, web url, article url, page url, canonical url, source url, address, lien, adresse, enlace, "
    "vínculo, dirección, collegamento, indirizzo, odkaz, povezava, ссылка, адрес, връзка, посилання, bağlantı, keçid, tautan, "
    "liên kết, länk, linkki, hivatkozás, σύνδεσμος, الرابط, رابط, لینک, پیوند, קישור, հղում, ბმული, कड़ी, लिंक, ลิงก์, 链接, "
    "鏈接, 連結, 网址, 網址, リンク, 링크, 주소",
}  # fmt: skip
_NOT_LETTERS = re.compile(r"[\W_]+")
_MAX_NAME = 100
_MAX_DATE = 200
_SECONDS = re.compile(r"\d{9,10}(?:\.\d+)?|\d{12,13}")
_MILLISECONDS = 1e11


def _key(name: str) -> str:
    return _NOT_LETTERS.sub("", fold(name))


_PLACES: dict[str, tuple[str, int]] = {}
for _field, _names in _NAMES.items():
    for _rank, _name in enumerate(_names.split(", ")):
        _PLACES.setdefault(_key(_name), (_field, _rank))


def field_of(name: str) -> str | None:
    """The field that a column or key of this name holds."""
    place = _place(name)
    return place[0] if place else None


@lru_cache(maxsize=4096)
def _place(name: str) -> tuple[str, int] | None:
    """A name's field and rank; the names of one file are the same in each of its records."""
    return _PLACES.get(_key(name)) if len(name) <= _MAX_NAME else None


def columns_of(names: Iterable[str]) -> dict[str, list[int]]:
    """Which columns hold each field, the best named first; a later one counts where an earlier one
    is empty."""
    found: dict[str, list[tuple[int, int]]] = {}
    for index, name in enumerate(names):
        place = _place(name)
        if place:
            found.setdefault(place[0], []).append((place[1], index))
    return {field: [index for _, index in sorted(places)] for field, places in found.items()}


def with_known_names(values: Mapping[str, Any], fields: Iterable[str]) -> dict[str, Any]:
    """A record's values with those under other names for a field that it lacks moved to that field.

    Values of the fields themselves stay as they are, so that a wrong type is an error; others are
    made text where they can be.
    """
    known = frozenset(fields)
    result = dict(values)
    places = columns_of(values)
    names = list(values)
    for field, columns in places.items():
        if field not in known or result.get(field) not in (None, ""):
            continue
        for name in (names[column] for column in columns):
            text = "" if name == field else stated_as(field, text_of_value(values[name]))
            if text:
                result[field] = text
                del result[name]
                break
    return result


def text_of_value(value: Any) -> str:
    """A string for a value of another shape: a list's parts, an object's name; ``""`` for what has
    none."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list):
        return ", ".join(text for each in value[:MAX_LISTED_PARTS] if (text := text_of_value(each)))
    if isinstance(value, dict):
        named = (value.get(key) for key in ("name", "title", "#text", "$t", "content", "rendered", "value"))
        return next((text for each in named if isinstance(each, str) and (text := each.strip())), "")
    return ""


def stated_as(field: str, text: str) -> str:
    """A value of an export as the field takes it: markup made text, seconds made a date, an
    outlet's address its host."""
    if field in ("text", "title") and looks_like_html(text):
        return fragment_text(text)
    if field == "published":
        return _as_date(text.strip())
    if field == "outlet" and text.startswith(("http://", "https://")):
        return host_of(text.strip()).removeprefix("www.")
    return text


def _as_date(text: str) -> str:
    """Seconds or milliseconds since 1970 as a day; ``""`` for what holds no digit and so no
    date."""
    if len(text) > _MAX_DATE or not any(char.isdigit() for char in text):
        return ""
    if _SECONDS.fullmatch(text):
        seconds = float(text)
        seconds = seconds / 1000 if seconds > _MILLISECONDS else seconds
        return datetime.fromtimestamp(seconds, UTC).date().isoformat()
    return text
