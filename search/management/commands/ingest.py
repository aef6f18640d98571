"""`manage.py ingest`: files become articles, and articles searchable."""

from __future__ import annotations

import time
from argparse import ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from search.ingest.files.kinds import READ_FORMATS
from search.ingest.pipeline import IngestOptions, IngestSummary, run_ingest
from search.management.examples import ExamplesCommand
from search.management.progress import IngestBars
from search.management.terminal import on_one_line

EXAMPLES = """Examples:
  manage.py ingest pages/                          every file of a known kind in a folder
  manage.py ingest news.jsonl.gz --collection wire   ids are scoped by the collection "wire"
  manage.py ingest page.txt --outlet "Daily Post"    the outlet of articles that state none
  manage.py ingest crawl.warc.gz pages.zip feed.xml  a crawl, an archive of pages, a feed
  manage.py ingest export.csv --format csv           a table with a row of names: title, text, outlet, …
  manage.py ingest pages/ --dry-run --report r.json    what would happen, with all labels
  manage.py ingest --retry                           only the files and lines that failed before
  manage.py ingest --retry 12                        … in run 12

Running the same command again changes nothing; after an interruption it completes the rest.
Exit code 1 when anything failed; everything else was taken in. The admin lists what failed, and why.
"""


class Command(ExamplesCommand):
    """Reads files, labels their articles, writes them and indexes them."""

    help = (
        "Take news articles in from files or folders: saved pages of text (.txt), saved web pages (.html), JSON lines and "
        "arrays (.jsonl, .json), tables (.csv, .tsv), feeds (.rss, .atom, .xml) and web archives (.warc), also packed "
        "(.gz, .bz2, .xz) and in archives (.zip, .tar, .tar.gz …)."
    )
    examples = EXAMPLES

    def add_arguments(self, parser: CommandParser) -> None:
        """The options of the command."""
        parser.add_argument("paths", nargs="*", type=_path, metavar="PATH", help="file or folder")
        parser.add_argument(
            "--format",
            choices=["auto", *READ_FORMATS],
            default="auto",
            help="how to read files (default: by name, else by content)",
        )
        parser.add_argument("--outlet", default="", metavar="NAME", help="outlet of articles that state none")
        parser.add_argument(
            "--collection", default="", metavar="NAME", help="scope of ids (default: folder and file name)"
        )
        parser.add_argument("--dry-run", action="store_true", help="write the report and nothing else")
        parser.add_argument("--report", type=Path, metavar="FILE", help="write what became of each article, as JSON")
        parser.add_argument("--with-text", action="store_true", help="the report has the articles' texts too")
        parser.add_argument(
            "--workers", type=int, default=0, metavar="N", help="processes (default: by the size of the input)"
        )
        parser.add_argument(
            "--retry",
            type=int,
            nargs="?",
            const=0,
            metavar="RUN",
            help="read again only what failed and is not resolved: in that run, or in all",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Run and say what happened. Raises CommandError when anything failed."""
        if not 0 <= options["workers"] <= 64:
            raise CommandError("--workers takes a number from 1 to 64")
        if options["with_text"] and options["report"] is None:
            raise CommandError("--with-text goes with --report FILE")
        _check_retry(options)
        started = time.monotonic()
        try:
            with IngestBars(shown=options["verbosity"] > 0) as bars:
                summary = run_ingest(
                    IngestOptions(
                        paths=tuple(options["paths"]),
                        format=options["format"],
                        outlet=options["outlet"],
                        collection=options["collection"].strip(),
                        dry_run=options["dry_run"],
                        report=options["report"],
                        with_text=options["with_text"],
                        workers=options["workers"],
                        retry=options["retry"],
                    ),
                    bars.progress,
                )
        except KeyboardInterrupt:
            raise CommandError("interrupted; run the same command again to complete it", returncode=130) from None
        self._say(summary, time.monotonic() - started, dry_run=options["dry_run"])

    def _say(self, summary: IngestSummary, seconds: float, *, dry_run: bool) -> None:
        counts = summary.counts
        rate = counts.articles / max(seconds, 0.001)
        statuses = ", ".join(f"{count:,} {status}" for status, count in counts.statuses.items()) or "none"
        self.stdout.write(
            f"{'Dry run, nothing was written. ' if dry_run else ''}"
            f"{counts.articles:,} articles ({statuses}), {counts.failed:,} failed, {counts.skipped:,} files skipped, "
            f"{counts.no_article:,} no articles "
            f"in {seconds:.1f} s ({rate:,.0f} articles/s)"
        )
        for line in summary.notes.lines():
            self.stdout.write(f"note: {on_one_line(line)}")
        if summary.skipped:
            shown = ", ".join(map(on_one_line, summary.skipped[:20]))
            more = f" and {len(summary.skipped) - 20} more" if len(summary.skipped) > 20 else ""
            self.stdout.write(f"skipped, of no known kind (--format reads them all the same): {shown}{more}")
        for passed in summary.no_articles:
            self.stdout.write(f"no article: {on_one_line(str(passed))}")
        if counts.no_article > len(summary.no_articles):
            more_passed = counts.no_article - len(summary.no_articles)
            self.stdout.write(f"… and {more_passed:,} more that are no articles; --report FILE and the admin list all")
        if summary.left_to_other_writer:
            self.stdout.write("another process is writing the index; manage.py update_index completes it afterwards")
        for failure in summary.failures:
            self.stderr.write(f"failed: {on_one_line(str(failure))}")
        if counts.failed > len(summary.failures):
            self.stderr.write(
                f"… and {counts.failed - len(summary.failures):,} more; --report FILE and the admin list all"
            )
        if summary.index_trouble:
            raise CommandError(
                f"the articles are in the database, but not all can be searched: {summary.index_trouble}"
            )
        if counts.failed:
            if dry_run:
                raise CommandError(f"{counts.failed:,} of the input would fail")
            rest = "; everything else was taken in" if counts.articles else ""
            remedy = "Remedy: end the cause, then manage.py ingest --retry"
            raise CommandError(f"{counts.failed:,} of the input failed{rest}. {remedy}")


def _check_retry(options: dict[str, Any]) -> None:
    """Raises CommandError for paths together with --retry, or neither."""
    if options["retry"] is None:
        if not options["paths"]:
            raise CommandError("name a file or a folder, or give --retry")
        return
    if options["retry"] < 0:
        raise CommandError("--retry takes the number of a run")
    if options["paths"] or options["outlet"] or options["collection"] or options["format"] != "auto":
        raise CommandError(
            "--retry reads what failed as the failed run did: give no path, --format, --outlet or --collection"
        )


def _path(text: str) -> Path:
    """A path that was given: an empty one, of a variable that is not set, would mean the folder we
    are in."""
    if not text.strip():
        raise ArgumentTypeError("an empty path; name a file or a folder (. is the one you are in)")
    return Path(text)
