"""Files to take in, and what a run made of them."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

from django.core import serializers

from search.ingest.pipeline import IngestOptions, IngestSummary, run_ingest
from search.models import Article, CountryMention, Outlet, SourceDocument

Report = dict[str, Any]


def record(number: int | str = 1, **values: Any) -> dict[str, Any]:
    """A record with everything; `None` takes a key away."""
    whole = {
        "id": str(number),
        "title": f"Harbour opens in year {number}",
        "text": f"The harbour of Batumi in Georgia was opened again on day {number} after the repairs of the pier.",
        "outlet": "Coast Courier",
        "outlet_country": "GE",
        "author": "Nino Example",
        "published": "2020-10-05",
        "language": "en",
        "url": f"https://coast.example/{number}",
    } | values
    return {key: value for key, value in whole.items() if value is not None}


def write_jsonl(path: Path, *rows: dict[str, Any] | str) -> Path:
    """A file of records, strings as lines of their own; compressed when it is named so."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = "".join(f"{row if isinstance(row, str) else json.dumps(row, ensure_ascii=False)}\n" for row in rows)
    data = lines.encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


def ingest(*paths: Path, **options: Any) -> tuple[IngestSummary, Report]:
    """Run, with a report."""
    report = paths[0].parent / "report.json"
    summary = run_ingest(IngestOptions(paths=paths, report=report, **{"workers": 1} | options))
    return summary, json.loads(report.read_text())


def statuses(report: Report) -> list[str]:
    """Statuses in the order of the input."""
    return [entry["status"] for entry in report["articles"]]


def everything() -> str:
    """All that ingest writes but the runs themselves: equal strings mean that nothing changed."""
    models = (Outlet, SourceDocument, Article, CountryMention)
    return "".join(serializers.serialize("json", model._default_manager.order_by("pk")) for model in models)
