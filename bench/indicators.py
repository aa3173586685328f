"""Numbers read from a million dossiers as from ten thousand, and sums built anew in a bounded time."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from bench import freshness, store
from bench.cube import Cube
from bench.measures import Measure, interleaved

SMALL, LARGE = 10_000, 1_000_000
FILL = (Path(__file__).parent / "fill.sql").read_text()
# Read in one process as a page reads: once to warm what a process keeps, then the median of nine.
READ = """
import json, os, statistics, time
os.environ["DJANGO_SETTINGS_MODULE"] = "motcua.site.settings"
import django
django.setup()
from motcua.foundation.indicators import registry, selectors
def once(codes):
    began = time.perf_counter()
    selectors.ask_many(codes)
    return time.perf_counter() - began
codes = registry.codes()
once(codes)
print(json.dumps(statistics.median(once(codes) for _ in range(9))))
"""
#: The page of needles as the steward opens it: session, rights, every reading, the drawing.
OPEN = """
import json, os, statistics, time
os.environ["DJANGO_SETTINGS_MODULE"] = "motcua.site.settings"
import django
django.setup()
from django.test import Client
from django.urls import reverse
from motcua.foundation.identity.models import Account
from motcua.steering.programme.models import Programme
client = Client(HTTP_HOST="localhost")
client.force_login(Account.objects.get(username="thuongtruc"))
page = reverse("programme-needles", args=[Programme.objects.get().public_id])
def once():
    began = time.perf_counter()
    assert client.get(page).status_code == 200
    return time.perf_counter() - began
once()
print(json.dumps(statistics.median(once() for _ in range(9))))
"""


def run() -> list[Measure]:
    """Fill two stores, build their sums, see that they agree with the rows, and read all numbers in turn."""
    with store.cluster() as (url, folder):
        places = [store.furnish(url, name, folder, dossiers=600) for name in ("small", "large")]
        built = []
        for place, size in zip(places, (SMALL, LARGE), strict=True):
            place.sql(FILL.replace(":wanted", str(size)))
            built.append(json.loads(place.motcua("indicators", "recompute", "--json"))["sources"][0])
            assert json.loads(place.motcua("indicators", "verify", "--json"))["agrees"]
            place.sql("VACUUM ANALYZE indicators_fold; VACUUM ANALYZE indicators_series;")
        ratio, large, small = interleaved(lambda: _read(places[1]), lambda: _read(places[0]))
        detail = f"{large * 1000:.1f} ms at {LARGE:,} against {small * 1000:.1f} ms at {SMALL:,}; "
        detail += f"built anew in {built[1]['seconds']:.0f} s, {built[1]['cells']:,} cells"
        found = [Measure("all numbers, large store / small store", ratio, 1.5, at_least=False, detail=detail)]
        ratio, large, small = interleaved(lambda: _read(places[1], OPEN), lambda: _read(places[0], OPEN))
        detail = f"{large * 1000:.1f} ms at {LARGE:,} against {small * 1000:.1f} ms at {SMALL:,}"
        found.append(Measure("needles page, large store / small store", ratio, 1.5, at_least=False, detail=detail))
        return [*found, *_rebuilt(places[1], folder), freshness.run(places[1], folder)]


def _rebuilt(place: store.Store, folder: Path) -> list[Measure]:
    """Build all sums anew, against DuckDB over Parquet of the same rows; both must come to the same, sum by sum.

    Once over a sound store, as every night and after a doubt; once with no sum at all, as after an upgrade.
    """
    cube = Cube(place, folder / "cube")
    cube.seconds()
    found = []
    for name, work in (("a sound store", _recompute), ("nothing", _from_nothing)):
        ratio, ours, limit = interleaved(lambda work=work: work(place), cube.seconds, rounds=3)  # type: ignore[misc]
        assert cube.differences() == 0, f"{cube.differences()} sums differ from DuckDB's"
        detail = f"{ours:.1f} s against {limit:.2f} s at {LARGE:,}; every sum equal"
        found.append(
            Measure(f"all sums built anew over {name} / DuckDB over Parquet", ratio, 15, at_least=False, detail=detail)
        )
    return found


def _from_nothing(place: store.Store) -> float:
    place.sql("TRUNCATE indicators_fold; CHECKPOINT;")
    return _recompute(place)


def _recompute(place: store.Store) -> float:
    return float(json.loads(place.motcua("indicators", "recompute", "--json"))["sources"][0]["seconds"])


def _read(place: store.Store, script: str = READ) -> float:
    done = subprocess.run(
        [sys.executable, "-c", script], env=place.environment, check=True, cwd=store.ROOT, capture_output=True,
        text=True,
    )
    return float(json.loads(done.stdout))
