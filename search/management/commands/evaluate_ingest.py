"""`manage.py evaluate_ingest`: what ingest's labels are worth, and whether that is more or less
than last time."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from search.evaluation.counts import Figure
from search.evaluation.history import Values, add_values, last_values
from search.evaluation.parts import PARTS, NotMeasurable
from search.management.examples import ExamplesCommand
from search.management.terminal import on_one_line

DEFAULT_DATA = Path(settings.BASE_DIR).parent / "shared"
#: Differences below this are shown as none.
SHOWN = 0.0005
EXAMPLES = """Examples:
  manage.py evaluate_ingest                          all parts, compared with the last evaluation
  manage.py evaluate_ingest --only Reuters speed       some parts
  manage.py evaluate_ingest --json figures.json --fail-below

FOLDER holds seeds/ (pages of text and gold.json) and data/ (a folder a collection); what is absent is left out.
Nothing is written to the database, and nothing in it changes the figures.
"""


class Command(ExamplesCommand):
    """Measures each part, prints its figures beside the last ones, and keeps them."""

    help = "Measure the labels that ingest makes against collections labelled by hand, and compare with the last time."
    examples = EXAMPLES
    of_collection = False

    def add_arguments(self, parser: CommandParser) -> None:
        """The options of the command."""
        parser.add_argument("--data", type=Path, default=DEFAULT_DATA, metavar="FOLDER", help="default: ../shared")
        parser.add_argument(
            "--only", nargs="+", metavar="PART", choices=[part.name for part in PARTS], help="these parts"
        )
        parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures here")
        parser.add_argument(
            "--history",
            type=Path,
            metavar="FILE",
            help="where figures are kept (default: evaluate_ingest.jsonl in the data directory)",
        )
        parser.add_argument("--fail-below", action="store_true", help="exit code 1 when a figure is below its aim")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Measure. Raises CommandError when nothing could be, or with --fail-below when a figure is
        below its aim."""
        history = options["history"] or Path(settings.CORPUS_DATA_DIR) / "evaluate_ingest.jsonl"
        when, before = last_values(history) or ("", {})
        if when:
            self.stdout.write(f"compared with {when}")
        values: Values = {}
        below = []
        for part in PARTS:
            if options["only"] and part.name not in options["only"]:
                continue
            absent = [need for need in part.needs if not (options["data"] / need).exists()]
            if absent:
                self.stdout.write(f"{part.name}: left out, there is no {on_one_line(str(options['data'] / absent[0]))}")
                continue
            try:
                figures = part.measure(options["data"])
            except NotMeasurable as reason:
                self.stdout.write(f"{part.name}: left out, {on_one_line(str(reason))}")
                continue
            self._say(part.name, figures, before.get(part.name, {}))
            values[part.name] = {figure.name: round(figure.value, 4) for figure in figures}
            below += [f"{part.name}, {figure.name}" for figure in figures if figure.below]
        if not values:
            raise CommandError("nothing was measured. Remedy: name the folder with seeds/ and data/ in --data")
        try:
            # Parts that were not measured keep their last figures, to be compared with later.
            add_values(history, timezone.now(), before | values)
            if options["json"]:
                options["json"].write_text(json.dumps(values, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        except OSError as error:
            raise CommandError(f"the figures cannot be written: {error}. Remedy: name another file") from error
        if below and options["fail_below"]:
            raise CommandError(f"below the aim: {'; '.join(below)}")

    def _say(self, part: str, figures: list[Figure], before: dict[str, float]) -> None:
        self.stdout.write(part)
        for figure in figures:
            aim = "" if figure.aim is None else f"  aim {_shown(figure.aim)}{' MISSED' if figure.below else ''}"
            self.stdout.write(f"  {figure.name:<48} {_shown(figure.value):>8}  {_change(figure, before):>8}{aim}")
        self.stdout.flush()


def _shown(value: float) -> str:
    return f"{value:,.0f}" if value > 10 else f"{value:.4f}"


def _change(figure: Figure, before: dict[str, float]) -> str:
    if figure.name not in before:
        return "new"
    change = figure.value - before[figure.name]
    if abs(change) < SHOWN:
        return "±0"
    return f"{change:+,.0f}" if figure.value > 10 else f"{change:+.4f}"
