"""The slip through the whole service (load → QR → set → hash → encrypt → store) against bare Typst.

Bare Typst is the same compiler in the same process with the same template, fonts and data, the data ready as text.
Every slip is another dossier's, so neither side is served from Typst's memory.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from datetime import datetime, timedelta
from itertools import count

from bench.measures import Measure, interleaved
from bench.store import ROOT, Store, cluster

ROUNDS = 9
SLIPS = 25
BAR = 0.8


def run() -> list[Measure]:
    """Measure on a durable PostgreSQL of its own."""
    with cluster() as (url, folder):
        store = Store(url, folder / "home")
        store.home.mkdir()
        done = subprocess.run(
            [sys.executable, "-m", "bench.slip"], env=store.environment, cwd=ROOT, check=True, stdout=subprocess.PIPE,
            text=True,
        )
    ratio, ours, bare = json.loads(done.stdout)
    detail = f"{1000 / ours:,.1f} ms against {1000 / bare:,.1f} ms a slip of two copies"
    return [Measure("slip through the service / bare Typst", ratio, BAR, at_least=True, detail=detail)]


def inside() -> tuple[float, float, float]:
    """Return the ratio and both rates (slips a second), in a process whose store is ready."""
    from motcua.foundation.core.actors import SYSTEM_ACTOR
    from motcua.foundation.core.papers import rendering
    from motcua.foundation.core.verbs import Call
    from motcua.foundation.law.actions import load_shipped
    from motcua.service.dossiers import actions
    from motcua.service.dossiers.papers import issuing, loading, slip
    from motcua.service.dossiers.tests.factories import office, received

    load_shipped(Call(SYSTEM_ACTOR))
    place, numbers, began = office(), count(), datetime(2025, 4, 24, 1, 0).astimezone()

    def dossiers() -> list[str]:
        papers = [actions.PaperIn(name=f"Giấy tờ thứ {n}", originals=1) for n in range(4)]
        return [
            received(
                place, when=began + timedelta(minutes=next(numbers)), papers=papers,
                applicant=actions.Applicant(f"Nông Thị Hường {next(numbers)}", "Thôn Nà Cù", phone="0912 345 678"),
            ).public_id
            for _ in range(SLIPS)
        ]

    def loaded(key: str) -> loading.Slip:
        found = loading.slip(key)
        assert found is not None
        return found

    def ours() -> float:
        keys = dossiers()
        start = time.perf_counter()
        for key in keys:
            issuing.slip_of(Call(place.counter), loaded(key))
        return SLIPS / (time.perf_counter() - start)

    def bare() -> float:
        sheets = [slip.sheet(loaded(key)) for key in dossiers()]
        ready = [(sheet.template, rendering.as_text(sheet.data), sheet.at) for sheet in sheets]
        start = time.perf_counter()
        for template, text, at in ready:
            rendering.compile_text(template, text, at)
        return SLIPS / (time.perf_counter() - start)

    ours(), bare()
    return interleaved(ours, bare, ROUNDS)


def main() -> None:
    """Print what was measured as JSON, in a process of its own: its store must be chosen before Django starts."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.site.settings")
    from motcua.site.command import open_store

    open_store()
    print(json.dumps(inside()))


if __name__ == "__main__":
    main()
