"""Every regular expression of the project, with where it was found: in modules, classes, tables and
calls."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from functools import _lru_cache_wrapper
from pathlib import Path
from types import FunctionType, MethodType, ModuleType
from typing import Any

import search
from search.countries.gazetteer import load_pack

PACKS = Path(search.__file__).parent / "countries" / "data" / "packs"
# Calls of `re` with a pattern put together at the call; nothing else may be called so.
BUILT_AT_CALL = {
    "search.analysis.terms": "a character class and a plus, over the table of all characters",
    "search.dates.reading": "words of a table before a space, without repeats",
}


def modules() -> Iterator[ModuleType]:
    """All modules of the project."""
    for info in pkgutil.walk_packages(search.__path__, "search."):
        if ".migrations" not in info.name:
            yield importlib.import_module(info.name)


def all_patterns() -> dict[str, re.Pattern[Any]]:
    """The patterns by the first place where each was found."""
    collector = _Collector()
    for module in modules():
        for name, value in list(vars(module).items()):
            if not name.startswith("__"):
                collector.look(value, f"{module.__name__}.{name}")
    for place, pattern in _tails():
        collector.look(pattern, place)
    for module in modules():
        for place, pattern in _literals(module):
            collector.look(pattern, place)
    return {place: pattern for pattern, place in collector.found.items()}


def unread_calls() -> list[str]:
    """Calls of functions of `re` whose pattern is neither a literal nor compiled at import nor
    known here."""
    return [
        f"{module.__name__}:{call.lineno}"
        for module in modules()
        for call in _calls(module)
        if call.func.attr not in ("compile", "escape", "purge")  # type: ignore[attr-defined]
        and not isinstance(call.args[0], ast.Constant)
        and module.__name__ not in BUILT_AT_CALL
    ]


def _calls(module: ModuleType) -> Iterator[ast.Call]:
    assert module.__file__
    for node in ast.walk(ast.parse(Path(module.__file__).read_text(encoding="utf-8"))):
        function = getattr(node, "func", None)
        if (
            isinstance(node, ast.Call)
            and isinstance(function, ast.Attribute)
            and isinstance(function.value, ast.Name)
            and function.value.id == "re"
            and node.args
        ):
            yield node


def _tails() -> Iterator[tuple[str, re.Pattern[Any]]]:
    """What follows the literals of the gazetteer, compiled when first needed: one of each form,
    whatever its words."""
    forms: dict[str, str] = {}
    for path in sorted(PACKS.glob("*.tsv")):
        for candidates in load_pack(path.stem).candidates:
            for entry, _ in candidates:
                forms.setdefault(re.sub(r"[^\W\d_]+", "a", entry.tail), entry.tail)
    for tail in filter(None, forms.values()):
        yield f"search.countries.gazetteer.load_pack: {tail}", re.compile(tail)


def _literals(module: ModuleType) -> Iterator[tuple[str, re.Pattern[Any]]]:
    for call in _calls(module):
        text, method = call.args[0], call.func.attr  # type: ignore[attr-defined]
        if method != "compile" and isinstance(text, ast.Constant):
            flags = next((each.value for each in call.keywords if each.arg == "flags"), None)
            ignore = re.IGNORECASE if flags is not None and "IGNORECASE" in ast.unparse(flags) else 0
            yield f"{module.__name__}: re.{method}({text.value!r})", re.compile(text.value, ignore)


class _Collector:
    def __init__(self) -> None:
        self.found: dict[re.Pattern[Any], str] = {}
        self._seen: dict[int, Any] = {}  # holds them, so that no address is used again

    def look(self, value: Any, place: str) -> None:
        """Note the patterns in a value and in all that it holds, as far as that is the project's."""
        if isinstance(value, re.Pattern):
            self.found.setdefault(value, place)
            return
        if value is None or isinstance(value, str | bytes | int | float | ModuleType) or id(value) in self._seen:
            return
        self._seen[id(value)] = value
        for name, part in self._parts(value):
            self.look(part, f"{place}{name}")

    def _parts(self, value: Any) -> Iterator[tuple[str, Any]]:
        if isinstance(value, dict):
            for key, part in list(value.items()):
                yield f"[{key!r}]" if isinstance(key, str | int) else "[…]", part
                yield "[key]", key
        elif isinstance(value, list | tuple | set | frozenset):
            yield from ((f"[{number}]", part) for number, part in enumerate(value))
        elif isinstance(value, MethodType):
            yield "", value.__self__
        elif not _of_project(value):
            return
        elif isinstance(value, _lru_cache_wrapper):
            parameters = inspect.signature(value).parameters.values()
            if all(each.default is not each.empty for each in parameters):
                yield "()", value()
        elif isinstance(value, FunctionType):
            yield "()", value.__defaults__
            yield "()", [cell.cell_contents for cell in value.__closure__ or ()]
        else:
            yield from _attributes(value)


def _attributes(value: Any) -> Iterator[tuple[str, Any]]:
    yield from ((f".{name}", part) for name, part in list(getattr(value, "__dict__", {}).items()))
    if not isinstance(value, type):
        for owner in type(value).__mro__:
            slots = getattr(owner, "__slots__", ())
            for name in (slots,) if isinstance(slots, str) else slots:
                if hasattr(value, name):
                    yield f".{name}", getattr(value, name)


def _of_project(value: Any) -> bool:
    owner = value if isinstance(value, type | FunctionType | _lru_cache_wrapper) else type(value)
    return str(getattr(owner, "__module__", "")).startswith("search")
