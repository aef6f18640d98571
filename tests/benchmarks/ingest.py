"""How fast articles are taken in, from JSON lines to searchable, and in how much memory.

    python -m tests.benchmarks.ingest [--workers N] [--articles N] [--times N] [--data FOLDER] [--json FILE]

Ingests the real articles under FOLDER (default: ../shared/data beside the project; made ones where
there are none) into a new database and index, then the same input again; then `--times` as many
(default 4; 0: not), each time in processes of their own. Prints articles a second from start to
end, the shares of the stages in the main process's own time, and the highest memory of the main
process and of its largest worker.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import wraps
from itertools import cycle, islice
from pathlib import Path
from typing import Any

BASE = Path(__file__).resolve().parents[2]
DEFAULT_DATA = BASE.parent / "shared" / "data"
ARTICLES = 38_000
#: What each stage is called, and the functions that are it.
STAGES = {
    "known before": "search.ingest.pipeline.prefilter",
    "waiting for labels": "search.ingest.workers.Pending.result",
    "database": "search.ingest.storing.store.Store.write",
    "index": "search.ingest.pipeline._Run._index",
}
Result = dict[str, Any]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Benchmark ingest: articles a second, stages, memory.")
    parser.add_argument("--workers", type=int, default=2, help="processes that analyse (default: 2)")
    parser.add_argument("--articles", type=int, default=ARTICLES, help="how many (default: 38,000)")
    parser.add_argument(
        "--times", type=int, default=4, help="memory also with this many times the input (default: 4; 0: not)"
    )
    parser.add_argument("--data", type=Path, default=DEFAULT_DATA, help="folder of collections with articles.jsonl.gz")
    parser.add_argument("--json", type=Path, help="write the figures here")
    parser.add_argument("--run", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.run:
        sys.stdout.write(json.dumps(ingest_here(options.run, options.workers)) + "\n")
        return 0
    results: dict[str, Result] = {}
    with tempfile.TemporaryDirectory(prefix="corpus-benchmark-") as scratch:
        folder = Path(scratch)
        for times in [1, options.times] if options.times else [1]:
            file = folder / f"{times}.jsonl"
            write_articles(file, options.data, options.articles * times)
            results[f"{times}x"] = in_a_process(file, folder / f"data{times}", options.workers)
            say(f"{times}x", results[f"{times}x"])
            if times == 1:
                results["again"] = in_a_process(file, folder / f"data{times}", options.workers)
                say("again", results["again"])
    if options.json:
        options.json.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    return 0


def write_articles(file: Path, data: Path, count: int) -> None:
    """Articles as they are, and when they run out again with another id and a line more, so that
    none is a repeat."""
    with file.open("w", encoding="utf-8") as lines:
        for number, row in enumerate(islice(_rows(data), count)):
            lines.write(
                json.dumps(row | {"id": str(number), "text": f"{row['text']}\n{number}"}, ensure_ascii=False) + "\n"
            )


def _rows(data: Path) -> Iterator[dict[str, Any]]:
    files = sorted(data.glob("*/articles.jsonl.gz"))
    for file in cycle(files):
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            yield from (json.loads(line) for line in lines)
    number = 0
    while not files:
        number += 1
        text = f"Delegates from Armenia and Georgia met for the {number}. time in the town hall of Gori. " * 15
        yield {"title": f"Meeting {number}", "text": text, "language": "en", "outlet": f"Paper {number % 40}"}


def in_a_process(file: Path, data: Path, workers: int) -> Result:
    """Ingest in a new process, and give what it measured of itself."""
    data.mkdir(exist_ok=True)
    environment = os.environ | {
        "CORPUS_DATA_DIR": str(data), "DJANGO_SETTINGS_MODULE": "corpus_app.settings", "SECRET_KEY": "only-for-benchmarks",
    }  # fmt: skip
    command = [sys.executable, "-m", "tests.benchmarks.ingest", "--run", str(file), "--workers", str(workers)]
    done = subprocess.run(command, cwd=BASE, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    result: Result = json.loads(done.stdout.splitlines()[-1])
    return result


def ingest_here(file: Path, workers: int) -> Result:
    """Ingest in this process, with the time of each stage taken."""
    import django
    from django.core.management import call_command
    from django.utils.module_loading import import_string

    django.setup()
    call_command("migrate", verbosity=0)
    from search.ingest.pipeline import IngestOptions, run_ingest

    own: Counter[str] = Counter()
    for stage, name in STAGES.items():
        holder, _, function = name.rpartition(".")
        target = sys.modules[holder] if holder in sys.modules else import_string(holder)
        setattr(target, function, timed(getattr(target, function), stage, own))
    started, processor = time.perf_counter(), time.process_time()
    summary = run_ingest(IngestOptions((file,), workers=workers))
    seconds, processor = time.perf_counter() - started, time.process_time() - processor
    own["reading and the rest"] = processor - own.total()  # type: ignore[assignment]
    return {
        "articles": summary.counts.articles,
        "statuses": {str(status): count for status, count in summary.counts.statuses.items()},
        "seconds": round(seconds, 2),
        "articles a second": round(summary.counts.articles / seconds, 1),
        "processor seconds of the main process": round(processor, 2),
        "shares": {stage: round(value / processor, 3) for stage, value in own.most_common()},
        "peak MB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "peak MB of a worker": round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024),
    }


def timed(function: Callable[..., Any], stage: str, own: Counter[str]) -> Callable[..., Any]:
    """The function, its processor time added to that of its stage."""

    @wraps(function)
    def measured(*arguments: Any, **options: Any) -> Any:
        started = time.process_time()
        try:
            return function(*arguments, **options)
        finally:
            own[stage] += time.process_time() - started  # type: ignore[assignment]

    return measured


def say(name: str, result: Result) -> None:
    """Print one run."""
    statuses = ", ".join(f"{count:,} {status}" for status, count in result["statuses"].items())
    shares = ", ".join(f"{stage} {share:.0%}" for stage, share in result["shares"].items())
    sys.stdout.write(
        f"{name}: {result['articles']:,} articles ({statuses}) in {result['seconds']} s, {result['articles a second']:,} a second; "
        f"peak {result['peak MB']} MB, a worker {result['peak MB of a worker']} MB\n"
        f"  main process {result['processor seconds of the main process']} s of its own: {shares}\n"
    )
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
