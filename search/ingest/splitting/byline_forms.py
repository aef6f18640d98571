"""The forms of bylines, source lines, notices of first publication and what stands around names and
dates in them."""

from __future__ import annotations

import re

BY = re.compile(
    r"^\W*(?:(?:(?:story|article|text|report|reporting|analysis|opinion|words|interview|exclusive|written|posted"
    r"|published|authored|reported|compiled)"
    r"\s+)?by\b(?!\s+the\s+(?:end|time|way)\b)\s*[:|/–-]?\s*|(?:author|authors|writer|written by)\s*[:：|]\s*"
    r"|(?:par|por)\s+(?=(?-i:[^\W\d_a-zà-ÿ]))|(?:von|di|da|av|door"
    r"|przez)\s+(?=(?-i:[^\W\d_a-zà-ÿ]\S*\s+[^\W\d_a-zà-ÿ]))|(?:auteur|autora?|autore|texto|testo|texte|redacción"
    r"|propos recueillis par|yazan|yazar|haber|kaynak yazar)\s*[:：|]\s*"
    r"|(?:автор(?:ы)?|текст|авторка)\s*[:：—–-]?\s+|(?:بقلم|كتبه|كتبها|بِقلم|به قلم|إعداد|اعداد|تقرير|تحرير|حاوره"
    r"|حاورها|حوار)\s*[:：/\-–]?\s*"
    r"|(?:كتب|كتبت)\s*(?:[:：/\-–]\s*|\s(?!ال)(?=\S+(?:\s\S+){1,3}$))|(?:الكاتب|الكاتبة|المؤلف|نویسنده|نويسنده|گزارش"
    r"|الصحافي|المحرر)\s*[:：/]\s*|(?:作者|撰文|记者|本报记者)\s*[:：|]?\s*|文\s*[/／|]\s*)",
    re.IGNORECASE,
)  # fmt: skip
TRANSLATOR = re.compile(
    r"^\W*(?:translated|translation|ترجمة|ترجمه|traduction|traduit|traducción|traducido|tradução|перевод|çeviri"
    r"|übersetz|译|责任编辑|编辑)",
    re.IGNORECASE,
)
SOURCE = re.compile(
    r"^\W*(?:sources?|via|المصدر|المصادر|مصدر|نقلا عن|نقلاً عن|fuente|fonte|quelle|источник|джерело|kaynak|منبع|来源"
    r"|文章来源|bron|źródło|kilde|källa|zdroj|izvor|источник)"
    r"\s*(?:[:：|]|\s[-–—]\s)\s*(?P<name>\S.*)$",
    re.IGNORECASE,
)  # fmt: skip
BARE_SOURCE = re.compile(
    r"^\W*(?:source|sources|المصدر|fuente|fonte|quelle|источник|kaynak|منبع|来源|link|lien|enlace|رابط)\W*$",
    re.IGNORECASE,
)
ORIGIN = re.compile(
    r"(?:originally|first|initially)\s+(?:published|appeared|posted|ran"
    r"|printed)\s+(?:\w+\s+\d+,?\s+(?:\d+\s+)?)?(?:on|by|in|at|with)\s+(?P<en>[^.|()]{2,60})"
    r"|original source of this (?:article|piece|text) is\s+(?P<src>[^|©]{2,60}?)(?=\s*(?:copyright|©|$))"
    r"|original(?:ly published)?\s*:\s*(?P<col>[^|]{2,60})"
    r"|(?:republished|reposted|reprinted|cross-?posted) (?:with permission )?(?:from|at)\s+(?P<re>[^.|()]{2,60})"
    r"|publicado (?:originalmente|por primera vez|primero|originariamente) (?:en|por|em|no|na)\s+(?P<es>[^."
    r"|()]{2,60})|(?:initialement|d'abord|d’abord|préalablement) (?:publié|paru)e? (?:sur|par|dans|en)\s+(?P<fr>[^."
    r"|()]{2,60})"
    r"|(?:zuerst|ursprünglich) (?:erschienen|veröffentlicht)? ?(?:bei|auf|in|im)\s+(?P<de>[^.|()]{2,60})"
    r"|pubblicato (?:originariamente|originalmente|per la prima volta) (?:su|in|da)\s+(?P<it>[^.|()]{2,60})"
    r"|(?:впервые|первоначально|изначально) (?:был[аои]? )?опубликован\S* (?:в|на)\s+(?P<ru>[^.|()]{2,60})"
    r"|ilk (?:olarak|kez|defa) (?P<tr>[^.|()]{2,50}?)['’]?(?:de|da|te|ta|nde|nda)? yayımlan"
    r"|(?:نشر|نشرت|نُشر)\s(?:\S+\s){0,3}(?:أصلا|أصلاً|لأول مرة|في الأصل|بداية)\s(?:في|على)\s+(?P<ar>[^.|()]{2,60})"
    r"|(?:نخستین|اولین)\s*بار در\s+(?P<fa>[^.|()]{2,50}?)\s(?:منتشر|چاپ)",
    re.IGNORECASE,
)  # fmt: skip
COPYRIGHT = re.compile(r"(?:copyright\s*(?:©|\(c\))?|©)\s*(?P<names>[^\n]{3,120})", re.IGNORECASE)
TIME = re.compile(
    r"[@\[(]?\s*\b\d{1,2}\s?[:h٫]\s?\d{2}(?::\d{2})?(?!\d)\s*(?:[ap]\.?m\.?\b)?\s*(?:\(?\b(?:GMT|UTC|EST|EDT|CET"
    r"|CEST|MSK|PST|PDT|IST|BST|KSA|ET)\b(?:\s?[+-]\d{1,2})?\)?)?\s*[)\]]?"
    r"|\b\d{1,2}\s*[ap]\.?m\b\.?|\(?\b(?:GMT|UTC)\b(?:\s?[+-]\d{1,2})?\)?|(?<=\s)[صم](?=\s|$)",
    re.IGNORECASE,
)  # fmt: skip
LABELS = re.compile(
    r"\b(?:(?:first )?published|posted|publication date|date|issued|last|updated?|modified|created|added|released"
    r"|time|publiée?|mis à jour|màj|publicad[oa]|actualizad[oa]|atualizado|veröffentlicht|stand|aktualisiert"
    r"|pubblicato|aggiornato"
    r"|опубликовано|обновлено|дата публикации|дата|yayınlanma|yayın|tarihi?|güncelleme|نشر|نُشر|تاريخ|النشر|آخر"
    r"|تحديث|التحديث|منشور|انتشار|تاریخ|بروزرسانی|الموافق لـ|الموافق|بتاريخ|يوم|في|الساعة|هـ|发布时间|时间|发布于"
    r"|(?-i:on|at|le|el|am|um|à|a las|às|в|м|ه|г|года|saat|ساعت))\b|^(?:AD|CE|AH|BC|BCE|H|Le|El|Am|م|ه)$",
    re.IGNORECASE,
)  # fmt: skip
META = re.compile(
    r"\b\d+\s*(?:min(?:ute)?s?(?: read)?|views?|comments?|shares?|reads?|تعليق\w*|مشاهد\w*|commentaires?"
    r"|comentarios?)\b",
    re.IGNORECASE,
)
SEGMENTS = re.compile(r"\s*(?:[|•·/／,;،؛<>\[\]()]|\s[-–—]+(?=\s|$)|(?:^|\s)[-–—]+\s?|[–—]{1,2}|:|“|”|\"|«|»)\s*")
FOR = re.compile(
    r"(?<!\s)\s++(?:for|pour|para|für|per|для|exclusive to|special to|writing for|في|на)\s++(?=(?:the\s++)?[^\W\d_])",
    re.IGNORECASE,
)
AFTER_NAME = re.compile(
    r"\s*(?:,|\||–|—|\s-|\(|\bin\s(?=[A-Z])|\bà\s(?=[A-Z])|\bwith permission\b|\bspecial to\b|\bsenior\b"
    r"|\bstaff writer\b|\bcorrespondent\b|\btranslated\b|\bon\s(?=\d|[A-Z])|\s@).*$"
)
TRAILING_LABELS = re.compile(r"\s(?:on|at|le|el|am|à|в|في|published|posted|updated)$")
GENERIC = frozenset(
    [
        "staff",
        "agencies",
        "agency",
        "reporter",
        "editor",
        "desk",
        "newsroom",
        "редакция",
        "redaction",
        "rédaction",
        "redacción",
    ]
)
ACCOUNT = re.compile(r"^by\s+[^\W\dA-Z]\S*$")  # the name a blog knows its poster by
