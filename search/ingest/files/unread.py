"""Files that are not read: what they are by their names, and what to do."""

from __future__ import annotations

import os
from collections.abc import Mapping

_AS_DOCX, _AS_CSV = "save it as DOCX", "save it as XLSX or CSV"
_OUT = "unpack it first"
#: Endings of names: what the file is, and what makes it one that is read.
_KINDS: Mapping[tuple[str, ...], tuple[str, str]] = {
    (".doc", ".dot"): ("document of Word 97–2003", _AS_DOCX),
    (".odt", ".fodt", ".wpd", ".wps", ".pages"): ("document of another office program", _AS_DOCX),
    (".xls", ".xlsb", ".ods", ".numbers"): ("workbook of another kind", _AS_CSV),
    (".ppt", ".pptx", ".odp", ".key"): ("presentation", "save its text as TXT or DOCX"),
    (".epub", ".mobi", ".azw3", ".djvu"): ("book", "convert it to HTML or DOCX"),
    (".msg", ".pst", ".ost"): ("mail of Outlook", "export it as EML or MBOX"),
    (".7z", ".rar", ".ace", ".lz", ".lzma", ".zst", ".br", ".z", ".cab"): ("archive that is not unpacked", _OUT),
    (".webarchive", ".maff"): ("page saved by Safari or an old Firefox", "save it as HTML or MHTML"),
    (".parquet", ".feather", ".arrow", ".orc", ".avro", ".pkl", ".pickle", ".rds", ".rdata", ".dta", ".sav", ".h5"): (
        "table of a program for data", "write it as JSON lines or CSV"),
    (".db", ".sqlite", ".sqlite3", ".mdb", ".accdb", ".sql", ".dump", ".bson"): (
        "database", "export the articles as JSON lines or CSV"),
    (".jpg", ".jpeg", ".png", ".gif", ".webp", ".tif", ".tiff", ".bmp", ".svg", ".heic", ".ico", ".avif"): (
        "picture", "a scan needs OCR; save its text as TXT"),
    (".mp3", ".wav", ".ogg", ".m4a", ".mp4", ".mkv", ".mov", ".avi", ".webm"): ("sound or film", "save its text as TXT or SRT as TXT"),
    (".css", ".js", ".mjs", ".woff", ".woff2", ".ttf", ".map"): ("part of a web page", "nothing to read"),
    (".py", ".r", ".ipynb", ".sh", ".bat", ".exe", ".dll", ".c", ".java"): ("program", "nothing to read"),
    (".log", ".ini", ".toml", ".yaml", ".yml", ".cfg", ".lock", ".cdx", ".cdxj", ".idx"): ("settings or a list of a program", "nothing to read"),
    (".json", ".xml", ".rdf"): ("JSON without articles, or XML that is no feed",
        "name its fields, as --format json --map text=NAME"),
    (".md", ".markdown"): ("note on its folder", "name it itself with --format markdown"),
}  # fmt: skip
_BY_ENDING = {ending: told for endings, told in _KINDS.items() for ending in endings}


def why_unread(name: str) -> str:
    """What a file that is not read is, and what to do.

    Args:
        name: of the file, with those of the archives it is in.
    """
    ending = os.path.splitext(name.lower())[1]
    if ending in _BY_ENDING:
        what, remedy = _BY_ENDING[ending]
        return f"{what}: {remedy}"
    kind = f"of the unknown kind {ending!r}" if ending else "of no kind that its name or content tells"
    return f"{kind}: --format KIND reads it if it is one of those that are read"
