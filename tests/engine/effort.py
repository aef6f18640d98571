"""How hard the random tests try: 500 cases in `make test`, as many as ENGINE_CASES says elsewhere."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

from tests.engine.strategies import QUERIES_A_CASE

# Room for queries in each test, up to QUERIES_A_CASE of them over one history.
CASES = int(os.environ.get("ENGINE_CASES", "500"))

careful = settings(
    report_multiple_bugs=False,
    max_examples=max(CASES // QUERIES_A_CASE, 10),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    database=None,
)
