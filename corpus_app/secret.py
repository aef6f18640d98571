"""The secret key of an installation that was given none."""

from __future__ import annotations

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key


def secret_key_from(data_dir: Path) -> str:
    """The key kept in ``data_dir/secret_key``; made, readable by its owner alone, when absent.

    Two processes that start at once agree: the file is linked into place whole, and the first one
    wins. Raises ImproperlyConfigured with the remedy when the directory cannot be written.
    """
    path = data_dir / "secret_key"
    try:
        if not path.exists():
            data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
            fresh = data_dir / f".secret_key.{os.getpid()}"
            with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
                file.write(get_random_secret_key())
                file.flush()
                os.fsync(file.fileno())
            try:
                os.link(fresh, path)
            except FileExistsError:
                pass
            finally:
                fresh.unlink()
        return path.read_text(encoding="ascii")
    except OSError as error:
        raise ImproperlyConfigured(
            f"cannot keep a secret key in {data_dir}: {error.strerror}. "
            "Remedy: make the directory writable, set CORPUS_DATA_DIR to one that is, or set SECRET_KEY."
        ) from error
