"""How long another spelling takes, and how often it is the right one, over real articles.

    python -m tests.benchmarks.spellings [--articles N] [--words N] [--data FOLDER] [--keep DIR]

Indexes the articles (`tests.benchmarks.real_articles`: those of the shared collections, and as many
more made of their paragraphs), takes words of titles at random, makes one slip in each (a letter
left out, doubled, exchanged for another of the word, or two that change places) and asks for words
near it. Prints milliseconds by the clock and of the processor, which neighbours on the machine do
not lengthen (median, 95th percentile, longest), and the share of slips for which
the word, or another form of it, is the first offered: by script. `--keep` keeps the index in a
folder, and uses the one that is there.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from search.analysis.stemming import PLAIN, profile_of
from search.analysis.terms import fold_word, term_of, tokens
from search.backends.base import IndexDocument
from search.backends.spelling import LEAST_CHARACTERS
from search.backends.whoosh import WhooshBackend
from search.languages.scripts import script_of
from tests.benchmarks.real_articles import RealArticle, articles

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
#: Titles that words are taken from.
READ_TITLES = 20_000


def slipped(word: str, chance: random.Random) -> str:
    """The word with one slip, often in the first letter as in any other."""
    at = chance.randrange(len(word) - 1)
    kind = chance.choice(("left out", "doubled", "exchanged", "swapped"))
    if kind == "left out":
        return word[:at] + word[at + 1 :]
    if kind == "doubled":
        return word[: at + 1] + word[at:]
    if kind == "exchanged":
        return word[:at] + chance.choice(word) + word[at + 1 :]
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def words_of(some: list[RealArticle]) -> Iterator[tuple[str, str]]:
    """Words long enough to be corrected, folded, and the analysis of their language."""
    for article in some:
        for token in tokens(article.title):
            word = fold_word(token.text)
            if len(word) > LEAST_CHARACTERS and word.isalpha() and not token.unspaced:
                yield word, profile_of(article.language or PLAIN)


def indexed(folder: Path, backend: WhooshBackend, data: Path, count: int) -> list[RealArticle]:
    """The first of the articles, which an index holds afterwards."""
    kept: list[RealArticle] = []

    def documents() -> Iterator[IndexDocument]:
        for number, article in enumerate(articles(data, count, 1), 1):
            if len(kept) < READ_TITLES:
                kept.append(article)
            yield IndexDocument(number, article.title, article.body, language=article.language)

    if (folder / "CURRENT").exists():
        return list(articles(data, min(count, READ_TITLES), 1))
    backend.rebuild(documents()).go_live()
    return kept


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--words", type=int, default=500)
    parser.add_argument("--data", type=Path, default=SHARED)
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    if not options.data.is_dir():
        sys.exit(f"there are no collections in {options.data}: name their folder with --data")
    with tempfile.TemporaryDirectory(prefix="corpus-spellings-") as scratch:
        folder = options.keep or Path(scratch)
        backend = WhooshBackend(folder)
        some = indexed(folder, backend, options.data, options.articles)
        chance = random.Random(1)
        asked = chance.sample(list(words_of(some)), options.words)
        backend.spellings("warming")
        for thread in threading.enumerate():
            if thread.name == "prepare-index":
                thread.join()
        taken: list[float] = []
        worked: list[float] = []
        right: dict[str, list[bool]] = defaultdict(list)
        for word, profile in asked:
            wrong = slipped(word, chance)
            began, work = time.perf_counter(), time.process_time()
            offered = backend.spellings(wrong)
            taken.append((time.perf_counter() - began) * 1000)
            worked.append((time.process_time() - work) * 1000)
            if wrong != word:
                meant = bool(offered) and term_of(offered[0], profile) == term_of(word, profile)
                right[script_of(word) or ""].append(meant)
        print(f"{backend.status().documents:,} articles, {len(taken)} words")  # noqa: T201
        for name, figures in (("milliseconds", taken), ("of these the processor's", worked)):
            marks = statistics.median(figures), statistics.quantiles(figures, n=20)[-1], max(figures)
            print("{}: median {:.1f}, 95th percentile {:.1f}, longest {:.1f}".format(name, *marks))  # noqa: T201
        for script, hits in sorted(right.items(), key=lambda row: -len(row[1])):
            print(f"{script}: {sum(hits) / len(hits):.2f} of {len(hits)}")  # noqa: T201


if __name__ == "__main__":
    main()
