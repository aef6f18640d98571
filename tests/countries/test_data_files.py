"""A data file that is missing is an error that names it; no country goes unfound in silence."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from search.countries import (
    company,
    contexts,
    dateline,
    gazetteer,
    inflection,
    names,
    nationalities,
    persons,
    readings,
    short_forms,
)
from search.countries.check import check_gazetteer
from search.countries.gazetteer import load_pack, pack_settings
from search.countries.tables import DATA
from search.names import persons as person_names

# Each keeps what it read; what is wrapped reads anew.
LOADERS: dict[str, list[Callable[[], Any]]] = {
    "cities.tsv": [dateline._places.__wrapped__],
    "cldr_cities.tsv": [dateline._places.__wrapped__],
    "cldr_names.tsv": [gazetteer.cldr_rows.__wrapped__],
    "contexts.tsv": [contexts._rules.__wrapped__],
    "first_names.txt": [
        lambda: persons._words.__wrapped__("first_names.txt"),
        person_names._first_names.__wrapped__,
    ],
    "given_names.txt": [persons._given_names.__wrapped__],
    "inflections.tsv": [inflection.inflections.__wrapped__],
    "language_cues.tsv": [readings._languages.__wrapped__],
    "names_around.tsv": [gazetteer._rows_around.__wrapped__],
    "organisation_words.tsv": [contexts._organisation_words.__wrapped__],
    "packs.tsv": [gazetteer.pack_settings.__wrapped__],
    "person_nouns.tsv": [nationalities._person_nouns.__wrapped__],
    "place_cues.tsv": [contexts._place_cues.__wrapped__],
    "place_words.txt": [lambda: persons._words.__wrapped__("place_words.txt")],
    "regions.tsv": [dateline._regions.__wrapped__],
    "short_forms.tsv": [short_forms._short_forms.__wrapped__],
    "small_packs.tsv": [gazetteer.small_packs.__wrapped__],
    "state_words.tsv": [company._state_words.__wrapped__],
    "world_cities.tsv": [dateline._places.__wrapped__],
}


def without(file: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let all that read data files find all but one."""
    for path in DATA.rglob("*.t*"):
        name = path.relative_to(DATA)
        if str(name) != file:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).symlink_to(path)
    for module in list(sys.modules.values()):
        if getattr(module, "DATA", None) is DATA and module.__name__.startswith("search."):
            monkeypatch.setattr(module, "DATA", folder)
    monkeypatch.setattr(person_names, "_FIRST_NAMES", folder / "first_names.txt")


def test_every_data_file_has_its_loader_here() -> None:
    assert len(pack_settings()) > 20
    assert {path.name for path in DATA.iterdir() if path.is_file()} == LOADERS.keys()
    assert {path.stem for path in (DATA / "packs").iterdir()} == pack_settings().keys()


@pytest.mark.parametrize("file", LOADERS)
def test_a_missing_table_is_an_error_that_names_it(file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for load in LOADERS[file]:
        assert load()
    without(file, tmp_path, monkeypatch)
    for load in LOADERS[file]:
        with pytest.raises(FileNotFoundError, match=file):
            load()


@pytest.mark.parametrize("pack", sorted(pack_settings()))
def test_a_missing_pack_is_an_error_that_names_it(pack: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    without(f"packs/{pack}.tsv", tmp_path, monkeypatch)
    for load in (lambda: load_pack.__wrapped__(pack), names._codes_by_name.__wrapped__):
        with pytest.raises(FileNotFoundError, match=rf"packs/{pack}\.tsv"):
            load()
    assert f"{pack}.tsv: packs.tsv has a row for it, but there is no such file" in check_gazetteer()


def test_a_pack_that_no_row_names_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    without("", tmp_path, monkeypatch)
    (tmp_path / "packs" / "xx.tsv").write_text("FR\tname\tGaul\n")
    assert check_gazetteer() == ["xx.tsv: packs.tsv has no row for it"]
