"""The names that exports give to the fields of an article, in many languages, and values of other
shapes as text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from search.ingest.readers.fragments import fragment_text, looks_like_html
from search.ingest.readers.plain_values import listed, text_of_value
from search.ingest.readers.tools import name_key, tool_of_columns, tool_of_record, value_at
from search.names.sites import host_of

#: Field to names, the best first. Compared without case, accents, spaces and punctuation.
_NAMES = {
    "id": "id, article id, record id, external id, doc id, document id, guid, uuid, item id, _id, identifier, post id, "
    "news id, identifiant, "
    "kennung, identificador, معرف, المعرف, شناسه, идентификатор, 编号, 編號",
    "title": "title, headline, article title, web title, news headline,  news title, heading, header, head, titre, titel, "
    "titolo, titulo, título, titular, "
    "manchete, encabezado, überschrift, schlagzeile, intitulé, kop, tytuł, nagłówek, nadpis, název, titulek, naslov, "
    "заголовок, "
    "название, заглавие, наслов, назва, başlık, manşet, başliq, tajuk, judul, tiêu đề, "
    "otsikko, cím, titlu, τίτλος, العنوان, عنوان, عنوان المقال, عنوان الخبر, تیتر, عنوان خبر, כותרת, "
    "վերնագիր, სათაური, शीर्षक, শিরোনাম, หัวข้อ, 标题, 標題, 题目, タイトル, 見出し, 제목",
    "text": "text, body, content, article text, full text, article body, maintext, main text, article content, body text, "
    "story, article, "
    "content text, content html, news text, plain text, raw text, texte, corps, contenu, corps du texte, inhalt, volltext, "
    "artikeltext, texto, cuerpo, "
    "corpo, contenido, conteúdo, testo, contenuto, tekst, treść, obsah, besedilo, vsebina, текст, содержание, содержимое, "
    "тело, съдържание, текст статьи, metin, içerik, haber metni, mətn, isi, teks, konten, nội dung, innehåll, brödtext, "
    "teksti, "
    "szöveg, tartalom, conținut, κείμενο, النص, نص, محتوى, المحتوى, نص المقال, نص الخبر, الخبر, متن, متن خبر, محتوا, תוכן, "
    "տեքստ, ტექსტი, पाठ, เนื้อหา, 正文, 内容, 內容, 全文, 本文, 본문, 내용, selftext, message, "
    "story text, news body, opening text, description, summary, abstract, abstract note, lead paragraph, excerpt, snippet, "
    "résumé, resumen, zusammenfassung, riassunto, аннотация, الملخص, ملخص, خلاصه, 摘要",
    "outlet": "outlet, source, source name, publisher, publication, newspaper, news source, media, medium, media name, "
    "site, site name, website, "
    "meta site name, publication title, pubtitle, outlet name, source common name, newspaper name, container title, "
    "media outlet, "
    "journal, feed, feed title, channel, domain, source domain, domain name, média, éditeur, zeitung, quelle, herausgeber, "
    "publikation, fuente, medio, periódico, diario, fonte, jornal, veículo, giornale, testata, bron, krant, źródło, "
    "gazeta, wydawca, zdroj, noviny, vir, источник, издание, сми, газета, издатель, източник, вестник, джерело, видання, "
    "kaynak, gazete, yayın, mənbə, qəzet, sumber, nguồn, källa, tidning, lähde, forrás, sursa, πηγή, المصدر, مصدر, الصحيفة, "
    "صحيفة, "
    "الجريدة, جريدة, الموقع, الوسيلة, الناشر, منبع, خبرگزاری, روزنامه, מקור, עיתון, աղբյուր, წყარო, स्रोत, แหล่งที่มา, 来源, 來源, "
    "媒体, 媒體, 报纸, 出典, 媒体名, 新聞社, 출처, 언론사, 매체",
    "outlet_country": "outlet country, source country, media country, publisher country",
    "author": "author, authors, byline, by, writer, writers, journalist, reporter, creator, author name, influencer, "
    "published by, authors name, dc creator, contributor, auteur, auteurs, "
    "auteure, rédacteur, autor, autoren, verfasser, autorin, autores, redactor, periodista, jornalista, repórter, autore, "
    "autori, "
    "giornalista, schrijver, автор, авторы, журналист, корреспондент, автори, yazar, muhabir, müəllif, penulis, tác giả, "
    "författare, "
    "skribent, kirjoittaja, szerző, συγγραφέας, الكاتب, كاتب, المؤلف, مؤلف, المحرر, نویسنده, خبرنگار, מחבר, כתב, հեղինակ, "
    "ავტორი, "
    "लेखक, ผู้เขียน, 作者, 记者, 記者, 著者, 筆者, 기자, 저자, 작성자",
    "published": "published, published at, publish date, date publish, publishing date, published utc, "
    "web publication date, pub datetime, seendate, publication date, published date, date published, date, pub date, "
    "pubdate, date time, "
    "datetime, published on, publish time, article date, news date, post date, posted, posted at, time, timestamp, created, "
    "created at, created utc, dc date, date de publication, date publication, publié, publié le, datum, "
    "veröffentlicht, veröffentlichungsdatum, erscheinungsdatum, "
    "fecha, fecha de publicación, fecha publicación, publicado, data, data de publicação, data di pubblicazione, pubblicato, "
    "publicatiedatum, data publikacji, datum vydání, dátum, datum objave, дата, дата публикации, опубликовано, "
    "дата на публикуване, "
    "опубліковано, tarih, yayın tarihi, yayınlanma tarihi, tarix, tanggal, ngày, ngày đăng, päivämäärä, päivä, megjelenés, "
    "ημερομηνία, التاريخ, تاريخ, تاريخ النشر, تاریخ, تاریخ انتشار, תאריך, ամսաթիվ, თარიღი, तारीख, दिनांक, วันที่, 日期, 发布日期, "
    "发布时间, 時間, 时间, 發布日期, 日付, 公開日, 날짜, 작성일, 게시일",
    "language": "language, lang, language code, locale, langue, sprache, idioma, lengua, lingua, taal, język, jazyk, jezik, "
    "язык, език, мова, "
    "dil, bahasa, språk, kieli, nyelv, limba, γλώσσα, اللغة, لغة, زبان, שפה, լեզու, ენა, भाषा, 语言, 語言, 言語, 언어",
    "url": "url, link, uri, permalink, href, web url, article url, page url, canonical url, source url, address, "
    "document url, requested url, original url, lien, adresse, enlace, "
    "vínculo, dirección, collegamento, indirizzo, odkaz, povezava, ссылка, адрес, връзка, посилання, bağlantı, keçid, tautan, "
    "liên kết, länk, linkki, hivatkozás, σύνδεσμος, الرابط, رابط, لینک, پیوند, קישור, հղում, ბმული, कड़ी, लिंक, ลิงก์, 链接, "
    "鏈接, 連結, 网址, 網址, リンク, 링크, 주소",
}  # fmt: skip
#: Keys that hold a whole record.
WRAPPERS = (
    "_source",
    "data",
    "item",
    "doc",
    "document",
    "article",
    "post",
    "attributes",
    "fields",
    "node",
    "record",
    "source",
)
_OF_STORES = frozenset(
    ["_index", "_type", "_score", "_version", "_seq_no", "_primary_term", "found", "sort", "status", "type"]
)
#: Fields, each with a name that the caller says holds it.
Names = Iterable[tuple[str, str]]
_MAX_NAME = 100
_MAX_DATE = 200
_SECONDS = re.compile(r"\d{9,10}(?:\.\d+)?|\d{12,13}")
_MILLISECONDS = 1e11


_PLACES: dict[str, tuple[str, int]] = {}
for _field, _names in _NAMES.items():
    for _rank, _name in enumerate(_names.split(", ")):
        _PLACES.setdefault(name_key(_name), (_field, _rank))


def field_of(name: str) -> str | None:
    """The field that a column or key of this name holds."""
    place = _place(name)
    return place[0] if place else None


@lru_cache(maxsize=4096)
def _place(name: str) -> tuple[str, int] | None:
    """A name's field and rank; the names of one file are the same in each of its records."""
    return _PLACES.get(name_key(name)) if len(name) <= _MAX_NAME else None


def columns_of(names: Iterable[str], mapping: Names = ()) -> dict[str, list[int]]:
    """Which columns hold each field, the best named first; a later one counts where an earlier one
    is empty.

    Args:
        names: of the columns.
        mapping: fields with the names that the caller says hold them; they go before all others.
    """
    columns = list(names)
    found: dict[str, list[tuple[int, int]]] = {}
    for index, name in enumerate(columns):
        place = _place(name)
        if place:
            found.setdefault(place[0], []).append((place[1], index))
    result = {field: [index for _, index in sorted(places)] for field, places in found.items()}
    tool = tool_of_columns(columns)
    known = {name_key(name): index for index, name in reversed(list(enumerate(columns)))}
    wanted = [(field, path) for field, paths in (tool.paths.items() if tool else ()) for path in reversed(paths)]
    for field, path in [*wanted, *mapping]:
        steps = [known[key] for each in path.split("+") if (key := name_key(each)) in known]
        others = [index for index in result.get(field, []) if index not in steps]
        result[field] = steps + others
    taken = {columns[index] for field, path in mapping for index in result[field][:1] if path}
    for field, places in result.items():
        if field not in dict(mapping):
            result[field] = [index for index in places if columns[index] not in taken]
    return {field: places for field, places in result.items() if places}


def joined_columns(names: Iterable[str]) -> dict[str, list[int]]:
    """Columns of a tool that hold a field in parts, one after the other."""
    columns = list(names)
    tool = tool_of_columns(columns)
    known = {name_key(name): index for index, name in enumerate(columns)}
    return {
        field: [known[key] for part in path.split("+") if (key := name_key(part)) in known]
        for field, paths in (tool.paths.items() if tool else ())
        for path in paths
        if "+" in path
    }


def with_known_names(values: Mapping[str, Any], fields: Iterable[str], mapping: Names = ()) -> dict[str, Any]:
    """A record's values with those under other names for a field that it lacks moved to that field.

    What the caller says goes first, then the paths of the tool that wrote the record, then names.
    Values of the fields themselves that are no strings are read where their meaning is plain, and
    else stay as they are, so that a wrong type is an error.
    """
    known = frozenset(fields)
    if not mapping and known.issuperset(values) and _are_plain(values):
        return dict(values)
    inner = _unwrapped(values)
    result = dict(inner)
    for field, path in mapping:
        text = stated_as(field, text_of_value(value_at(inner, path), field))
        if text:
            result.pop(path, None)
            result[field] = text
    mapped = {field for field, _ in mapping if result.get(field)}
    tool = tool_of_record(inner)
    for field, paths in tool.paths.items() if tool else ():
        if field in mapped:
            continue
        for path in paths:
            text = stated_as(field, text_of_value(value_at(inner, path), field))
            if text:
                result.pop(path, None)
                if path.split(".")[0] not in known:
                    result.pop(path.split(".")[0], None)
                result[field] = text
                break
    places = columns_of(result)
    names = list(result)
    for field, columns in places.items():
        if field not in known or result.get(field) not in (None, "", [], {}):
            continue
        for name in (names[column] for column in columns):
            text = "" if name == field or name not in result else stated_as(field, text_of_value(result[name], field))
            if text:
                result[field] = text
                del result[name]
                break
    for field in known & result.keys():
        result[field] = _own(field, result[field])
    return result


def _are_plain(values: Mapping[str, Any]) -> bool:
    """Whether all values are texts as they stand, so that there is nothing to look for."""
    is_text = all(value is None or isinstance(value, str) for value in values.values())
    return is_text and _SECONDS.fullmatch((values.get("published") or "").strip()) is None


def _own(field: str, value: Any) -> Any:
    """A value under its field's own name: text where its meaning is plain."""
    if isinstance(value, str):
        return stated_as(field, value) if field == "published" and _SECONDS.fullmatch(value.strip()) else value
    if value == [] or value == {}:
        return None
    if isinstance(value, dict) or (isinstance(value, list) and field != "id"):
        return stated_as(field, text_of_value(value, field)) or value
    if field == "published" and _SECONDS.fullmatch(text_of_value(value)):
        return stated_as(field, text_of_value(value))
    return value


def is_article(keys: Iterable[str]) -> bool:
    """Whether an object with these keys has a title or a text."""
    return bool({"title", "text"} & {field_of(key) for key in keys})


def _unwrapped(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """The object inside an envelope, such as `_source`, with what the envelope says beside it."""
    for name in WRAPPERS:
        inner = values.get(name)
        if not isinstance(inner, dict) or not is_article(inner):
            continue
        outer = {key: value for key, value in values.items() if key != name}
        if is_article(key for key, value in outer.items() if value):
            continue
        beside = {key: value for key, value in outer.items() if not isinstance(value, dict | list)}
        # What the store says of its own row is no news.
        kept = {key: value for key, value in beside.items() if key not in _OF_STORES}
        return kept | {key: value for key, value in inner.items() if value is not None or key not in kept}
    return values


def stated_as(field: str, text: str) -> str:
    """A value of an export as the field takes it: markup made text, seconds made a date, an
    outlet's address its host."""
    if field in ("text", "title") and looks_like_html(text):
        return fragment_text(text)
    if field == "published":
        return _as_date(text.strip())
    if field in ("outlet", "author") and text.startswith(("[", "{")):
        text = text_of_value(listed(text), field) or text
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
