"""What the docs say there is, and what the code says: sets of names to be compared."""

from __future__ import annotations

import ast
import re
import tomllib
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.core.management import load_command_class

PROJECT = Path(__file__).resolve().parents[2]
DOCS = PROJECT / "docs"
#: Options that Django gives every command; `--help` explains them.
_DJANGO_OPTIONS = frozenset(
    [
        "--help", "--version", "--verbosity", "--settings", "--pythonpath", "--traceback", "--no-color", "--force-color",
        "--skip-checks",
    ]
)  # fmt: skip
_OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*[a-z]")
_CODE = re.compile(r"`([^`]+)`")
_BLOCK = re.compile(r"^```\w*\n(.*?)^```", re.DOTALL | re.MULTILINE)
#: Settings that gunicorn takes from the environment by itself.
_GUNICORN_SETTINGS = frozenset(["FORWARDED_ALLOW_IPS"])
#: Written by the systems that the settings come from, and read by libraries.
_READERS = ("str", "bool", "int", "list", "db_url", "get")


def page(name: str) -> str:
    """The text of a page of the docs."""
    return (DOCS / name).read_text(encoding="utf-8")


def section(name: str, heading: str) -> str:
    """What stands under a heading of a page, to the next heading of its level or above."""
    level = heading.split(" ", 1)[0]
    text = page(name)
    start = text.index(f"\n{heading}\n") + len(heading) + 2
    following = re.search(rf"^#{{1,{len(level)}}} ", text[start:], re.MULTILINE)
    return text[start : start + following.start()] if following else text[start:]


def commands() -> list[str]:
    """The project's own commands."""
    folder = PROJECT / "search" / "management" / "commands"
    return sorted(path.stem for path in folder.glob("*.py") if not path.stem.startswith("_"))


def options_of(command: str) -> set[str]:
    """The options that a command takes of its own."""
    parser: ArgumentParser = load_command_class("search", command).create_parser("manage.py", command)
    return {
        name for action in parser._actions for name in action.option_strings if name.startswith("--")
    } - _DJANGO_OPTIONS


def documented_commands() -> list[str]:
    """The commands that have a section."""
    return sorted(re.findall(r"^## (\w+)$", page("commands.md"), re.MULTILINE))


def documented_options(command: str) -> set[str]:
    """The options that a command's section names as its own."""
    text = section("commands.md", f"## {command}")
    usage = re.findall(rf"^`(manage\.py {command}[^`]*)`", text, re.MULTILINE)
    tables = [line for line in text.split("\n") if line.startswith("| `--")]
    return set(_OPTION.findall(" ".join(usage))) | set(_OPTION.findall(" ".join(row.split("|")[1] for row in tables)))


def settings_read() -> set[str]:
    """Names that the project, or its server, takes from the environment."""
    names = set(_GUNICORN_SETTINGS)
    for path in (PROJECT / "corpus_app").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _READERS:
                source = ast.unparse(node.func.value)
                first = node.args[0] if node.args else None
                if source in ("env", "os.environ") and isinstance(first, ast.Constant):
                    names.add(str(first.value))
    return names


def documented_settings() -> set[str]:
    """Names in the table of settings."""
    rows = [
        row for row in section("operations.md", "## Settings, all from the environment").split("\n") if row[:3] == "| `"
    ]
    return {name for row in rows for name in re.findall(r"`([A-Z_]+)`", row.split("|")[1])}


def documented_parameters() -> set[str]:
    """Names in the first column of the table of parameters."""
    rows = section("query-language.md", "## Parameters of `GET /` and `GET /api/search`").split("\n")
    return {name for row in rows if row.startswith("| `") for name in _CODE.findall(row.split("|")[1])}


def keys_of(value: Any) -> Iterator[str]:
    """Every key of a JSON value."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield str(key)
            yield from keys_of(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from keys_of(inner)


def keys_shown(text: str) -> set[str]:
    """Every key in the JSON examples of a text."""
    blocks = re.findall(r"```json\n(.*?)```", text, re.DOTALL)
    return {key for block in blocks for key in re.findall(r'"([^"]+)"\s*:', block)}


def layers_held() -> list[list[set[str]]]:
    """The layers of each contract of import-linter, from the top."""
    with (PROJECT / "pyproject.toml").open("rb") as file:
        contracts = tomllib.load(file)["tool"]["importlinter"]["contracts"]
    return [[set(layer.split(" | ")) for layer in each["layers"]] for each in contracts if each["type"] == "layers"]


def layers_drawn() -> list[list[set[str]]]:
    """The pictures of the architecture: a line is a layer, what stands behind two spaces is for
    people."""
    pictures = _BLOCK.findall(section("architecture.md", "## What may import what"))
    return [[set(line.split("  ", 1)[0].split(" | ")) for line in picture.splitlines()] for picture in pictures]


def tests_named() -> list[str]:
    """The tests that the table of reliability names, as path::name."""
    return re.findall(r"`(tests/[\w/]+\.py(?:::\w+)?)(?:\[[^`]*\])?`", page("reliability.md"))


def is_test(name: str) -> bool:
    """Whether there is a test, or a file of tests, of that name."""
    path, _, function = name.partition("::")
    file = PROJECT / path
    return file.exists() and (not function or f"def {function}(" in file.read_text(encoding="utf-8"))


def make_targets() -> set[str]:
    """Targets of the Makefile that `make help` lists."""
    text = (PROJECT / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z0-9-]+):.*##", text, re.MULTILINE))


def mentioned_targets() -> set[str]:
    """Targets that a page tells people to call."""
    texts = [path.read_text(encoding="utf-8") for path in (*DOCS.glob("*.md"), *PROJECT.glob("*.md"))]
    blocks = [block for text in texts for block in _BLOCK.findall(text)]
    spans = [*blocks, *(span for text in texts for span in _CODE.findall(_BLOCK.sub("", text)))]
    # At the start of a line of code, after variables perhaps.
    call = re.compile(r"^(?:[A-Z_]+=\S+ )*make ([a-z][a-z0-9-]*)", re.MULTILINE)
    return {target for span in spans for target in call.findall(span)}


def long_lines(limit: int) -> Iterator[str]:
    """Lines of prose over so many characters, as page:line; tables, code, pictures and addresses
    cannot be broken."""
    for path in (*DOCS.glob("*.md"), *PROJECT.glob("*.md")):
        in_code = False
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
            in_code ^= line.lstrip().startswith("```")
            if len(line) > limit and not in_code and not line.startswith(("|", "![")) and "](http" not in line:
                yield f"{path.name}:{number}"


def long_docstring_lines(limit: int) -> Iterator[str]:
    """Lines of docstrings over so many characters, as path:line. Tables, which have gaps, cannot be
    broken; migrations are Django's."""
    for path in sorted(path for folder in ("search", "corpus_app") for path in (PROJECT / folder).rglob("*.py")):
        if "migrations" in path.parts:
            continue
        text = path.read_text(encoding="utf-8")
        lines = text.split("\n")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node):
                said = node.body[0]
                for number in range(said.lineno, (said.end_lineno or said.lineno) + 1):
                    line = lines[number - 1]
                    if len(line) > limit and "  " not in line.strip():
                        yield f"{path.relative_to(PROJECT)}:{number}"


def python_files_named() -> Iterator[tuple[str, str]]:
    """Paths of code that the docs name, each with the page."""
    for path in (*DOCS.glob("*.md"), PROJECT / "CONTRIBUTING.md", PROJECT / "README.md"):
        for name in re.findall(
            r"`((?:search|tests|corpus_app|templates|docs)/[\w/.-]+?)/?`", path.read_text(encoding="utf-8")
        ):
            # NAME stands for whatever somebody adds.
            if "NAME" not in name:
                yield path.name, name
