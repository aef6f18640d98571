"""What nearness of words is worth: ``python -m tests.evaluation.nearness``.

Articles of the shared collections are indexed without their titles; two or three words of a title
that must all be there should find its article. The weight for one collection is the one that is
best for the others.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import mean
from typing import Any

import django

COLLECTIONS = ("reuters", "arabic_news", "persian_news", "russian_wikinews", "gilets_jaunes")
WEIGHTS = (0.0, 0.25, 0.5, 1.0, 2.0, 4.0)
ARTICLES, QUESTIONS, HITS = 1500, 120, 100


def main(data: Path) -> int:
    """Print nDCG@10 by collection and weight, and with the weight chosen on the others."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    table = {name: _by_weight(data / name / "articles.jsonl.gz") for name in COLLECTIONS}
    _say("| | " + " | ".join(map(str, WEIGHTS)) + " | chosen on the others |")
    held_out = []
    for name, own in table.items():
        others = [its for other, its in table.items() if other != name]
        chosen = max(WEIGHTS, key=lambda weight: mean(its[weight] for its in others))
        held_out.append(own[chosen])
        _say(
            f"| {name} | "
            + " | ".join(f"{own[weight]:.3f}" for weight in WEIGHTS)
            + f" | {own[chosen]:.3f} ({chosen}) |"
        )
    means = " | ".join(f"{mean(its[weight] for its in table.values()):.3f}" for weight in WEIGHTS)
    _say(f"| mean | {means} | {mean(held_out):.3f} |")
    return 0


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


def _by_weight(path: Path) -> dict[float, float]:
    from search.analysis.stop_words import stop_words
    from search.analysis.terms import fold_word, token_texts
    from search.backends import compile as compiling
    from search.backends.base import BackendQuery, IndexDocument
    from search.backends.whoosh import WhooshBackend
    from search.evaluation.measures import ndcg
    from search.query.language import plain_query

    rows = [row for row in _rows(path) if row.get("title")][: ARTICLES * 3]
    drawn = random.Random(1)
    drawn.shuffle(rows)
    rows = rows[:ARTICLES]
    questions: dict[int, str] = {}
    for number, row in enumerate(rows):
        language = row.get("language") or "en"
        words = [w for w in token_texts(row["title"]) if len(w) > 2 and fold_word(w) not in stop_words(language)]
        inside = set(map(fold_word, token_texts(row["text"])))
        words = [word for word in dict.fromkeys(words) if fold_word(word) in inside]
        if len(words) >= 2 and len(questions) < QUESTIONS:
            count = min(drawn.choice((2, 3)), len(words))
            first = drawn.randrange(len(words) - count + 1)
            questions[number] = " ".join(words[first : first + count])
    found = {}
    with tempfile.TemporaryDirectory() as scratch:
        backend = WhooshBackend(Path(scratch))
        documents = (
            IndexDocument(number, "", row["text"], language=row.get("language") or "en")
            for number, row in enumerate(rows)
        )
        backend.rebuild(documents).go_live()
        for weight in WEIGHTS:
            compiling.NEARNESS = weight
            figures = []
            for number, question in questions.items():
                hits = backend.search(BackendQuery(tree=plain_query(question, "all"), limit=HITS)).hits
                figures.append(ndcg([str(hit.id) for hit in hits], {str(number): 1}))
            found[weight] = mean(figures)
    return found


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/data")))
