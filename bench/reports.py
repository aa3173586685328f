"""A quarter of every agency's reports: sent one by one through the verbs, rolled up on a page, added again by hand."""

from __future__ import annotations

import json
import subprocess
import sys

from bench import store
from bench.measures import Measure


def run() -> list[Measure]:
    """Open a period, let every agency send, and time the page of the roll-up; its sums must equal plain ones."""
    with store.cluster() as (url, folder):
        place = store.furnish(url, "reports", folder, dossiers=300)
        done = subprocess.run(
            [sys.executable, "-m", "bench.rolling"], env=place.environment, check=True, cwd=store.ROOT,
            stdout=subprocess.PIPE, text=True,
        )
    found = json.loads(done.stdout.splitlines()[-1])
    assert not found["wrong"], f"sums differ from plain addition: {found['wrong']}"
    assert found["sent"] >= 148, f"only {found['sent']} agencies have sent"
    detail = f"{found['sent']} agencies sent through the verbs; every sum equal to plain addition"
    return [Measure("seconds for the roll-up of a province", found["seconds"], 10, at_least=False, detail=detail)]
