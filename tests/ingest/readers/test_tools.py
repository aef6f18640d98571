"""The fields of articles in what the tools in use write, each by a record made as it makes them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from search.ingest.readers.tools import all_tools
from tests.ingest.reading import Read, read_bytes

TITLE = "Lighthouse of Tarn is lit again"
TEXT = "The keeper climbed the stairs of the old lighthouse on Sunday and lit its lamp, which ships in Norway see."
SITE = "tarnpost.example"
URL = f"https://{SITE}/2020/lamp"
OUTLET = "Tarn Post"
AUTHOR = "Ada Brink"
DAY = "2020-10-05"
EXPECTED = {"title": TITLE, "text": TEXT, "outlet": OUTLET, "author": AUTHOR, "published": DAY, "url": URL}

#: By tool: a record, and the labels where they are not the ones above.
RECORDS: dict[str, tuple[Any, dict[str, str]]] = {
    "news-please": ({"authors": [AUTHOR], "date_download": "2024-01-01 00:00:00", "date_modify": None,
        "date_publish": f"{DAY} 08:00:00", "description": "The lamp.", "maintext": TEXT, "source_domain": SITE, "text": None,
        "title": TITLE, "url": URL}, {"outlet": SITE}),
    "fundus": ({"title": TITLE, "authors": [AUTHOR], "publishing_date": f"{DAY} 08:00:00+02:00", "plaintext": TEXT,
        "publisher": OUTLET, "body": {"summary": [], "sections": [{"headline": [], "paragraphs": [TEXT]}]},
        "html": {"requested_url": URL}, "lang": "en"}, {}),
    "newspaper4k": ({"url": URL, "title": TITLE, "top_image": "", "authors": [AUTHOR], "publish_date": f"{DAY}T08:00:00+00:00",
        "summary": "", "text": TEXT, "meta_site_name": OUTLET, "source_url": f"https://{SITE}", "language": "en"}, {}),
    "trafilatura": ({"title": TITLE, "author": AUTHOR, "hostname": SITE, "date": DAY, "fingerprint": "a1", "id": None,
        "raw_text": TEXT, "source": URL, "source-hostname": OUTLET, "excerpt": "The lamp.", "text": TEXT, "sitename": OUTLET}, {}),
    "trafilatura-with-addresses": ({"title": TITLE, "author": AUTHOR, "hostname": SITE, "date": DAY, "source": URL,
        "source-hostname": OUTLET, "excerpt": "The lamp.", "text": TEXT}, {}),
    "cc-news": ({"requested_url": URL, "plain_text": TEXT, "published_date": DAY, "title": TITLE, "author": [AUTHOR],
        "publisher": OUTLET, "tags": []}, {}),
    "nela-gt": ({"id": "n1", "date": DAY, "source": OUTLET, "title": TITLE, "content": TEXT, "author": AUTHOR, "url": URL,
        "published": "Mon, 05 Oct 2020 08:00:00 +0000", "published_utc": 1601884800, "collection_utc": 1700000000}, {}),
    "event-registry": ({"articles": {"results": [{"uri": "77", "lang": "eng", "dateTime": f"{DAY}T09:00:00Z",
        "dateTimePub": f"{DAY}T08:00:00Z", "url": URL, "title": TITLE, "body": TEXT, "source": {"uri": SITE, "title": OUTLET},
        "authors": [{"name": AUTHOR}]}]}}, {"id": "77"}),
    "media-cloud": ({"id": "m1", "indexed_date": "2020-10-09", "language": "en", "media_name": OUTLET, "media_url": SITE,
        "publish_date": DAY, "title": TITLE, "url": URL}, {"text": "", "author": ""}),
    "gdelt": ({"articles": [{"url": URL, "url_mobile": "", "title": TITLE, "seendate": "20201005T081500Z", "domain": SITE,
        "language": "English", "sourcecountry": "Norway"}]},
        {"outlet": SITE, "text": "", "author": "", "published": "20201005T081500Z"}),
    "gdelt-gkg": ({"GKGRECORDID": "g1", "DATE": DAY, "SourceCommonName": SITE, "DocumentIdentifier": URL, "title": TITLE},
        {"outlet": SITE, "text": "", "author": "", "id": "g1"}),
    "newsapi": ({"status": "ok", "totalResults": 1, "articles": [{"source": {"id": None, "name": OUTLET}, "author": AUTHOR,
        "title": TITLE, "description": "The lamp.", "url": URL, "urlToImage": None, "publishedAt": f"{DAY}T08:00:00Z",
        "content": TEXT}]}, {}),
    "guardian": ({"response": {"status": "ok", "results": [{"id": "a/b", "webTitle": TITLE, "webUrl": URL,
        "webPublicationDate": f"{DAY}T08:00:00Z",
        "fields": {"headline": TITLE, "byline": AUTHOR, "bodyText": TEXT, "publication": OUTLET}}]}}, {"id": "a/b"}),
    "nyt": ({"status": "OK", "response": {"docs": [{"abstract": "The lamp.", "web_url": URL, "lead_paragraph": TEXT,
        "source": OUTLET, "headline": {"main": TITLE, "kicker": None}, "pub_date": f"{DAY}T08:00:00+0000",
        "byline": {"original": AUTHOR}, "_id": "nyt://1"}]}}, {"id": "nyt://1"}),
    "meltwater": ({"Date": DAY, "Headline": TITLE, "URL": URL, "Opening Text": TEXT, "Hit Sentence": "… lamp …",
        "Source": OUTLET, "Influencer": AUTHOR, "Reach": "12"}, {}),
    "brandwatch": ({"Query Name": "lamp", "Date": f"{DAY} 08:00:00.0", "Title": TITLE, "Snippet": "… lamp …", "Url": URL,
        "Domain": SITE, "Author": AUTHOR, "Full Text": TEXT}, {"outlet": SITE}),
    "cision": ({"News Date": DAY, "News Headline": TITLE, "Outlet Name": OUTLET, "News Text": TEXT, "Author Name": AUTHOR,
        "Link": URL}, {}),
    "factiva": ({"AN": "F1", "HD": TITLE, "BY": AUTHOR, "PD": DAY, "SN": OUTLET, "LA": "en", "LP": TEXT[:40], "TD": TEXT[41:]},
        {"url": "", "id": "F1", "text": f"{TEXT[:40]}\n{TEXT[41:]}"}),
    "lexis-nexis": ({"Headline": TITLE, "Newspaper": OUTLET, "Date": DAY, "Length": "20 words", "Author": AUTHOR,
        "Article": TEXT}, {"url": ""}),
    "proquest": ({"Title": TITLE, "Abstract": "The lamp.", "StoreId": "9", "Authors": AUTHOR, "pubtitle": OUTLET,
        "year": "2020", "pubdate": DAY, "DocumentURL": URL, "FullText": TEXT}, {"id": "9"}),
    "zotero": ({"Key": "Z1", "Item Type": "newspaperArticle", "Publication Year": "2020", "Author": AUTHOR, "Title": TITLE,
        "Publication Title": OUTLET, "Url": URL, "Abstract Note": TEXT, "Date": DAY}, {"id": "Z1"}),
    "csl-json": ([{"id": "c1", "type": "article-newspaper", "title": TITLE, "container-title": OUTLET, "abstract": TEXT,
        "URL": URL, "author": [{"family": "Brink", "given": "Ada"}], "issued": {"date-parts": [[2020, 10, 5]]}}], {"id": "c1"}),
    "wallabag": ([{"is_archived": 0, "title": TITLE, "url": URL, "content": f"<p>{TEXT}</p>",
        "created_at": "2024-01-01T00:00:00+0000", "published_at": f"{DAY}T08:00:00+0000", "published_by": [AUTHOR],
        "domain_name": SITE}], {"outlet": SITE}),
    "miniflux": ({"total": 1, "entries": [{"id": 5, "feed_id": 2, "title": TITLE, "url": URL, "author": AUTHOR,
        "content": f"<p>{TEXT}</p>", "published_at": f"{DAY}T08:00:00Z", "created_at": "2024-01-01T00:00:00Z",
        "feed": {"id": 2, "title": OUTLET}}]}, {"id": "5"}),
    "freshrss": ({"id": "user/-/state", "title": "Favourites", "author": "me", "items": [{"id": "f1", "title": TITLE,
        "author": AUTHOR, "published": 1601884800, "alternate": [{"href": URL}], "content": {"content": f"<p>{TEXT}</p>"},
        "origin": {"title": OUTLET}}]}, {"id": "f1"}),
    "json-feed": ({"version": "https://jsonfeed.org/version/1.1", "title": OUTLET, "description": "All the news of Tarn.",
        "items": [{"id": "j1", "url": URL, "title": TITLE, "content_html": f"<p>{TEXT}</p>",
        "date_published": f"{DAY}T08:00:00Z", "authors": [{"name": AUTHOR}]}]}, {"id": "j1", "outlet": ""}),
    "mongodb": ({"_id": {"$oid": "5f1d"}, "headline": TITLE, "body": TEXT, "source": {"name": OUTLET}, "author": AUTHOR,
        "url": URL, "published": {"$date": {"$numberLong": "1601884800000"}}}, {"id": "5f1d"}),
    "mediastack": ({"pagination": {"limit": 1}, "data": [{"author": AUTHOR, "title": TITLE, "description": TEXT, "url": URL,
        "source": OUTLET, "category": "general", "country": "no", "published_at": f"{DAY}T08:00:00+00:00"}]}, {}),
    "wordpress-rest": ([{"id": 8, "date": f"{DAY}T08:00:00", "date_gmt": f"{DAY}T06:00:00", "link": URL,
        "title": {"rendered": TITLE}, "content": {"rendered": f"<p>{TEXT}</p>"}, "author": 3,
        "yoast_head_json": {"author": AUTHOR}}], {"outlet": "", "id": "8"}),
    "reddit": ([{"subreddit": "tarn", "title": TITLE, "selftext": TEXT, "author": AUTHOR, "created_utc": 1601884800,
        "url": URL}], {"outlet": "tarn"}),
}  # fmt: skip
FLAT = [
    name for name, (record, _) in RECORDS.items()
    if isinstance(record, dict) and not any(isinstance(value, dict | list) and value for value in record.values())
]  # fmt: skip
_ROW = {"title": TITLE, "text": TEXT, "outlet": OUTLET, "author": AUTHOR, "url": URL, "date": DAY}
_HIT = {"_index": "n", "_id": "e1", "_score": 1, "_source": _ROW}
#: Not of one tool but of a store or a program that holds records.
STORES: dict[str, Any] = {
    "a line of Elasticsearch": _HIT,
    "hits of Elasticsearch": {"took": 3, "hits": {"total": {"value": 1}, "hits": [_HIT]}},
    "documents of Solr": {"responseHeader": {"status": 0}, "response": {"docs": [{key: [value] for key, value in _ROW.items()}]}},
    "one in data": {"data": _ROW},
    "several in data beside a message": {"message": "ok", "data": [_ROW]},
    "columns of pandas": {key: {"0": value} for key, value in _ROW.items()},
    "rows of pandas": {"0": _ROW},
    "pandas split": {"columns": list(_ROW), "index": [0], "data": [list(_ROW.values())]},
    "nested names of pandas": {("outlet.name" if key == "outlet" else key): value for key, value in _ROW.items()} | {
        "source.name": OUTLET},
}  # fmt: skip


def labels(found: Read) -> dict[str, str]:
    record = found.only
    return {
        "id": record.external_id, "title": record.title, "text": record.text, "outlet": record.outlet, "author": record.author,
        "published": record.published[:10] if "-" in record.published else record.published, "url": record.url,
    }  # fmt: skip


@pytest.mark.parametrize("tool", RECORDS)
def test_what_a_tool_writes_is_read_field_by_field(tool: str, tmp_path: Path) -> None:
    record, others = RECORDS[tool]
    found = labels(read_bytes(tmp_path, "export.json", json.dumps(record)))
    assert found == {"id": found["id"]} | EXPECTED | others


@pytest.mark.parametrize("tool", FLAT)
def test_a_table_of_the_same_names_is_read_alike(tool: str, tmp_path: Path) -> None:
    record, others = RECORDS[tool]
    out = io.StringIO()
    writer = csv.DictWriter(out, list(record))
    writer.writeheader()
    writer.writerow(record)
    found = labels(read_bytes(tmp_path, "export.csv", out.getvalue()))
    assert found == {"id": found["id"]} | EXPECTED | others


@pytest.mark.parametrize("store", STORES)
def test_the_envelope_of_a_store_is_no_field(store: str, tmp_path: Path) -> None:
    found = labels(read_bytes(tmp_path, "export.json", json.dumps(STORES[store])))
    assert found == {"id": found["id"]} | EXPECTED


def test_every_tool_of_the_table_has_a_record_here() -> None:
    assert sorted(tool.name for tool in all_tools()) == sorted(RECORDS)


@pytest.mark.parametrize(
    "name", ["data", "items", "results", "articles", "entries", "docs", "hits", "news", "stories", "content"]
)
def test_a_list_of_articles_is_found_under_any_name(name: str, tmp_path: Path) -> None:
    rows = [{"title": f"{TITLE} {n}", "text": TEXT, "date": DAY} for n in range(3)]
    assert len(read_bytes(tmp_path, "a.json", json.dumps({"date": DAY, name: rows})).records) == 3


def test_a_list_inside_an_article_is_none_of_articles(tmp_path: Path) -> None:
    row = _ROW | {"related": [{"title": "Another", "url": URL}], "authors_full": [{"name": AUTHOR, "title": "Dr"}]}
    assert read_bytes(tmp_path, "a.json", json.dumps(row)).only.title == TITLE


@pytest.mark.parametrize("text", ["['Ada Brink', 'Nino Example']", '["Ada Brink", "Nino Example"]'])
def test_a_list_written_into_a_cell_is_one_of_authors(text: str, tmp_path: Path) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([["title", "text", "authors"], [TITLE, TEXT, text]])
    assert read_bytes(tmp_path, "a.csv", out.getvalue()).only.author == "Ada Brink, Nino Example"


def test_a_caller_says_which_key_holds_a_field(tmp_path: Path) -> None:
    row = {"kop_a": TITLE, "inner": {"words": TEXT}, "day_of_it": DAY, "date": "1999-01-01"}
    names = (("title", "kop_a"), ("text", "inner.words"), ("published", "day_of_it"))
    record = read_bytes(tmp_path, "a.jsonl", json.dumps(row), names=names).only
    assert (record.title, record.text, record.published) == (TITLE, TEXT, DAY)


def test_a_caller_says_which_column_holds_a_field(tmp_path: Path) -> None:
    names = (("title", "kop_a"), ("published", "day of it"))
    table = f'kop_a,text,Day_of_it,date\nLamp,"{TEXT}",{DAY},1999-01-01\n'
    record = read_bytes(tmp_path, "a.csv", table, names=names).only
    assert (record.title, record.published) == ("Lamp", DAY)


@pytest.mark.parametrize(("name", "data"), [
    ("a.jsonl", '{"kop_a": "x", "zin": "y"}'), ("a.csv", "kop_a,zin\nx,y\n"),
])  # fmt: skip
def test_where_nothing_fits_the_names_found_and_the_option_are_told(name: str, data: str, tmp_path: Path) -> None:
    (reason,) = read_bytes(tmp_path, name, data).failures
    assert "'kop_a', 'zin'" in reason
    assert "--map" in reason


def test_lines_above_the_header_of_a_table_are_passed_over_and_said(tmp_path: Path) -> None:
    table = f'Report of a monitor\nSearch: lamp\n\nDate,Headline,Source,Text\n{DAY},{TITLE},{OUTLET},"{TEXT}"\n'
    found = read_bytes(tmp_path, "a.csv", table)
    assert (found.only.title, found.only.first_line) == (TITLE, 5)
    assert "above the header of a table" in found.notes


def test_messages_of_a_channel_are_its_articles(tmp_path: Path) -> None:
    message = {"type": "message", "from": OUTLET, "from_id": "channel1"}
    pieces = [{"type": "bold", "text": TITLE}, "\n\n", "The keeper lit ", {"type": "italic", "text": "the lamp"}, "."]
    chat = {"name": OUTLET, "type": "public_channel", "id": 1, "messages": [
        {"id": 1, "type": "service", "date": f"{DAY}T01:00:00", "action": "create_channel", "text": ""},
        message | {"id": 2, "date": f"{DAY}T08:00:00", "text": pieces},
        message | {"id": 3, "date": f"{DAY}T09:00:00", "photo": "a.jpg", "text": ""},
    ]}  # fmt: skip
    found = read_bytes(tmp_path, "result.json", json.dumps(chat))
    assert found.only.title == TITLE
    assert found.only.text.endswith("The keeper lit the lamp.")
    assert (found.only.outlet, found.only.published) == (OUTLET, f"{DAY}T08:00:00")
    assert "messages of Telegram without a text, passed over: 2" in found.notes


@pytest.mark.parametrize("name", ["a.jsonl", "a.rss"])
def test_entries_that_share_an_id_and_differ_are_articles_of_their_own(name: str, tmp_path: Path) -> None:
    titles = ["Lamp is lit", "Tram is late", "Swan is back"]
    lines = "\n".join(json.dumps({"id": "x", "title": title, "text": TEXT + title}) for title in titles)
    items = "".join(
        f"<item><title>{each}</title><guid>x</guid><description>{TEXT}</description></item>" for each in titles
    )
    feed = f"<rss><channel><title>Tarn</title>{items}</channel></rss>"
    found = read_bytes(tmp_path, name, lines if name == "a.jsonl" else feed)
    assert len({record.external_id for record in found.records}) == 3
    assert "share an id" in found.notes
