"""`manage.py load_fixtures`: Django fixtures into the database and the index."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import serializers
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.core.management.base import CommandError, CommandParser
from django.core.serializers.base import DeserializationError
from django.db import transaction

from search.database_errors import refuses_record, said_by, trouble_behind
from search.index.belonging import require_belonging
from search.index.outbox import deferred_indexing
from search.index.upkeep import bring_up_to_date
from search.management.examples import ExamplesCommand
from search.management.terminal import on_one_line
from search.models import Article, CountryMention
from search.selectors import LARGEST_KEY

#: What a fixture raises whose objects are not what they should be.
_WRONG = (DeserializationError, ObjectDoesNotExist, ValidationError, ValueError, TypeError)


class Command(ExamplesCommand):
    """Loads fixtures and indexes what they hold."""

    help = "Load Django fixtures from fixtures/ (all of them, or those named) and index their articles."
    examples = "Examples:\n  manage.py load_fixtures\n  manage.py load_fixtures demo\n"

    def add_arguments(self, parser: CommandParser) -> None:
        """The options of the command."""
        parser.add_argument("names", nargs="*", metavar="NAME", help="name of a fixture, without .json (default: all)")
        parser.add_argument("--if-empty", action="store_true", help="do nothing where there are articles already")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Load. Raises CommandError for a name there is none of, and for what cannot be loaded."""
        available = _available()
        names = [name.removesuffix(".json") for name in options["names"]] or sorted(available)
        unknown = [name for name in names if name not in available]
        if unknown:
            there = ", ".join(sorted(available)) or "none"
            raise CommandError(f"no fixture named {', '.join(unknown)}. Those there are: {there}")
        if not names:
            self.stdout.write("there are no fixtures to load")
            return
        if options["if_empty"] and Article.objects.exists():
            return
        require_belonging()
        self._load([available[name] for name in names])

    def _load(self, paths: list[Path]) -> None:
        with deferred_indexing(), transaction.atomic():
            loaded = sum(_load_new(path) for path in paths)
        bring_up_to_date()
        fixtures = on_one_line(", ".join(path.stem for path in paths))
        self.stdout.write(f"{fixtures}: {loaded:,} new articles; those that were there already stay as they are")


def _load_new(path: Path) -> int:
    """Write what the database does not have; returns how many articles. What people changed or
    removed since stays so.

    Raises CommandError, naming the object, for one that cannot be written.
    """
    fresh: set[int] = set()
    articles = number = 0
    try:
        with path.open(encoding="utf-8") as file:
            for item in serializers.deserialize("json", file):
                number += 1
                row = item.object
                _require_key(row.pk)
                known = row.pk is not None and type(row)._default_manager.filter(pk=row.pk).exists()
                if known or (isinstance(row, CountryMention) and row.article_id not in fresh):
                    continue
                item.save()
                if isinstance(row, Article):
                    fresh.add(row.pk)
                    articles += 1
    except Exception as error:
        if trouble_behind(error) or not (isinstance(error, _WRONG) or refuses_record(error)):
            raise
        raise CommandError(
            f"the fixtures were not loaded, the database is as it was: {path.name}, {_place(number, error)}. "
            "Remedy: correct the fixture"
        ) from error
    return articles


def _require_key(key: object) -> None:
    """Raises ValueError for a key that no row can have: addresses name articles by keys from 1
    on."""
    if isinstance(key, int) and not 0 < key <= LARGEST_KEY:
        raise ValueError(f"{key} is no key; keys are whole numbers from 1 to {LARGEST_KEY}")


def _place(number: int, error: Exception) -> str:
    """Which object it is, and what is wrong with it; Django wraps what it could not read without a
    word of its own."""
    at = number + 1 if isinstance(error, DeserializationError) else number
    return f"object {at}: {said_by(error if str(error) else error.__cause__ or error)}"


def _available() -> dict[str, Path]:
    return {path.stem: path for folder in settings.FIXTURE_DIRS for path in sorted(Path(folder).glob("*.json"))}
