#!/usr/bin/env python
"""Corpus on the command line: `manage.py help` lists the commands."""

import os
import sys


def main() -> None:
    """Run a management command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "corpus_app.settings")
    try:
        from django.core.management import execute_from_command_line
    except ImportError as error:
        raise SystemExit(
            "Django is not installed here: run `make install`, then use .venv/bin/python manage.py"
        ) from error
    try:
        execute_from_command_line(sys.argv)
    except BrokenPipeError:
        # `manage.py search … | head`: the reader has seen enough. What Python still holds back goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(141)
    except (Exception, MemoryError) as error:
        from corpus_app.commandline import one_line

        said = one_line(error)
        if said is None or "--traceback" in sys.argv:
            raise
        sys.exit(f"CommandError: {said}")


if __name__ == "__main__":
    main()
