"""Frames and advertisements of a saved page: browsers put them in a folder beside it, named after
it."""

from __future__ import annotations

from collections.abc import Container, Iterator
from pathlib import Path, PurePosixPath

# What browsers of different languages append to the page's name, after one of these signs.
_SIGNS = "_-."
_FOLDER_TABLE = """
    file files dateien fichiers archivos arquivos ficheiros fitxers bestanden filer tiedostot pliki soubory súbory elemei
    dosyalar fajlovi datoteke fișiere fişiere failid fails bylos fitxategiak файлы файли αρχεία ملفات 文件 檔案 ファイル fld
"""
_FOLDERS = frozenset(_FOLDER_TABLE.split())
_ENDINGS = (".html", ".htm", ".xhtml", ".shtml", ".php", ".asp", ".aspx", ".jsp", "")


def page_of_frame(path: Path) -> str | None:
    """The saved page that a file on disk belongs to; ``None`` for a page of its own."""
    for folder in path.parents:
        for page in _pages_of(folder.name):
            if (folder.parent / page).is_file():
                return page
    return None


def page_of_member(name: str, seen: Container[str]) -> str | None:
    """The same of a member of an archive.

    Args:
        name: of the member, with those of the folders it is in.
        seen: names of members that stood before it.
    """
    for folder in PurePosixPath(name).parents:
        for page in _pages_of(folder.name):
            if str(folder.parent / page) in seen:
                return page
    return None


def _pages_of(folder: str) -> Iterator[str]:
    """Names of the page whose frames may be in a folder of this name."""
    cut = max(folder.rfind(sign) for sign in _SIGNS)
    if cut > 0 and folder[cut + 1 :].casefold() in _FOLDERS:
        yield from (f"{folder[:cut]}{ending}" for ending in _ENDINGS)
