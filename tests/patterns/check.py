"""Find the patterns that explode: ``python -m tests.patterns.check``, part of ``make check``.

Linters for this read literals only, while half of our patterns are put together from tables, and
none of those tried knew both the possessive repeats of Python 3.11 and the fault that made this
check necessary. So every pattern of the project is collected from its modules and tried with lines
made from what it repeats; the steps are counted.
"""

from __future__ import annotations

import os
import re
import sys
from concurrent.futures import ProcessPoolExecutor
from typing import Any

import django

REMEDY = "make its repeats possessive, or bound its text and say so in tests/patterns/uses.py"


def main() -> int:
    """Write each pattern that takes more work than it may, and give the exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    from .collect import all_patterns, unread_calls
    from .uses import USES

    patterns = all_patterns()
    faults = [f"{call}: a pattern that this check cannot see; compile it at import" for call in unread_calls()]
    faults += [
        f"{use}: no such pattern; remove it from tests/patterns/uses.py"
        for use in USES
        if not any(p.startswith(use) for p in patterns)
    ]
    # Few at a time: one pattern of many branches takes as long as a hundred short ones.
    with ProcessPoolExecutor() as pool:
        for place, bad in zip(patterns, pool.map(_worst, patterns, patterns.values(), chunksize=4), strict=True):
            if bad:
                faults.append(f"{place}: {bad}\n  {patterns[place].pattern!r:.200}\n  {REMEDY}")
    sys.stdout.write("".join(f"{fault}\n" for fault in faults))
    sys.stdout.write(f"{len(patterns)} patterns, {len(faults)} that explode or cannot be checked\n")
    return 1 if faults else 0


def _worst(place: str, pattern: re.Pattern[Any]) -> str:
    """What is wrong with a pattern; ``""`` for nothing."""
    from .growth import worst
    from .uses import use_of

    bad = worst(pattern, use_of(place))
    return str(bad) if bad else ""


if __name__ == "__main__":
    sys.exit(main())
