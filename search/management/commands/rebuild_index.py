"""`manage.py rebuild_index`: a new index beside the live one, swapped in when it is whole."""

from __future__ import annotations

import time
from typing import Any

from search.index.generations import rebuild_index
from search.management.examples import ExamplesCommand
from search.management.progress import count_bar
from search.models import Article


class Command(ExamplesCommand):
    """Builds the index anew from the database."""

    help = (
        "Build a new index of the whole database beside the live one and swap it in; searches go on meanwhile. "
        "If it fails, the live index stays."
    )
    examples = "Examples:\n  manage.py rebuild_index\n"

    def handle(self, *_args: Any, **options: Any) -> None:
        """Build. Raises CommandError when another build runs or the index cannot be written."""
        started = time.monotonic()
        total = Article.objects.visible().count()
        with count_bar("rebuild", shown=options["verbosity"] > 0, total=total) as progress:
            count = rebuild_index(progress)
        seconds = time.monotonic() - started
        self.stdout.write(
            f"{count:,} articles indexed in {seconds:.1f} s ({count / max(seconds, 0.001):,.0f} articles/s)"
        )
