"""`manage.py ingest`: files become articles, and articles searchable."""

from __future__ import annotations

import time
from argparse import ArgumentTypeError
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from search.ingest.files.kinds import READ_FORMATS
from search.ingest.files.unread import why_unread
from search.ingest.pipeline import IngestOptions, IngestSummary, run_ingest
from search.ingest.readers.record import KEYS
from search.management.examples import ExamplesCommand
from search.management.progress import IngestBars
from search.management.terminal import on_one_line

SHOWN_SKIPPED = 20
EXAMPLES = """Examples:
  manage.py ingest pages/                          every file of a known kind in a folder
  manage.py ingest news.jsonl.gz --collection wire   ids are scoped by the collection "wire"
  manage.py ingest page.txt --outlet "Daily Post"    the outlet of articles that state none
  manage.py ingest crawl.warc.gz pages.zip feed.xml  a crawl, an archive of pages, a feed
  manage.py ingest export.csv --format csv           a table with a row of names: title, text, outlet, …
  manage.py ingest export.csv --map published=day    the column "day" holds the date
  manage.py ingest pages/ --dry-run --report r.json    what would happen, with all labels
  manage.py ingest --retry                           only the files and lines that failed before
  manage.py ingest --retry 12                        … in run 12

Running the same command again changes nothing; after an interruption it completes the rest.
Exit code 1 when anything failed or nothing was taken; everything else was taken in. The admin lists what failed, and why.
"""


class Command(ExamplesCommand):
    """Reads files, labels their articles, writes them and indexes them."""

    help = (
        "Take news articles in from files or folders: saved pages of text (.txt), saved web pages (.html), JSON lines and "
        "arrays (.jsonl, .json), tables (.csv, .tsv, .xlsx), feeds (.rss, .atom, .xml), web archives (.warc, .wacz), pages saved whole (.mhtml), mails "
        "(.eml, .mbox), documents (.docx, .pdf, .rtf, .md) and references (.ris, .bib), also packed "
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
        parser.add_argument(
            "--map",
            action="append",
            default=[],
            type=_named_field,
            metavar="FIELD=NAME",
            help="the key or column that holds a field of records, as published=date_publish or title=headline.main; "
            "may be given several times",
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
                        names=tuple(options["map"]),
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
        for line in _skipped_lines(summary.skipped):
            self.stdout.write(line)
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
        if not counts.articles and counts.no_article:
            raise CommandError("nothing was taken: what was read holds no article")
        if not counts.articles and summary.skipped:
            raise CommandError("nothing was taken: no file is of a kind that is read")


def _skipped_lines(names: Sequence[str]) -> Iterator[str]:
    """The files that were not read, by what they are."""
    kinds: dict[str, list[str]] = {}
    for name in names:
        kinds.setdefault(why_unread(name), []).append(on_one_line(name))
    for why, files in kinds.items():
        more = f" and {len(files) - SHOWN_SKIPPED} more" if len(files) > SHOWN_SKIPPED else ""
        yield f"skipped, {why}: {', '.join(files[:SHOWN_SKIPPED])}{more}"


def _check_retry(options: dict[str, Any]) -> None:
    """Raises CommandError for paths together with --retry, or neither."""
    if options["retry"] is None:
        if not options["paths"]:
            raise CommandError("name a file or a folder, or give --retry")
        return
    if options["retry"] < 0:
        raise CommandError("--retry takes the number of a run")
    if options["paths"] or options["outlet"] or options["collection"] or options["map"] or options["format"] != "auto":
        raise CommandError(
            "--retry reads what failed as the failed run did: give no path, --format, --outlet, --collection or --map"
        )


def _named_field(text: str) -> tuple[str, str]:
    """A field and the name that holds it."""
    field, _, name = text.partition("=")
    field, name = field.strip().lower(), name.strip()
    if field not in KEYS or not name:
        raise ArgumentTypeError(f"takes FIELD=NAME, where FIELD is one of {', '.join(KEYS)}")
    return field, name


def _path(text: str) -> Path:
    """A path that was given: an empty one, of a variable that is not set, would mean the folder we
    are in."""
    if not text.strip():
        raise ArgumentTypeError("an empty path; name a file or a folder (. is the one you are in)")
    return Path(text)
