"""Times how soon an article is found while the index is written: ``python -m
tests.benchmarks.liveness --articles N``.

A reader in another process follows the index. One article is added or updated; the clock runs from
opening the writer to the reader's answer from a refreshed snapshot, with the article, a total and
four facets in it. Then come small commits one after another, of which the longest counts, while the
reader goes on and must see each without an error.

    python -m tests.benchmarks.liveness --articles 100000
    python -m tests.benchmarks.liveness --articles 1000000 --keep /tmp/million --json live.json
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import shutil
import statistics
import sys
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection
from typing import Any

from whoosh import query
from whoosh.index import open_dir

from search.engine.reader import EngineReader
from search.engine.writer import BulkWriter
from search.engine.writing.batch import EngineDocument
from search.engine.writing.tokens import Text
from tests.benchmarks.contender_engine import EngineContender
from tests.benchmarks.corpus import Article, articles
from tests.benchmarks.engine import percentile
from tests.benchmarks.kept import build, working_folder, write_figures
from tests.benchmarks.shapes import Shape

COMMITS = 500
SINGLE = 30


def document(article: Article, key: str, extra: str) -> EngineDocument:
    """An article under another key with one more word."""
    return EngineDocument(
        key,
        {"body": Text(f"{article.text} {extra}", "en")},
        {
            "outlet": article.outlet,
            "language": article.language,
            "countries": article.countries,
            "day": article.day,
        },
    )


def answer(contender: EngineContender, word: str, common: str) -> int:
    """Documents with the word; the facets of a common one are counted too, as a page of results
    would."""
    reader = contender.reader
    assert reader is not None
    contender.search(Shape("", "all", (common,)))
    return len(reader.evaluate(query.Term("body", word)))


def follow(path: str, common: str, channel: Connection) -> None:
    """The reading process: waits for each word it is sent and says when it found it, or what went
    wrong."""
    contender = EngineContender(path)
    contender.open()
    answer(contender, "", common)
    channel.send("ready")
    while (word := channel.recv()) is not None:
        try:
            while True:
                assert contender.reader is not None
                contender.reader = contender.reader.refreshed()
                if answer(contender, word, common):
                    break
            channel.send(time.monotonic())
        except Exception as error:
            channel.send(repr(error))
            raise
    channel.close()


class Follower:
    """A reading process and the way to talk to it."""

    def __init__(self, path: str, common: str) -> None:
        context = multiprocessing.get_context("spawn")
        self._channel, its = context.Pipe()
        self._process = context.Process(target=follow, args=(path, common, its))
        self._process.start()
        its.close()
        self._channel.recv()

    def expect(self, word: str) -> None:
        """Ask for a word."""
        self._channel.send(word)

    def found(self) -> float:
        """When it was found, on the clock of ``time.monotonic``.

        Raises:
            RuntimeError: the reader failed.
        """
        told = self._channel.recv()
        if not isinstance(told, float):
            raise RuntimeError(f"the reader failed: {told}")
        return told

    def close(self) -> None:
        """End the process."""
        self._channel.send(None)
        self._process.join()


def commit(contender: EngineContender, documents: list[EngineDocument]) -> float:
    """Write them in one commit; returns the seconds that took."""
    start = time.monotonic()
    with BulkWriter(contender.path, contender.profiles()) as writer:
        writer.add_all(documents)
    return time.monotonic() - start


def singles(contender: EngineContender, follower: Follower, source: Iterator[Article], keys: list[str]) -> list[float]:
    """Seconds from opening the writer to the reader's answer, for one article a commit."""
    seconds = []
    for number, key in enumerate(keys):
        word = f"single{key}x{number}"
        article = next(source)
        start = time.monotonic()
        commit(contender, [document(article, key, word)])
        # Asked for after the commit: before it the reader would only compete for the processor.
        follower.expect(word)
        seconds.append(follower.found() - start)
    return seconds


def small_commits(
    contender: EngineContender, follower: Follower, source: Iterator[Article], count: int
) -> tuple[list[float], int]:
    """Seconds of each of many commits of one article, and how many of them the reader was asked
    about."""
    seconds, asked = [], 0
    for number in range(count):
        word = f"small{number}x"
        seconds.append(commit(contender, [document(next(source), f"new{number}", word)]))
        if number % 10 == 0:
            follower.expect(word)
            follower.found()
            asked += 1
    return seconds, asked


def run(count: int, folder: str, commits: int) -> dict[str, Any]:
    """Build, write and read on a copy of the index."""
    source_path, path = os.path.join(folder, "engine"), os.path.join(folder, "live")
    build(source_path, count, EngineContender(source_path).index)
    shutil.copytree(source_path, path)
    contender = EngineContender(path)
    source = articles(SINGLE * 2 + commits)
    common = next(articles(1)).text.split()[0]
    try:
        start = time.monotonic()
        EngineReader.open(path)
        opened = time.monotonic() - start
        follower = Follower(path, common)
        added = singles(contender, follower, source, [f"added{number}" for number in range(SINGLE)])
        step = max(1, count // SINGLE)
        updated = singles(contender, follower, source, [str(number * step % count) for number in range(SINGLE)])
        pauses, asked = small_commits(contender, follower, source, commits)
        follower.close()
        segments = len(open_dir(path)._segments())
    finally:
        shutil.rmtree(path)
    return {
        "articles": count,
        "open_seconds": opened,
        "added_seconds": added,
        "updated_seconds": updated,
        "commit_seconds": pauses,
        "answered_between": asked,
        "segments_after": segments,
    }


def report(result: dict[str, Any]) -> str:
    """The figures as Markdown."""
    lines = ["| milliseconds | median | 95th percentile | longest |", "|---|---|---|---|"]
    for label, key in (
        ("one article added, until it is found", "added_seconds"),
        ("one article updated, until it is found", "updated_seconds"),
        ("each of the small commits", "commit_seconds"),
    ):
        values = [1000 * seconds for seconds in result[key]]
        lines.append(
            f"| {label} | {statistics.median(values):.1f} | {percentile(values, 0.95):.1f} | {max(values):.1f} |"
        )
    lines.append(
        f"\n{result['articles']:,} articles, {len(result['commit_seconds'])} small commits; segments at the end: "
        f"{result['segments_after']}; the reader answered {result['answered_between']} times in between, without an error."
    )
    return "\n".join(lines) + "\n"


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--commits", type=int, default=COMMITS, help="small commits one after another")
    parser.add_argument("--keep", metavar="DIR", help="build the index here, or use the one that is there")
    parser.add_argument("--json", metavar="FILE", help="write all figures here")
    options = parser.parse_args()
    with working_folder(options.keep) as folder:
        result = run(options.articles, folder, options.commits)
    sys.stdout.write(report(result))
    write_figures(options.json, result)


if __name__ == "__main__":
    main()
