"""`manage.py check_index`: whether index and database agree."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser

from search.index.belonging import require_belonging
from search.index.checking import IndexCheck, check_index, queue_repairs
from search.index.upkeep import bring_up_to_date
from search.management.examples import ExamplesCommand

SHOWN_IDS = 20


class Command(ExamplesCommand):
    """Compares ids and contents, entry by entry."""

    help = (
        "Compare every entry of the index with the database: missing, stale (other contents) and orphaned (deleted or "
        "hidden articles). Exit code 0 only when all agree."
    )
    examples = "Examples:\n  manage.py check_index\n  manage.py check_index --repair\n"

    def add_arguments(self, parser: CommandParser) -> None:
        """The options of the command."""
        parser.add_argument("--repair", action="store_true", help="mend what differs, then compare again")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Compare. Raises CommandError when anything differs or the index cannot be read."""
        require_belonging()
        check = check_index()
        self._say(check)
        if options["repair"] and not check.agrees:
            queue_repairs(check)
            bring_up_to_date()
            check = check_index()
            self.stdout.write("after the repair:")
            self._say(check)
        if not check.agrees:
            raise CommandError("index and database differ. Remedy: manage.py check_index --repair")

    def _say(self, check: IndexCheck) -> None:
        self.stdout.write(f"{check.agreeing:,} entries agree")
        for name in ("missing", "stale", "orphaned"):
            ids: tuple[int, ...] = getattr(check, name)
            shown = ", ".join(map(str, ids[:SHOWN_IDS]))
            more = f" and {len(ids) - SHOWN_IDS:,} more" if len(ids) > SHOWN_IDS else ""
            self.stdout.write(f"{len(ids):,} {name}{f': {shown}{more}' if ids else ''}")
        if check.waiting:
            self.stdout.write(
                f"{len(check.waiting):,} wait for the process that writes articles now, and are not counted"
            )
