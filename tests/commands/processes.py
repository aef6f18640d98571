"""The real commands in processes of their own, each with its own data directory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings


def environment(data: Path, database: str = "") -> dict[str, str]:
    return os.environ | {
        "DATABASE_URL": database,
        "CORPUS_DATA_DIR": str(data),
        "DJANGO_SETTINGS_MODULE": "corpus_app.settings",
        "SECRET_KEY": "only-for-tests",
        # A process of another user cannot write here.
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def start(data: Path, *arguments: str | Path, database: str = "", **options: Any) -> subprocess.Popen[str]:
    """Begin `manage.py` with these arguments; `database` is a DATABASE_URL, without it the one of
    the data directory."""
    return subprocess.Popen(
        [sys.executable, "manage.py", *map(str, arguments)],
        cwd=settings.BASE_DIR,
        env=environment(data, database),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )


def manage(data: Path, *arguments: str | Path, **options: Any) -> subprocess.CompletedProcess[str]:
    """`manage.py` with these arguments, to its end."""
    process = start(data, *arguments, **options)
    out, err = process.communicate(timeout=120)
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)


def records(path: Path, count: int, **values: Any) -> Path:
    """A file of different articles."""
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            text = f"Delegates from Armenia and Georgia met for the {number}. time in the town hall of Gori. " * 8
            row = {"id": str(number), "title": f"Meeting {number}", "text": text, "language": "en"} | values
            file.write(json.dumps(row) + "\n")
    return path
