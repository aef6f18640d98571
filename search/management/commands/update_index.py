"""`manage.py update_index`: the index catches up with the database."""

from __future__ import annotations

from typing import Any

from search.index.upkeep import bring_up_to_date
from search.management.examples import ExamplesCommand
from search.management.progress import count_bar


class Command(ExamplesCommand):
    """Applies what waits in the outbox."""

    help = (
        "Write to the index every change that it has not seen yet (after a crash, or after a time without an index). "
        "Where there is no index, one is built."
    )
    examples = "Examples:\n  manage.py update_index\n"

    def handle(self, *_args: Any, **options: Any) -> None:
        """Apply. Raises CommandError with the remedy when the index cannot be written."""
        with count_bar("index", shown=options["verbosity"] > 1) as progress:
            applied = bring_up_to_date(progress, compact=True)
        self.stdout.write(f"index up to date, {applied:,} changes applied" if applied else "index up to date")
