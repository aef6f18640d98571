"""RIS and BibTeX, for programs that manage references."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bibtexparser.entrypoint import write_string
from bibtexparser.library import Library
from bibtexparser.model import Entry, Field
from rispy.writer import RisWriter

from search.countries.names import country_name
from search.exporting.article import ExportedArticle
from search.exporting.origin import ExportOrigin

_DATE_PARTS = ("year", "month", "day")
_TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "&": r"\&",
        "%": r"\%",
        "$": r"\$",
        "#": r"\#",
        "_": r"\_",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "\n": " ",
        "\r": " ",
    }
)


def ris_pieces(origin: ExportOrigin, articles: Iterable[ExportedArticle]) -> Iterator[str]:
    """A reference of type NEWS for each article."""
    for number, article in enumerate(articles, 1):
        written: str = _Numbered(number).formats([_ris(article, origin)])
        yield written


class _Numbered(RisWriter):  # type: ignore[misc]  # rispy has no types
    """Writes one reference of several, under its number."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number

    def set_header(self, count: int) -> str:
        """The line above the reference."""
        return f"{self._number}."


def _ris(article: ExportedArticle, origin: ExportOrigin) -> dict[str, object]:
    values = {
        "type_of_reference": "NEWS",
        "id": f"corpus-{article.id}",
        "title": _on_one_line(article.title),
        "authors": [_on_one_line(name) for name in article.authors],
        "secondary_title": article.outlet,
        "year": article.published[:4],
        "date": article.published.replace("-", "/"),
        "language": article.language,
        "keywords": [country_name(code, "en") for code in article.countries],
        "abstract": _on_one_line(article.text),
        "urls": [address for address in (article.address, article.page) if address],
        "access_date": f"{origin.made_at:%Y/%m/%d}",
        "name_of_database": f"Corpus {origin.collection}",
        "notes": [f"Found by: {_on_one_line(origin.told)}"],
    }
    return {name: value for name, value in values.items() if value}


def bibtex_pieces(origin: ExportOrigin, articles: Iterable[ExportedArticle]) -> Iterator[str]:
    """An entry for each article, after a comment on what they are."""
    yield f"@comment{{{tex(origin.told)}; index {origin.index}; collection {origin.collection}}}\n\n"
    for article in articles:
        yield write_string(Library([_bibtex(article, origin)]))


def _bibtex(article: ExportedArticle, origin: ExportOrigin) -> Entry:
    dated = dict(zip(_DATE_PARTS, article.published.split("-"), strict=False)) if article.published else {}
    values = {
        "title": f"{{{tex(article.title)}}}",
        "author": " and ".join(_bibtex_name(name) for name in article.authors),
        "journal": tex(article.outlet),
        **dated,
        "url": (article.address or article.page).replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C"),
        "urldate": f"{origin.made_at:%Y-%m-%d}",
        "langid": article.language,
        "note": tex(article.page) if article.address else "",
    }
    fields = [Field(name, value) for name, value in values.items() if value]
    return Entry("article", f"corpus{article.id}", fields)


def _bibtex_name(name: str) -> str:
    """Names of other scripts stay as they are written: nobody can tell which of their words is the
    family's."""
    written = tex(name)
    return written if name.isascii() and " and " not in name else f"{{{written}}}"


def tex(text: str) -> str:
    """Text with nothing in it that TeX takes for a command."""
    return "".join(char for char in text.translate(_TEX) if char >= " ")


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
