"""`make messages`: collects the texts to translate from code and templates, keeps their
translations, compiles them.

Babel reads Python and Jinja2 and writes both forms of a catalogue, so nobody needs the GNU gettext
tools.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

BASE = Path(__file__).resolve().parent.parent
CATALOGUES = BASE / "search" / "locale"
KEYWORDS = {**DEFAULT_KEYWORDS, "gettext_lazy": None, "ngettext_lazy": (1, 2), "pgettext_lazy": ((1, "c"), 2)}
#: Which files are read, and how. The site's templates are Jinja2, the admin's are Django's.
METHODS = [
    ("search/**.py", "python"),
    ("corpus_app/**.py", "python"),
    ("templates/**.html", "jinja2"),
    ("search/templates/**.html", f"{__name__}:extract_django_template"),
]
# Without "silent" a template that cannot be read would count as one without texts.
OPTIONS = {"templates/**.html": {"silent": "false", "trim_blocks": "true", "lstrip_blocks": "true"}}


def extract_django_template(
    file: IO[bytes], keywords: Mapping[str, Any], comment_tags: Sequence[str], options: Mapping[str, Any]
) -> Iterable[tuple[Any, ...]]:
    """A method of Babel's: what the tags of a Django template say, by line, with function, texts
    and comments."""
    source = templatize(file.read().decode("utf-8"))
    # Django writes calls of gettext, and letters for all else; an indentation would mean something in Python.
    lines = "\n".join(line.strip() for line in source.splitlines())
    return extract_python(BytesIO(lines.encode("utf-8")), keywords, comment_tags, {"encoding": "utf-8"})


def collected() -> Catalog:
    """Every text in code and templates, with the files it is in, untranslated."""
    catalogue = Catalog(project="Corpus")
    for file, line, text, comments, context in extract_from_dir(BASE, METHODS, OPTIONS, KEYWORDS):
        catalogue.add(text, locations=[(file, line)], auto_comments=comments, context=context)
    return catalogue


def renewed(path: Path) -> Catalog:
    """The catalogue at `path` with the texts there are now: those that stayed keep their
    translation, new ones have none."""
    with path.open("rb") as file:
        catalogue = read_po(file, locale=path.parent.parent.name)
    # A translation is never guessed from a similar text.
    catalogue.update(collected(), no_fuzzy_matching=True, update_creation_date=False)
    return catalogue


def main() -> None:
    """Renew each catalogue and say what is left to translate."""
    for path in sorted(CATALOGUES.glob("*/LC_MESSAGES/django.po")):
        catalogue = renewed(path)
        with path.open("wb") as file:
            write_po(file, catalogue, width=0, sort_output=True, ignore_obsolete=True, include_lineno=False)
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, catalogue)
        left = [message.id for message in catalogue if message.id and not (message.string and all(message.string))]
        sys.stdout.write(f"{path.relative_to(BASE)}: {len(catalogue)} texts, {len(left)} to translate\n")
        sys.stdout.writelines(f"  {text}\n" for text in left)


if __name__ == "__main__":
    main()
