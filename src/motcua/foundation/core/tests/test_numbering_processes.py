"""No gap and no double while real processes take numbers at once, on a file database and on PostgreSQL."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from motcua.testing import CHECKOUT

pytestmark = [pytest.mark.processes, pytest.mark.slow]
PROCESSES, EACH, RANGE = 4, 12, 20
FURNISH = """
from motcua.site.command import open_store
open_store()
from motcua.foundation.core.numbering import ranges
ranges.register("BL-26T", purpose="receipts", agency="agency:ours", first=101, last=100 + {count})
"""
ENTRIES = """
import django, json
django.setup()
from motcua.foundation.core.numbering.models import NumberEntry
print(json.dumps(list(NumberEntry.objects.order_by("series", "number").values_list("series", "number", "volume"))))
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def environment(request: pytest.FixtureRequest, tmp_path: Path, begun: Path) -> Iterator[dict[str, str]]:
    plain = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    plain |= {
        "MOTCUA_HOME": str(tmp_path / "home"), "MOTCUA_LOG": "ERROR", "DJANGO_SETTINGS_MODULE": "motcua.site.settings"
    }
    if request.param == "sqlite":
        shutil.copytree(begun, tmp_path / "home")
        yield plain
        return
    cluster = str(CHECKOUT / "tools" / "postgres.sh")
    with tempfile.TemporaryDirectory(prefix="motcua-numbers-") as folder:
        # The server refuses to run as root and then needs to pass through the folder as another user.
        Path(folder).chmod(0o755)
        started = subprocess.run([cluster, "start", f"{folder}/pg"], capture_output=True, text=True, check=False)  # noqa: S603
        if started.returncode == 3:
            pytest.skip("PostgreSQL is not on this machine")
        assert started.returncode == 0, started.stderr
        try:
            yield plain | {"DATABASE_URL": started.stdout.strip()}
        finally:
            subprocess.run([cluster, "stop", f"{folder}/pg"], capture_output=True, check=False)  # noqa: S603


def python(code: str, environment: dict[str, str]) -> str:
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)  # noqa: S603
    return done.stdout


def test_processes_share_series_books_and_ranges_without_gap_or_double(environment: dict[str, str]) -> None:
    python(FURNISH.format(count=RANGE), environment)
    taker = [sys.executable, "-m", "motcua.foundation.core.tests.number_taker"]
    running = [
        subprocess.Popen([*taker, str(seed), str(EACH)], env=environment, stdout=subprocess.PIPE, text=True)  # noqa: S603
        for seed in range(PROCESSES)
    ]
    answers = [process.communicate(timeout=120)[0] for process in running]
    assert [process.returncode for process in running] == [0] * PROCESSES
    kept: dict[str, list[int]] = {"letter": [], "book": [], "range": []}
    for answer in answers:
        for what, numbers in json.loads(answer).items():
            assert numbers == sorted(numbers), "each process sees its own numbers grow"
            kept[what] += numbers
    for what, begins in (("letter", 1), ("book", 1), ("range", 101)):
        assert sorted(kept[what]) == list(range(begins, begins + len(kept[what]))), what
    assert len(kept["letter"]) > EACH
    assert len(kept["range"]) <= RANGE
    entries = json.loads(python(ENTRIES, environment))
    assert len(entries) == sum(map(len, kept.values()))
    assert {volume for series, _, volume in entries if series.startswith("book:")} == {1}
