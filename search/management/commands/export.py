"""`manage.py export`: everything that a question finds, as a file."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.management.base import CommandParser

from search.exporting.export import Site, export_of
from search.exporting.formats import FORMATS
from search.management.examples import ExamplesCommand
from search.management.progress import count_bar
from search.management.questions import add_question_options, question_asked
from search.target_file import TargetFile


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
        pieces, target = (piece.encode("utf-8", "replace") for piece in made.pieces), options["output"]
        with count_bar("export", shown=options["verbosity"] > 0, total=made.articles) as moved:
            if target is None:
                _write(pieces, sys.stdout.buffer, moved)
            else:
                with ExportFile(target) as export:
                    with export.writing():
                        _write(pieces, export.file, moved)
                    export.put_in_place()
        self.stderr.write(f"{made.articles:,} articles exported.")


class ExportFile(TargetFile):
    """The file that `--output` names."""

    what, option = "export", "--output"


def _write(pieces: Iterator[bytes], file: IO[bytes], moved: Callable[[int], None]) -> None:
    # The first piece is the head of a table, the beginning of a feed or the first article.
    for number, piece in enumerate(pieces):
        file.write(piece)
        moved(min(1, number))
    file.flush()
