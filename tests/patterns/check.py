"""Find the patterns that explode: ``python -m tests.patterns.check``, part of ``make check``.

Linters for this read literals only, while half of our patterns are put together from tables, and
none of those tried knew both the possessive repeats of Python 3.11 and the fault that made this
check necessary. So every pattern of the project is collected from its modules and tried with lines
made from what it repeats; the steps are counted.
"""

from __future__ import annotations

import os
import sys

import django


def main() -> int:
    """Write each pattern that takes more work than it may, and give the exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    from .collect import all_patterns, unread_calls
    from .growth import worst
    from .uses import USES, use_of

    patterns = all_patterns()
    faults = [f"{call}: a pattern that this check cannot see; compile it at import" for call in unread_calls()]
    faults += [
        f"{use}: no such pattern; remove it from tests/patterns/uses.py"
        for use in USES
        if not any(p.startswith(use) for p in patterns)
    ]
    for place, pattern in patterns.items():
        bad = worst(pattern, use_of(place))
        if bad:
            faults.append(
                f"{place}: {bad}\n  {pattern.pattern!r:.200}\n  make its repeats possessive, or bound its text and say so in tests/patterns/uses.py"
            )
    sys.stdout.write("".join(f"{fault}\n" for fault in faults))
    sys.stdout.write(f"{len(patterns)} patterns, {len(faults)} that explode or cannot be checked\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
