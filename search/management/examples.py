"""What the commands share: help that keeps the lines of its examples, and errors of one line."""

from __future__ import annotations

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser, SystemCheckError

from search.database_errors import translated_database_errors
from search.exceptions import CorpusError
from search.index.lost import require_database
from search.management.terminal import SafeOutput, on_one_line
from search.management.waiting import told_of_waiting


class ExamplesCommand(BaseCommand):
    """A command whose `examples` stand under its help as they are written.

    It runs only where the database is, or where there was none yet, and prints nothing that steers
    a terminal.
    """

    examples = ""
    #: Whether it has to do with the collection in the data directory.
    of_collection = True

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Run; what a person can mend (the database, the index, memory) becomes a CommandError with
        its remedy."""
        self.stdout, self.stderr = SafeOutput.of(self.stdout), SafeOutput.of(self.stderr)
        for name in ("stdout", "stderr"):
            if options.get(name):
                options[name] = SafeOutput(options[name], ending="")
        try:
            with told_of_waiting(self.stderr.write), translated_database_errors():
                if self.of_collection:
                    require_database()
                return super().execute(*args, **options)
        except SystemCheckError:
            raise
        except CorpusError as error:
            raise CommandError(on_one_line(str(error))) from error
        except CommandError as error:
            error.args = (on_one_line(str(error)),)
            raise

    def create_parser(self, prog_name: str, subcommand: str, **options: Any) -> CommandParser:
        """The parser, with the examples as its last part."""
        options["formatter_class"] = argparse.RawDescriptionHelpFormatter
        return super().create_parser(prog_name, subcommand, epilog=self.examples, **options)
