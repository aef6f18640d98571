"""Files of office programs are zip archives of XML: what is looked at before they are opened."""

from __future__ import annotations

import io
import zipfile

from search.exceptions import ReadError
from search.ingest.limits import MAX_OFFICE_MEMBERS, MAX_OFFICE_UNPACKED_BYTES

_HEAD_BYTES = 4_096


def checked_office_zip(data: bytes, kind: str) -> io.BytesIO:
    """The file, ready for its library.

    Args:
        data: all of it.
        kind: what it is, for people.

    Raises:
        ReadError: no such file, damaged, or made to fill the memory.
    """
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise ReadError(
            f"no {kind} but one of an old office program, or one with a password. Remedy: save it as {kind}"
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > MAX_OFFICE_MEMBERS or sum(each.file_size for each in members) > MAX_OFFICE_UNPACKED_BYTES:
                raise ReadError(f"the {kind} unpacks to more than {MAX_OFFICE_UNPACKED_BYTES // 1024**2} MB")
            for each in members:
                if each.filename.endswith((".xml", ".rels")):
                    with archive.open(each) as stream:
                        head = stream.read(_HEAD_BYTES).replace(b"\x00", b"")
                    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
                        raise ReadError(f"the {kind} declares entities of its own, which are refused")
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        raise ReadError(f"no {kind} that can be read: {str(error)[:100]}") from error
    return io.BytesIO(data)
