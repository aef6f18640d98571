"""What articles of many megabytes cost through the real server, beside a short one asked in turn.

    python -m tests.benchmarks.long_articles [--megabytes 19] [--json FILE]

Makes a collection of its own in a temporary folder: one short article, and long ones of several
shapes, all with the same word. Serves it with gunicorn as `make run` does and prints, for the page
of each, for a search that finds all of them and for eight of these at once: seconds, times the
short article's page, kilobytes, and the most private memory of all processes.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

BASE = Path(__file__).resolve().parents[2]
WORD = "harbour"
SENTENCE = f"The {WORD} of Batumi in Georgia was opened again, and ships from Turkey landed there. "
SHAPES = {
    "short": SENTENCE,
    "news": SENTENCE * 4 + "\n\n",
    "one paragraph": SENTENCE,
    "Arabic": f"فُتح ميناء باتومي في جورجيا من جديد {WORD} ووصلت السفن من تركيا. ",
    "one word": "a",
    "lines of one letter": "a\n",
}
ANSWER_SECONDS = 300.0
START_SECONDS = 90.0


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one kind of request, or of several at once."""

    name: str
    seconds: float
    times_short: float
    kilobytes: float
    peak_megabytes: int


def write_articles(folder: Path, size: int) -> list[str]:
    """Fill the collection in `folder` with one article of each shape, the long ones of `size`
    bytes; their names in order."""
    os.environ["CORPUS_DATA_DIR"] = str(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "corpus_app.settings")
    import django

    django.setup()
    from django.core.management import call_command

    from search.models import Article

    call_command("migrate", verbosity=0)
    rows = []
    for name, piece in SHAPES.items():
        times = 1 if name == "short" else max(1, size // len(piece.encode()))
        rows.append(Article(title=f"{WORD} {name}", body=piece * times, language="en"))
    # Past what labels and stories cost: that is not what is measured.
    Article._base_manager.bulk_create(rows)
    call_command("rebuild_index", verbosity=0)
    return list(SHAPES)


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, int]]:
    """The address and the process of a site that serves the collection."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "CORPUS_DATA_DIR": str(folder), "PORT": str(port), "HOST": "127.0.0.1"}
    site = subprocess.Popen(
        [sys.executable, "manage.py", "start_site", "--no-demo"], cwd=BASE, env=environment, stdout=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}"
    try:
        until = time.monotonic() + START_SECONDS
        while True:
            try:
                urlopen(f"{address}/robots.txt", timeout=5).read()
                break
            except OSError:
                if time.monotonic() > until or site.poll() is not None:
                    raise
                time.sleep(0.2)
        yield address, site.pid
    finally:
        site.terminate()
        site.wait(timeout=30)


def private_megabytes(pid: int) -> int:
    """Memory that a process and its children share with nobody."""
    total = 0
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    for each in (pid, *map(int, children)):
        try:
            lines = Path(f"/proc/{each}/smaps_rollup").read_text(encoding="ascii").splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith(("Private_Dirty", "Private_Clean")))
    return total // 1024


def asked(url: str) -> tuple[float, int]:
    """Seconds and bytes of an answer."""
    began = time.perf_counter()
    try:
        with urlopen(url, timeout=ANSWER_SECONDS) as answer:
            size = len(answer.read())
    except HTTPError as error:
        raise SystemExit(f"{url}: {error.code}") from error
    return time.perf_counter() - began, size


def measured(name: str, url: str, pid: int, short_url: str, *, at_once: int = 1) -> Cost:
    """The cost of a request, beside the short article's page asked just before and after."""
    asked(url)
    short = min(asked(short_url)[0] for _ in range(3))
    peak, over = private_megabytes(pid), threading.Event()

    def watch() -> None:
        nonlocal peak
        while not over.wait(0.05):
            peak = max(peak, private_megabytes(pid))

    watcher = threading.Thread(target=watch)
    watcher.start()
    answers: list[tuple[float, int]] = []
    threads = [threading.Thread(target=lambda: answers.append(asked(url))) for _ in range(at_once)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - began
    over.set()
    watcher.join()
    short = min(short, *(asked(short_url)[0] for _ in range(3)))
    return Cost(name, seconds, seconds / short, answers[0][1] / 1024, peak)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="What articles of many megabytes cost through the real server.")
    parser.add_argument("--megabytes", type=float, default=19.0, help="of each long article (default: 19)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there, too")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="corpus-long-") as name:
        folder = Path(name)
        names = write_articles(folder, int(options.megabytes * 1_000_000))
        with served(folder) as (address, pid):
            pages = {each: f"{address}/articles/{number}/?q={WORD}" for number, each in enumerate(names, 1)}
            short = pages["short"]
            costs = [measured(f"page: {each}", url, pid, short) for each, url in pages.items()]
            costs.append(measured("page: last part of news", f"{address}/articles/2/?part=300&q={WORD}", pid, short))
            costs.append(measured("search that finds all", f"{address}/?q={WORD}", pid, short))
            costs.append(measured("the same, API", f"{address}/api/search?q={WORD}", pid, short))
            costs.append(measured("eight searches at once", f"{address}/?q={WORD}", pid, short, at_once=8))
    sys.stdout.write(f"{'':28}{'s':>8}{'× short':>9}{'KB':>8}{'peak MB':>9}\n")
    for cost in costs:
        sys.stdout.write(
            f"{cost.name:28}{cost.seconds:8.3f}{cost.times_short:9.1f}{cost.kilobytes:8.0f}{cost.peak_megabytes:9}\n"
        )
    if options.json:
        options.json.write_text(json.dumps([asdict(cost) for cost in costs], indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
