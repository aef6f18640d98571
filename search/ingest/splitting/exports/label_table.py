"""What the labels of exports mean, in each of the languages that the databases write them in.

Labels of LexisNexis, Nexis Uni, Factiva, ProQuest, Europresse and PressReader. They are compared
folded (small letters, no accents), the colon aside.
"""

from __future__ import annotations

from enum import Enum, auto

from search.folding import fold


class Field(Enum):
    """What the value of a label is."""

    TITLE = auto()
    OUTLET = auto()
    """Where it stands under the text or tells more than the name, it counts less than elsewhere."""
    OUTLET_INFO = auto()
    """A name, followed by places, pages and dates."""
    AUTHOR = auto()
    DATE = auto()
    TEXT = auto()
    """The text begins, on this line or below it."""
    LEAD = auto()
    """A summary or standfirst, part of the text."""
    LENGTH = auto()
    """A number of words."""
    OTHER = auto()
    """Nothing that an article has here."""


_LABELS: dict[Field, str] = {
    Field.TITLE: "headline, title, document title, article name, titre, titre du document, titel, título, titolo, überschrift,"
    " schlagzeile, заголовок, название, العنوان, عنوان, 标题, 題名, 제목, başlık, otsikko, rubrik, tytuł, nadpis",
    Field.OUTLET: "publication, publication title, publication name, source name, journal, newspaper, nom de la source,"
    " titre de la publication, titre de publication, nom de la publication, publikationstitel, quelle, publikation,"
    " título de publicación, título de la publicación, nombre de la publicación, título da publicação, nome da publicação,"
    " titolo pubblicazione, titolo della pubblicazione, fonte, название публикации, издание, источник, المصدر, اسم المنشور,"
    " 出版物名称, 出版物标题, 来源, yayın adı, titel van publicatie, tytuł publikacji",
    Field.OUTLET_INFO: "publication info, publication information, informations de publication, información de publicación,"
    " informação da publicação, publikationsinformationen, informazioni sulla pubblicazione, сведения о публикации,"
    " 出版信息",
    Field.AUTHOR: "byline, by-line, author, authors, auteur, auteurs, autor, autoren, autores, autora, autore, autori, von,"
    " verfasser, автор, авторы, الكاتب, المؤلف, 作者, 저자, yazar, kirjoittaja, författare, auteur(s), author(s), autor(en),"
    " signature, signé par, firma",
    Field.DATE: "publication date, date, date de publication, publikationsdatum, veröffentlichungsdatum, erscheinungsdatum,"
    " datum, fecha de publicación, fecha, data de publicação, data di pubblicazione, дата публикации, дата,"
    " تاريخ النشر, التاريخ, 出版日期, 发布日期, yayın tarihi, data publikacji, pub date",
    Field.TEXT: "body, full text, text, volltext, texte intégral, texte complet, texto completo, testo integrale, testo completo,"
    " corps, corps de l'article, cuerpo, corpo, textkörper, haupttext, полный текст, текст, النص الكامل, النص, 全文, 正文, 본문,"
    " tam metin, volledige tekst, pełny tekst",
    Field.LEAD: "highlight, abstract, résumé, resumen, resumo, zusammenfassung, sommario, реферат, аннотация, الملخص, 摘要,"
    " kurzfassung, chapeau, özet",
    Field.LENGTH: "length, longueur, länge, longitud, extensión, lunghezza, comprimento, lengte, объем, длина, word count,"
    " nombre de mots, الطول, 字数",
    Field.OTHER: "section, sections, rubrique, rubrik, sección, seção, sezione, sectie, ressort, load-date, load date, update,"
    " date de chargement, fecha de carga, data de carga, dateline, series, column, edition, édition, ausgabe, edición,"
    " language, langue, sprache, idioma, lingua, taal, язык, اللغة, 语言, publication-type, publication type, type de publication,"
    " publikationstyp, tipo de publicación, document-type, document type, type de document, dokumenttyp, tipo de documento,"
    " journal code, acc-no, accession number, copyright, rights, droits d'auteur, urheberrecht, derechos de autor, dateline,"
    " graphic, graphics, photo, grafik, graphique, gráfico, notes, correction, correction-date, subject, subjects, sujet,"
    " thème, thema, materia, assunto, schlagwort, schlagwörter, soggetto, тема, company, companies, société, unternehmen,"
    " empresa, organization, organisation, organización, person, people, personne, persona, country, pays, land, país,"
    " state, city, ville, stadt, ciudad, geographic, location, lieu, ort, lugar, ubicación, industry, branche, industria,"
    " ticker, classification, classification codes, identifier / keyword, identifier, keywords, mots-clés, stichwörter,"
    " palabras clave, pages, page, seite, seiten, páginas, pagine, volume, issue, numéro, jahrgang, heft, volumen, número,"
    " number of pages, publication year, année de publication, erscheinungsjahr, año de publicación, publication subject,"
    " place of publication, lieu de publication, erscheinungsort, lugar de publicación, country of publication,"
    " pays de publication, erscheinungsland, país de publicación, publisher, éditeur, verlag, editorial, editora, editore,"
    " source type, type de source, quellentyp, tipo de fuente, tipo de fonte, language of publication,"
    " langue de publication, publikationssprache, idioma de la publicación, idioma de publicación, issn, e-issn, isbn, doi,"
    " proquest document id, identifiant de document proquest, proquest dokument-id, proquest-dokument-id,"
    " id del documento de proquest, document url, url du document, dokument-url, url del documento, last updated,"
    " dernière mise à jour, zuletzt aktualisiert, última actualización, database, base de données, datenbank, base de datos,"
    " document feature, illustrations, links, proquest links, bibliography, citation, credit, crédit, abstract (document),"
    " periodicity, périodicité, geographical coverage, couverture géographique, provenance, origin, note(s), start page,"
    " end page, first page, last page, subsection, item type, search terms, search type, narrowed by, client/matter,"
    " job number, date and time, content type, content-type, number of documents, user name, subject terms, library,"
    " company/organization, company / organization, company / organisation, location of article, section title, category,"
    " kategorie, catégorie, categoría, startpage, endpage, publication place, startseite",
}

#: Labels folded → what their values are.
LABELS: dict[str, Field] = {
    fold(label.strip()): field
    for field in reversed(Field)
    if field in _LABELS
    for label in _LABELS[field].split(",")
    if label.strip()
}

#: Codes of Factiva's "display with indexing".
CODES: dict[str, Field] = {
    "HD": Field.TITLE, "BY": Field.AUTHOR, "WC": Field.LENGTH, "PD": Field.DATE, "SN": Field.OUTLET, "LP": Field.TEXT,
    "TD": Field.TEXT, **dict.fromkeys(
        ("SE", "CR", "ET", "SC", "ED", "PG", "VOL", "LA", "CY", "CX", "RF", "CO", "IN", "NS", "RE", "IPC", "IPD", "PUB", "AN",
         "ART", "CT", "CLM", "DLN", "RST", "NS"), Field.OTHER),
}  # fmt: skip

_TELLING = (
    "load-date, load date, publication-type, publication info, publication title, proquest document id, "
    "document url, article name, start page, length, byline, longueur, länge, longitud, extensión, lunghezza, "
    "lengte, date de chargement, titre de publication, publikationstitel, título de publicación, "
    "nom de la source, source name, full text, texte intégral, volltext, texto completo, journal code, "
    "type de source, source type, publikationsinformationen, informations de publication, "
    "información de publicación, título da publicação, titolo pubblicazione, body, "
    "identifiant de document proquest, classification, word count, periodicity, périodicité"
)
#: Labels that only exports have: two of them, or one beside a start or an end, make a page one.
TELLING = frozenset(fold(label.strip()) for label in _TELLING.split(","))

#: Labels that stand at the end of a document.
CLOSING = frozenset(
    fold(label)
    for label in (
        "end page", "endpage", "load-date", "load date", "date de chargement", "fecha de carga", "publication-type",
        "publication type", "database", "base de données", "datenbank", "base de datos", "last updated",
        "dernière mise à jour", "zuletzt aktualisiert", "última actualización",
    )
)  # fmt: skip

_WORD = (
    r"words?|mots?|mot\(s\)|wörter|worte|palabras?|palavras?|parole|woorden|слов(?:а|о)?|ord|kelime|كلمة|كلمات|字|个字|단어"
    r"|słów|słowa|slov|sanaa|szó"
)
_DOCUMENT = (
    r"documents?|dokumente?|documentos?|documenti?|документ(?:ы|ов|а)?|文件|文档|وثيقة|مستند|مستندات|doküman|belge"
)
_OF = r"of|de|sur|von|di|van|из|من|av|z|/|之"
#: The line that begins a document: "1 of 5 DOCUMENTS", "Document 1 of 2".
START = rf"\W{{0,3}}(?:(?:{_DOCUMENT})\s+\d{{1,5}}\s*(?:{_OF})\s*\d{{1,5}}|\d{{1,5}}\s*(?:{_OF})\s*\d{{1,5}}\s+(?:{_DOCUMENT}))\W{{0,3}}"
#: The line that ends one: "End of Document", "Document NWSERV0020190303ef330004x".
END = (
    r"(?:end of document|fin du document|fin de document|ende des dokuments|dokumentende|fin del documento|fim do documento"
    r"|fine del documento|fine documento|einde van document|einde van het document"
    r"|конец документа|نهاية (?:المستند|الوثيقة)|文档结尾|文件结束|belgenin sonu)\W{0,3}"
)
ACCESSION = rf"[a-z]{{3,5}}[·•]\d{{8}}[·•]\S{{2,40}}|(?:{_DOCUMENT})\s+(?=\w{{0,24}}\d{{6}})[a-z0-9]{{14,40}}"
#: "214 words", alone on a line.
WORDS = rf"\d{{1,3}}(?:[., \u00a0\u202f]?\d{{3}}){{0,2}}\s?(?:{_WORD})"
RIGHTS = (
    r"(?:copyright|\(c\)\s|©|all rights reserved|tous droits réservés|alle rechte vorbehalten|todos los derechos reservados"
    r"|todos os direitos reservados|tutti i diritti riservati|все права защищены|جميع الحقوق محفوظة|版权所有|tüm hakları)"
)
#: Page numbers and what a printed page repeats.
FURNITURE = (
    r"(?:page|seite|página|pagina|стр\.?|страница|صفحة|第)\s*\d{1,5}(?:\s*(?:of|de|sur|von|di|van|из|من|/)\s*\d{1,5})?\s?页?"
    r"|[-–—]\s?\d{1,4}\s?[-–—]|\f"
)
#: Pages, editions, volumes and times, alone on a line of a head.
DETAILS = (
    rf"[^•]{{2,60}}•[^•]{{1,30}}•\s?[\d., \u00a0]{{1,9}}\s?(?:{_WORD})|"
    r"(?:pg?\.|pages?|seiten?|s\.|págs?\.?|páginas?|pagine|blz\.|стр\.)\s?\S{1,12}|volume \S{1,8}.{0,30}|\d{1,2}[:.h]\d{2}(?::\d{2})?"
    r"\s?(?:am|pm|gmt|uhr)?(?:\s[a-z]{3,4})?"
)
EDITION = r".{0,40}\b(?:edition|final|édition|ausgabe|edición|edição|edizione|editie|выпуск|طبعة)\b.{0,30}"
