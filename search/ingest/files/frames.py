"""Frames and advertisements of a saved page: browsers put them in a folder beside it, named after
it."""

from __future__ import annotations

import re
from collections.abc import Container
from pathlib import Path, PurePosixPath

# What browsers of different languages append to the page's name.
_FOLDER = re.compile(
    r"(?P<stem>.+)(?:[_.-](?:files?|dateien|fichiers|archivos|arquivos|ficheiros|fitxers|file-?uri|bestanden|filer|tiedostot|pliki"
    r"|soubory|súbory|elemei|dosyalar|fajlovi|datoteke|fi[sș]iere|failid|fails|bylos|fitxategiak|файлы|файли|archivy|αρχεία"
    r"|ملفات|文件|檔案|ファイル)|\.fld|\.files)",
    re.IGNORECASE,
)
_ENDINGS = (".html", ".htm", ".xhtml", ".shtml", ".php", ".asp", ".aspx", ".jsp", "")


def page_of_frame(path: Path) -> str | None:
    """The saved page that a file on disk belongs to; ``None`` for a page of its own."""
    for folder in path.parents:
        match = _FOLDER.fullmatch(folder.name)
        if match:
            for ending in _ENDINGS:
                if (folder.parent / f"{match['stem']}{ending}").is_file():
                    return f"{match['stem']}{ending}"
    return None


def page_of_member(name: str, seen: Container[str]) -> str | None:
    """The same of a member of an archive.

    Args:
        name: of the member, with those of the folders it is in.
        seen: names of members that stood before it.
    """
    for folder in PurePosixPath(name).parents:
        match = _FOLDER.fullmatch(folder.name)
        if match:
            for ending in _ENDINGS:
                if f"{folder.parent / match['stem']}{ending}" in seen:
                    return f"{match['stem']}{ending}"
    return None
