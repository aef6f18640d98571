"""RSS and Atom files."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ingest.runs import Report, ingest

pytestmark = pytest.mark.django_db(transaction=True)

RSS = """<?xml version="1.0" encoding="{encoding}"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>Velmora Post » World - RSS</title><link>https://www.velmorapost.example/</link><language>en-GB</language>
<item><title>Ferry &amp;amp; pier</title><link>https://www.velmorapost.example/a</link><guid isPermaLink="false">g1</guid>
<pubDate>Mon, 05 Oct 2020 23:30:00 +0200</pubDate><dc:creator>By Ada Brink</dc:creator><description>Short.</description>
<content:encoded><![CDATA[<figure><img src="x"><figcaption>A ship</figcaption></figure><p>The ferry sails <b>again</b>.</p>
<p>Żółta łódź follows.</p><p>The post <a>Ferry</a> appeared first on <a>Velmora Post</a>.</p>]]></content:encoded></item>
<item><title>Second</title><link>https://www.velmorapost.example/b</link><description>Only a summary.</description></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr"><title>Le Quai</title><link href="https://lequai.example/"/>
<entry><id>urn:1</id><title>Le port</title><link href="https://lequai.example/1"/><published>2021-06-04T08:00:00+02:00</published>
<updated>2021-06-09T08:00:00Z</updated><author><name>Ada Brink</name></author><author><name>Nino Example</name></author>
<content type="html">&lt;p&gt;Le port ouvre.&lt;/p&gt;</content></entry></feed>"""


def read(path: Path, data: str | bytes) -> Report:
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return ingest(path, dry_run=True, with_text=True)[1]


@pytest.mark.parametrize("name", ["a.xml", "a.rss", "feed"])
@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-2"])
def test_rss_entries_are_articles(tmp_path: Path, name: str, encoding: str) -> None:
    report = read(tmp_path / name, RSS.format(encoding=encoding).encode(encoding, "xmlcharrefreplace"))
    assert report["failures"] == []
    first, second = report["articles"]
    assert (first["id"], first["title"], first["outlet"]) == ("g1", "Ferry & pier", "Velmora Post")
    assert (first["author"], first["published"]) == ("Ada Brink", "2020-10-05")
    assert first["text"] == "The ferry sails again.\nŻółta łódź follows."
    assert (second["text"], second["start_line"], second["published"]) == ("Only a summary.", 2, None)


def test_atom_entries_are_articles(tmp_path: Path) -> None:
    (entry,) = read(tmp_path / "a.atom", ATOM)["articles"]
    assert (entry["id"], entry["title"], entry["outlet"], entry["author"]) == (
        "urn:1",
        "Le port",
        "Le Quai",
        "Ada Brink, Nino Example",
    )
    assert (entry["published"], entry["language"], entry["text"]) == ("2021-06-04", "fr", "Le port ouvre.")


@pytest.mark.parametrize("name", ["a.rss", "a.xml"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_of_its_own_are_refused(tmp_path: Path, encoding: str, name: str) -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    bomb = (
        f'<!DOCTYPE rss [<!ENTITY e0 "ha">{entities}]><rss version="2.0"><channel><title>&e11;</title></channel></rss>'
    )
    report = read(tmp_path / name, bomb.encode(encoding))
    assert report["articles"] == []
    assert "entities" in report["failures"][0]["reason"]


def test_a_feed_cut_short_gives_the_entries_before(tmp_path: Path) -> None:
    data = RSS.format(encoding="utf-8")
    report = read(tmp_path / "a.rss", data[: data.index("<item><title>Second")] + "<item><title>Sec")
    assert report["articles"][0]["title"] == "Ferry & pier"


def test_xml_that_is_no_feed_is_skipped(tmp_path: Path) -> None:
    report = read(tmp_path / "a.xml", '<?xml version="1.0"?><settings><a/></settings>')
    assert (report["articles"], report["failures"], report["skipped"]) == ([], [], ["a.xml"])
