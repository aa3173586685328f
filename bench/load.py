"""Load from a second process: wrk for HTTP, pgbench for the database. Both are bounded in time."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

HERE = Path(__file__).parent
CLIENTS = 4


def pgbench(url: str, seconds: int) -> float:
    """Return the transactions a second of bench/intake.sql with four clients."""
    program = shutil.which("pgbench") or str(max(Path("/usr/lib/postgresql").glob("*/bin/pgbench")))
    done = subprocess.run(
        [
            program, "-n", "-M", "prepared", "-c", str(CLIENTS), "-j", "2", "-T", str(seconds),
            "-f", str(HERE / "intake.sql"), url,
        ],
        check=True, capture_output=True, text=True,
    )
    found = re.search(r"tps = ([\d.]+)", done.stdout)
    assert found, done.stdout
    return float(found[1])


def wrk(address: str, seconds: int, script: str, folder: Path, clients: int = CLIENTS) -> float:
    """Return the requests a second that were answered as they should be. Raises AssertionError on any error."""
    path = folder / "load.lua"
    path.write_text(script, encoding="utf-8")
    done = subprocess.run(
        ["wrk", "-t1", f"-c{clients}", f"-d{seconds}s", "-s", str(path), address],
        check=True, capture_output=True, text=True,
    )
    assert "Non-2xx" not in done.stdout and "Socket errors" not in done.stdout, done.stdout
    found = re.search(r"Requests/sec:\s+([\d.]+)", done.stdout)
    assert found, done.stdout
    return float(found[1])
