"""Exports as news databases write them, made of real articles: one function a layout."""

from __future__ import annotations

import random
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date

#: Columns in which heads are centred, and how a rule looks.
_COLUMNS, _RULE = 72, "_" * 60


@dataclass(frozen=True, slots=True)
class ExportedArticle:
    """What an export says of an article; ``None`` for what it leaves out."""

    title: str
    outlet: str
    author: str | None
    published: date | None
    paragraphs: tuple[str, ...]

    @property
    def words(self) -> int:
        """Of its text."""
        return sum(len(paragraph.split()) for paragraph in self.paragraphs)

    def day(self, language: str, pattern: str) -> list[str]:
        """Its date as one line, if it has one."""
        return [format_date(self.published, pattern, locale=language)] if self.published else []


Rows = list[str]


def lexis(articles: Sequence[ExportedArticle], chance: random.Random) -> Rows:
    """LexisNexis as text, documents numbered, heads centred."""
    rows: Rows = []
    for number, article in enumerate(articles, start=1):
        rows += ["", "", f"{number} of {len(articles)} DOCUMENTS".center(_COLUMNS).rstrip(), "", ""]
        rows += [article.outlet.center(_COLUMNS).rstrip(), ""]
        rows += [line for day in article.day("en", "MMMM d, y EEEE") for line in (day.center(_COLUMNS).rstrip(), "")]
        rows += [*_sometimes(chance, "Late Edition - Final".center(_COLUMNS).rstrip(), ""), article.title, ""]
        rows += [f"BYLINE: {article.author}", ""] if article.author else []
        rows += _sometimes(chance, "SECTION: NEWS; Pg. 4", "")
        rows += [f"LENGTH: {article.words} words", "", "", *_blocks(article), "LOAD-DATE: March 15, 2020", ""]
        rows += ["LANGUAGE: ENGLISH", "", *_sometimes(chance, *_TERMS, "", "PUBLICATION-TYPE: Newspaper", ""), ""]
        rows += [
            f"Copyright 2020 {article.outlet}".center(_COLUMNS).rstrip(),
            "All Rights Reserved".center(_COLUMNS).rstrip(),
        ]
    return rows


def nexis_uni(articles: Sequence[ExportedArticle], chance: random.Random) -> Rows:
    """Nexis Uni as text."""
    rows: Rows = []
    for article in articles:
        rows += [article.title, "", article.outlet, "", *_spaced(article.day("en", "MMMM d, y EEEE"))]
        rows += [
            f"Copyright 2020 {article.outlet} All Rights Reserved",
            "",
            *_sometimes(chance, "Section: NEWS; Pg. 11", ""),
        ]
        rows += [f"Length: {article.words} words", ""]
        rows += [f"Byline: {article.author}", ""] if article.author else []
        rows += [*_sometimes(chance, "Dateline: LONDON", ""), "Body", "", "", *_blocks(article), ""]
        rows += [
            *_sometimes(chance, "Classification", "", "", "Language: ENGLISH", "", *_TERMS, ""),
            "Load-Date: March 30, 2020",
            "",
        ]
        rows += ["", "End of Document", "", ""]
    return rows


def _factiva(language: str, by: str, words: str, day: str, name: str, document: str, rights: str) -> Layout:
    def rows_of(articles: Sequence[ExportedArticle], chance: random.Random) -> Rows:
        rows: Rows = []
        for number, article in enumerate(articles, start=1):
            rows += [article.title, "", *([f"{by} {article.author}"] if article.author else [])]
            rows += [f"{article.words} {words}", *article.day(language, day), *_sometimes(chance, "09:12")]
            rows += [article.outlet, "NWSERV", *_sometimes(chance, "4"), name, f"{rights} 2020 {article.outlet}", ""]
            rows += [*_blocks(article), f"{document} NWSERV0020200303ef33{number:05d}", "", "", ""]
        return rows

    return rows_of


def factiva_codes(articles: Sequence[ExportedArticle], chance: random.Random) -> Rows:
    """Factiva with its codes before each field."""
    rows: Rows = []
    for number, article in enumerate(articles, start=1):
        lead, *rest = article.paragraphs
        rows += [*_sometimes(chance, "SE \tNews"), f"HD \t{article.title}"]
        rows += [f"BY \tBy {article.author}"] if article.author else []
        rows += [f"WC \t{article.words} words", *(f"PD \t{day}" for day in article.day("en", "d MMMM y"))]
        rows += [
            *_sometimes(chance, "ET \t09:12"),
            f"SN \t{article.outlet}",
            "SC \tNWSERV",
            *_sometimes(chance, "PG \t12"),
        ]
        rows += ["LA \tEnglish", f"CY \tCopyright 2020 {article.outlet}", "", "LP ", lead, ""]
        rows += ["TD ", *(row for paragraph in rest for row in (paragraph, ""))] if rest else []
        rows += [*_sometimes(chance, "NS \tcpart : Company news | ncat : Content Types"), f"PUB \t{article.outlet} Ltd"]
        rows += [f"AN \tDocument NWSERV0020200303ef33{number:05d}", "", ""]
    return rows


def _proquest(language: str, day: str, labels: dict[str, str]) -> Layout:
    def rows_of(articles: Sequence[ExportedArticle], chance: random.Random) -> Rows:
        rows: Rows = []
        for number, article in enumerate(articles, start=1):
            place = labels["document"].format(number, len(articles))
            rows += [_RULE, "", place, "", article.title, ""]
            rows += [f"{labels['author']}: {article.author}", ""] if article.author else []
            when = "".join(article.day(language, day))
            rows += [f"{labels['info']}: {article.outlet} ; London  [London]{when}: A.3.", ""]
            rows += _sometimes(chance, f"https://search.example.com/docview/19000{number}?accountid=1", "")
            first, *rest = article.paragraphs
            rows += [f"{labels['text']}: {first}", "", *(row for paragraph in rest for row in (paragraph, ""))]
            rows += [
                *_sometimes(chance, f"{labels['subject']}: Strikes; Ports;", ""),
                f"{labels['title']}: {article.title}",
                "",
            ]
            rows += [
                f"{labels['outlet']}: {article.outlet}",
                "",
                *(f"{labels['date']}: {day}" for day in [when] if day),
                "",
            ]
            rows += [f"{labels['language']}: English", "", f"{labels['id']}: 19000{number}", ""]
        return [*rows, _RULE, "", "Contact us at: http://www.example.com"]

    return rows_of


def europresse(articles: Sequence[ExportedArticle], chance: random.Random) -> Rows:
    """Europresse as copied from its pages."""
    rows: Rows = []
    for number, article in enumerate(articles, start=1):
        rows += ["Nom de la source", article.outlet, "Type de source", "Presse • Journaux", "Périodicité", "Quotidien"]
        rows += _sometimes(chance, "Couverture géographique", "Nationale", "Provenance", "Paris, Ile-de-France, France")
        rows += [
            *article.day("fr", "EEEE d MMMM y"),
            f"{article.outlet} • p. 4 • {article.words} mots",
            "",
            article.title,
        ]
        rows += [article.author] if article.author else []
        rows += [
            "",
            *_blocks(article),
            f"© 2020 {article.outlet}. Tous droits réservés.",
            f"news·20200305·LM·{number:07d}",
            "",
            "",
        ]
    return rows


def pressreader(articles: Sequence[ExportedArticle], chance: random.Random) -> Rows:
    """PressReader as printed from its text view."""
    rows: Rows = []
    for article in articles:
        rows += [article.title, "", *_sometimes(chance, article.outlet), *article.day("en", "d MMM y")]
        rows += [f"By {article.author}"] if article.author else []
        rows += [
            "",
            *_blocks(article),
            f"Article Name:{article.title}",
            f"Publication:{article.outlet}",
            "Section:NEWS",
        ]
        rows += [f"Author:{article.author}"] if article.author else []
        rows += ["Start Page:4", "End Page:4", "", ""]
    return rows


def telegram(articles: Sequence[ExportedArticle], chance: random.Random) -> Rows:
    """Posts of channels as the desktop program copies them."""
    rows: Rows = []
    for article in articles:
        when = article.published or date(2020, 1, 2)
        rows += [
            f"{article.outlet}, [{when:%d.%m.%Y} 08:{chance.randrange(60):02d}]",
            article.title,
            "",
            *_blocks(article),
        ]
    return rows


def digest(articles: Sequence[ExportedArticle], chance: random.Random) -> Rows:
    """A digest of a mailing list."""
    rows: Rows = ["Today's Topics:", ""]
    rows += [f"   {number}. {article.title}" for number, article in enumerate(articles, start=1)]
    rows += ["", "", "-" * 70, ""]
    for number, article in enumerate(articles, start=1):
        rows += [f"Message: {number}"]
        rows += [f"Date: {day} 08:14:22 +0200" for day in article.day("en", "EEE, dd MMM y")]
        rows += [f"From: {article.author or 'desk'} <desk@example.org>", f"Subject: {article.title}", ""]
        rows += [*_blocks(article), "-" * 30, ""]
    return [*rows, "Subject: Digest Footer", "", "_" * 47, "List mailing list", "", "*" * 43]


Layout = Callable[[Sequence[ExportedArticle], random.Random], Rows]
_TERMS = ("SUBJECT: STRIKES (90%); PORTS & HARBORS (87%); RAIL (72%)", "", "COUNTRY: FRANCE (92%)")
_ENGLISH = {
    "document": "Document {} of {}", "author": "Author", "info": "Publication info", "text": "Full text", "subject": "Subject",
    "title": "Title", "outlet": "Publication title", "date": "Publication date", "language": "Language of publication",
    "id": "ProQuest document ID",
}  # fmt: skip
_FRENCH = {
    "document": "Document {} sur {}", "author": "Auteur", "info": "Informations de publication", "text": "Texte intégral",
    "subject": "Sujet", "title": "Titre", "outlet": "Titre de la publication", "date": "Date de publication",
    "language": "Langue de publication", "id": "Identifiant de document ProQuest",
}  # fmt: skip
#: By the name of the database.
LAYOUTS: dict[str, Layout] = {
    "LexisNexis": lexis,
    "Nexis Uni": nexis_uni,
    "Factiva": _factiva("en", "By", "words", "d MMMM y", "English", "Document", "(c)"),
    "Factiva, French": _factiva("fr", "Par", "mots", "d MMMM y", "Français", "Document", "Copyright"),
    "Factiva, German": _factiva("de", "Von", "Wörter", "d. MMMM y", "Deutsch", "Dokument", "(c)"),
    "Factiva, codes": factiva_codes,
    "ProQuest": _proquest("en", "MMM d, y", _ENGLISH),
    "ProQuest, French": _proquest("fr", "d MMM y", _FRENCH),
    "Europresse": europresse,
    "PressReader": pressreader,
    "Telegram": telegram,
    "mailing list": digest,
}


def wrapped(rows: Sequence[str], width: int) -> Rows:
    """The lines broken between words at a width, as an editor does; ``width`` in characters."""
    return [part for row in rows for part in (_broken(row, width) if len(row) > width else [row])]


def _broken(row: str, width: int) -> Rows:
    return textwrap.wrap(row, width, break_on_hyphens=False) or [""]


def _blocks(article: ExportedArticle) -> Rows:
    return [row for paragraph in article.paragraphs for row in (paragraph, "")]


def _spaced(rows: Sequence[str]) -> Rows:
    return [line for row in rows for line in (row, "")]


def _sometimes(chance: random.Random, *rows: str) -> Rows:
    """The lines, or none: exports leave out what an article has not."""
    return list(rows) if chance.random() < 0.6 else []
