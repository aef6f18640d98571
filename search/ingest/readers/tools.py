"""Which tool wrote a record, and where in it the fields of an article stand: `data/tools.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from search.folding import fold
from search.ingest.limits import MAX_LISTED_PARTS

_TABLE = Path(__file__).parent / "data" / "tools.toml"
_NOT_LETTERS = re.compile(r"[\W_]+")
_MAX_KEYS = 200


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool's name, what its records are known by, and the paths of each field, the best first."""

    name: str
    known_by: tuple[str, ...]
    paths: Mapping[str, tuple[str, ...]]


def name_key(name: str) -> str:
    """A name as names are compared: without case, accents, blanks and punctuation."""
    return _NOT_LETTERS.sub("", fold(name))


@lru_cache(maxsize=1)
def all_tools() -> tuple[Tool, ...]:
    """The table, those known by most first."""
    table = tomllib.loads(_TABLE.read_text(encoding="utf-8"))
    tools = [
        Tool(name, tuple(row.pop("known_by")), {field: tuple(paths) for field, paths in row.items()})
        for name, row in table.items()
    ]
    return tuple(sorted(tools, key=lambda tool: -len(tool.known_by)))


def tool_of_record(record: Mapping[str, Any]) -> Tool | None:
    """The tool that wrote an object."""
    return _tool_of(frozenset(_paths(record)))


def tool_of_columns(names: Iterable[str]) -> Tool | None:
    """The tool that wrote a table with these columns."""
    return _tool_of(frozenset(map(name_key, names)))


@lru_cache(maxsize=256)
def _tool_of(keys: frozenset[str]) -> Tool | None:
    return next((tool for tool in all_tools() if all(name_key(each) in keys for each in tool.known_by)), None)


def _paths(record: Mapping[str, Any]) -> Iterator[str]:
    """Names of the keys of an object, and of those one level below."""
    for key, value in list(record.items())[:_MAX_KEYS]:
        yield name_key(key)
        if isinstance(value, dict):
            yield from (name_key(f"{key}{below}") for below in list(value)[:_MAX_KEYS])


def value_at(record: Mapping[str, Any], path: str) -> Any:
    """What stands at a path of an object, ``None`` for nothing.

    ``a.b`` goes into objects, and into the objects of a list; ``a+b`` is the two texts, one after
    the other.
    """
    if "+" in path:
        parts = [
            each for each in (value_at(record, name) for name in path.split("+")) if isinstance(each, str) and each
        ]
        return "\n".join(parts) or None
    if path in record:
        return record[path]
    value: Any = record
    for step in path.split("."):
        value = _step(value, step)
        if value is None:
            # A table made of nested objects has their paths as names.
            return _named(record, path)
    return value


def _step(value: Any, step: str) -> Any:
    if isinstance(value, dict):
        return value.get(step)
    if isinstance(value, list):
        found = [each[step] for each in value[:MAX_LISTED_PARTS] if isinstance(each, dict) and each.get(step)]
        return found or None
    return None


def _named(record: Mapping[str, Any], path: str) -> Any:
    key = name_key(path)
    return next((value for name, value in list(record.items())[:_MAX_KEYS] if name_key(name) == key), None)
