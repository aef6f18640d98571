"""`manage.py export`: everything that a question finds, as a file."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser

from search.atomic_file import take_place
from search.exporting.export import Site, export_of
from search.exporting.formats import FORMATS
from search.management.examples import ExamplesCommand
from search.management.progress import count_bar
from search.management.questions import add_question_options, question_asked


class Command(ExamplesCommand):
    """Asks as `search` does."""

    help = "Write everything that a question finds to a file. Options are those of `search`."
    examples = (
        "Examples:\n"
        "  manage.py export 'peace talks' --format csv --output talks.csv\n"
        "  manage.py export --country AM --date-from 2020-10 --format bibtex > october.bib\n"
        "  manage.py export --format jsonl --base-url https://news.example.org | gzip > all.jsonl.gz\n"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The options of the command."""
        add_question_options(parser, paged=False)
        parser.add_argument("--format", choices=list(FORMATS), default="csv", help="of the file (default: csv)")
        parser.add_argument("--output", metavar="FILE", type=Path, help="where to write it (default: standard output)")
        parser.add_argument("--base-url", default="", metavar="URL", help="of the site, for the addresses in the file")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write it. Raises CommandError for a value that cannot be decoded, an index that cannot
        answer, and a file that cannot be written."""
        base = options["base_url"].rstrip("/")
        site = Site(lambda path: f"{base}{path}", settings.VERSION)
        made = export_of(question_asked(options), FORMATS[options["format"]], site)
        with _written(options["output"]) as write, count_bar("export", shown=True, total=made.articles) as moved:
            for number, piece in enumerate(made.pieces):
                write(piece.encode("utf-8", "replace"))
                moved(min(1, number))
        self.stderr.write(f"{made.articles:,} articles exported.")


@contextmanager
def _written(path: Path | None) -> Iterator[Callable[[bytes], object]]:
    """Writes to a file that takes its place when it is whole, or to standard output."""
    if path is None:
        yield sys.stdout.buffer.write
        sys.stdout.flush()
        return
    beside = path.with_name(f"{path.name}.new")
    try:
        with beside.open("wb") as file:
            yield file.write
            take_place(file, beside, path)
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}. Remedy: name a file that can be written.") from error
    finally:
        beside.unlink(missing_ok=True)
