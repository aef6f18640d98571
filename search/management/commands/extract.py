"""`manage.py extract`: labels made again for the articles in the database."""

from __future__ import annotations

import argparse
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from search.ingest.relabelling.changes import Changes, Kind
from search.ingest.relabelling.run import RelabellingOptions, RelabellingProgress, RelabellingSummary, run_relabelling
from search.management.examples import ExamplesCommand
from search.management.progress import count_bar
from search.management.terminal import on_one_line

EXAMPLES = """Examples:
  manage.py extract --dry-run                        what would change, after the gazetteer or a rule was changed
  manage.py extract --only countries                 countries and what stories are about, nothing else
  manage.py extract --since 2020-10-01 --report changes.json

What people decided is never touched: fields they edited, mentions they added or rejected, dates they set.
Running the same command again after an interruption goes on where it stopped, unless a rule was changed meanwhile.
"""


class Command(ExamplesCommand):
    """Labels every article by the present rules, writes what differs, and says what that was."""

    help = "Find countries, languages and dates of the articles in the database again, by the present rules."
    examples = EXAMPLES

    def add_arguments(self, parser: CommandParser) -> None:
        """The options of the command."""
        parser.add_argument(
            "--only", nargs="+", choices=[str(kind) for kind in Kind], metavar="KIND",
            help="countries, language, dates, stories (default: all but stories)",
        )  # fmt: skip
        parser.add_argument(
            "--since",
            type=_day,
            metavar="DATE",
            help="only articles taken in or changed since (YYYY-MM-DD); stories are always grouped among all",
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would change and write nothing")
        parser.add_argument("--report", type=Path, metavar="FILE", help="write all changes, as JSON")
        parser.add_argument("--workers", type=int, default=1, metavar="N", help="processes (default: 1)")
        parser.add_argument("--restart", action="store_true", help="begin anew where an earlier run was stopped")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Run and say what changed. Raises CommandError when the run cannot go on."""
        if not 1 <= options["workers"] <= 64:
            raise CommandError("--workers takes a number from 1 to 64")
        if options["since"] and options["only"] == ["stories"]:
            raise CommandError("stories are grouped among all articles. Remedy: leave --since out")
        asked = RelabellingOptions(
            since=options["since"],
            dry_run=options["dry_run"],
            report=options["report"],
            workers=options["workers"],
            restart=options["restart"],
            **({"kinds": frozenset(map(Kind, options["only"]))} if options["only"] else {}),
        )
        with ExitStack() as bars:
            progress = RelabellingProgress()

            def begin(total: int) -> None:
                progress.done = bars.enter_context(count_bar("extract", shown=options["verbosity"] > 0, total=total))

            progress.start = begin
            try:
                summary = run_relabelling(asked, progress)
            except KeyboardInterrupt:
                raise CommandError("interrupted; run the same command again to go on", returncode=130) from None
        self._say(summary, dry_run=options["dry_run"])

    def _say(self, summary: RelabellingSummary, *, dry_run: bool) -> None:
        if summary.resumed_after:
            self.stdout.write(f"went on after article {summary.resumed_after}, where an earlier run was stopped")
        self._say_changes(summary.changes, dry_run=dry_run)
        for article, reason in summary.too_slow:
            self.stderr.write(f"article {article} was left as it is: {reason}")
        if summary.index_trouble:
            raise CommandError(f"the labels are in the database, but not all in the index: {summary.index_trouble}")

    def _say_changes(self, changes: Changes, *, dry_run: bool) -> None:
        counted = ", ".join(f"{count:,} {what}" for what, count in sorted(changes.counts.items())) or "nothing"
        verb = "would change" if dry_run else "changed"
        self.stdout.write(f"{changes.articles:,} articles looked at, {verb}: {counted}")
        for what, examples in sorted(changes.examples.items()):
            self.stdout.write(what)
            for change in examples:
                self.stdout.write(f"  {on_one_line(str(change))}")
            more = changes.counts[what] - len(examples)
            if more:
                self.stdout.write(f"  … and {more:,} more; --report FILE lists all")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day; write it as 2021-05-31") from None
