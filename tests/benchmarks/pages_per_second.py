"""Result pages a second of the real server, gunicorn as `make run` starts it, asked by wrk.

    CORPUS_DATA_DIR=var python -m tests.benchmarks.pages_per_second [--addresses N] [--clients N] [--seconds N] [--path /api/search]

The addresses are those of `tests.benchmarks.product`: words and phrases of titles drawn at random,
fields, filters, facets, pages. Only the first --warm of them are asked before the time is taken, so
most are new to the server.
"""

from __future__ import annotations

import argparse
import http.client
import os
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlencode

import django

from tests.benchmarks.product import questions, sample_values

LUA = Path(__file__).with_name("addresses.lua")
START_SECONDS = 60


def main() -> None:
    """Start the server, ask, print, stop it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--addresses", type=int, default=600, help="distinct questions")
    parser.add_argument("--clients", type=int, default=8, help="connections")
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--warm", type=int, default=20, help="addresses asked before")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--path", default="/", help="/ for pages, /api/search for the API")
    options = parser.parse_args()
    if shutil.which("wrk") is None:
        sys.exit("wrk is not here, so nothing was measured. Remedy: apt-get install wrk")
    asked = addresses(options.path, options.addresses, options.seed)
    with tempfile.TemporaryDirectory() as folder:
        listing = Path(folder) / "addresses"
        listing.write_text("\n".join(asked), encoding="ascii")
        port = free_port()
        server = start(port)
        try:
            sizes = warm(port, asked[: options.warm])
            before = cpu_seconds(server.pid)
            figures = ask(port, listing, options.clients, options.seconds)
            report(figures, cpu_seconds(server.pid) - before, len(asked), options.clients, sizes)
        finally:
            server.terminate()
            server.wait(timeout=30)


def addresses(path: str, count: int, seed: int) -> list[str]:
    """Distinct addresses in random order."""
    chance = random.Random(seed)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "corpus_app.settings")
    django.setup()
    _total, titles, countries = sample_values()
    made: dict[str, None] = {}
    while len(made) < count:
        made.update(
            dict.fromkeys(
                f"{path}?{urlencode(parameters)}" for _, parameters in questions(titles, countries, 10, chance)
            )
        )
    shuffled = list(made)
    chance.shuffle(shuffled)
    return shuffled[:count]


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(port: int) -> subprocess.Popen[bytes]:
    """The server as `manage.py start_site` starts it. Raises SystemExit when it does not come up."""
    gunicorn = Path(sys.executable).with_name("gunicorn")
    server = subprocess.Popen(
        [gunicorn, "--config", "python:corpus_app.gunicorn", "corpus_app.wsgi"],
        env={**os.environ, "PORT": str(port), "HOST": "127.0.0.1"},
    )
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return server
    server.kill()
    sys.exit(f"gunicorn did not listen within {START_SECONDS} s")


def warm(port: int, asked: list[str]) -> list[int]:
    """Ask some addresses once; gives the bytes of each page."""
    sizes = []
    for address in asked:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request("GET", address)
        sizes.append(len(connection.getresponse().read()))
        connection.close()
    return sizes


def ask(port: int, listing: Path, clients: int, seconds: int) -> list[int]:
    """What wrk counted: requests, microseconds, errors, median and 95th percentile of latency in
    microseconds, bytes."""
    command = ["wrk", "-t2", f"-c{clients}", f"-d{seconds}s", "--timeout", "30s", "-s", str(LUA)]
    command += [f"http://127.0.0.1:{port}", "--", str(listing)]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    figures = next(line for line in output.splitlines() if line.startswith("figures "))
    return [int(figure) for figure in figures.split()[1:]]


def cpu_seconds(parent: int) -> float:
    """Time on processors of a process's children so far: unlike the wall clock it does not count
    what others do meanwhile."""
    total = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            values = stat.read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue  # ended meanwhile
        if int(values[1]) == parent:
            total += int(values[11]) + int(values[12])
    return total / os.sysconf("SC_CLK_TCK")


def report(figures: list[int], cpu: float, count: int, clients: int, sizes: list[int]) -> None:
    """Print the figures."""
    requests, duration, bad, median, high, size = figures
    largest = f", at most {max(sizes):,} of the first {len(sizes)}" if sizes else ""
    sys.stdout.write(
        f"{count} addresses, {clients} clients: {requests / duration * 1e6:.1f} pages a second; milliseconds: median "
        f"{median / 1000:.0f}, 95th percentile {high / 1000:.0f}; {bad} of {requests} not answered with 200; "
        f"{cpu / max(requests, 1) * 1000:.1f} ms of processor a page; "
        f"{size // max(requests, 1):,} bytes a page{largest}\n"
    )


if __name__ == "__main__":
    main()
