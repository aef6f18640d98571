"""How well dates and languages are read: the share of dates, and the language of titles and texts
by language.

    python -m tests.evaluation.labels [--data FOLDER] [--most ARTICLES]

``FOLDER`` holds collections with ``articles.jsonl.gz`` (default: ../shared/data beside the
project). Dates and headlines invented for the tests are measured too.
"""

from __future__ import annotations

import argparse
import gzip
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import orjson

from search.dates.addresses import date_from_url
from search.dates.reading import read_date
from search.dates.values import DateSource, Precision
from search.languages.detect import detect_language
from search.languages.tags import normalise_language
from tests.dates.written_dates import WRITTEN
from tests.evaluation.stories import say
from tests.ingest.splitting.headlines import HEADLINES

DEFAULT_DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
MIN_TITLE_WORDS = 3
#: Written without spaces: any title counts.
NO_SPACES = frozenset({"zh", "ja", "th", "km", "lo", "my"})
SHOWN_UNREAD = 5
#: An outlet may put an article into the folder of the day before or after.
SAME_DAY = 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; 0 also when the data is not there."""
    parser = argparse.ArgumentParser(description="Evaluate dates and languages.")
    parser.add_argument("--data", type=Path, default=DEFAULT_DATA, help="folder of collections with articles.jsonl.gz")
    parser.add_argument("--most", type=int, default=20_000, help="articles looked at in each collection")
    options = parser.parse_args(arguments)
    say(f"invented dates: {read_as_meant()} of {len(WRITTEN)} read as meant")
    headlines = [(code, headline) for code, some in HEADLINES.items() for headline in some]
    say(f"invented headlines in {len(HEADLINES)} languages: {accuracy(headlines)}")
    files = sorted(options.data.glob("*/articles.jsonl.gz"))
    if not files:
        say(f"skipped: no collections in {options.data}")
    for file in files:
        evaluate(file.parent.name, list(islice(articles(file), options.most)))
    return 0


def articles(file: Path) -> Iterator[dict[str, Any]]:
    """The records of a collection."""
    with gzip.open(file) as lines:
        for line in lines:
            yield orjson.loads(line)


def evaluate(name: str, records: Sequence[dict[str, Any]]) -> None:
    """Print the figures of a collection."""
    say(f"{name}: {len(records)} articles")
    dates(records)
    known = [(code, each) for each in records if (code := normalise_language(each.get("language")))]
    titles = [
        (code, title)
        for code, each in known
        if (title := each.get("title")) and (len(title.split()) >= MIN_TITLE_WORDS or code in NO_SPACES)
    ]
    for kind, samples in (("titles", titles), ("texts", [(code, each["text"]) for code, each in known])):
        if samples:
            say(f"  language of {kind}: {accuracy(samples)}")


def dates(records: Iterable[dict[str, Any]]) -> None:
    """Print how many stated dates are read, and how many agree with the one in the article's
    address."""
    stated = read = compared = agreed = 0
    unread: Counter[str] = Counter()
    for each in records:
        if not each.get("published"):
            continue
        stated += 1
        found = read_date(each["published"], source=DateSource.METADATA, language=each.get("language"))
        if found.day is None:
            unread[each["published"][:40]] += 1
            continue
        read += 1
        by_url = date_from_url(each.get("url"))
        if by_url.day is not None and by_url.precision is found.precision is Precision.DAY:
            compared += 1
            agreed += abs((by_url.day - found.day).days) <= SAME_DAY
    if stated:
        say(f"  dates: {read} of {stated} read ({read / stated:.4f}); {agreed} of {compared} as in the address")
        for raw, count in unread.most_common(SHOWN_UNREAD):
            say(f"    not read, {count} times: {raw!r}")


def accuracy(samples: Iterable[tuple[str, str]]) -> str:
    """The share of texts whose language is detected as stated, in all and by language."""
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for code, text in samples:
        total[code] += 1
        right[code] += detect_language(text).code == code
    each = ", ".join(f"{code} {right[code] / total[code]:.4f} of {total[code]}" for code in sorted(total))
    missed = total.total() - right.total()
    return f"{right.total() / total.total():.4f} ({missed} wrong)" + (f": {each}" if len(total) < 20 else "")


def read_as_meant() -> int:
    """How many of the invented dates are read as they are meant."""
    return sum(
        read_date(text, source=DateSource.STATED, language=language, today=date(2026, 1, 1)).iso == expected
        for text, language, expected in WRITTEN
    )


if __name__ == "__main__":
    sys.exit(main())
