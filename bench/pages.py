"""The queue and a dossier's page must be as fast among a million dossiers as among ten thousand."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from bench import load, store
from bench.browser import Browser
from bench.measures import Measure, interleaved
from motcua.demonstration.entrance import PASSWORD

SMALL, LARGE = 10_000, 1_000_000
OFFICER = "huyen.motcua"
SCRIPT = """
request = function() return wrk.format("GET", "{path}", {{["Cookie"]="{cookies}"}}) end
"""
# Copies of the simulated dossiers with their clock events: nine tenths are over, as in a real office's archive.
FILL = (Path(__file__).parent / "fill.sql").read_text() if (Path(__file__).parent / "fill.sql").exists() else ""


def run() -> list[Measure]:
    """Serve both stores side by side and ask each for the same two pages in turn."""
    if shutil.which("wrk") is None:
        print("bỏ qua pages: chưa cài wrk (make services)")
        return []
    with store.cluster() as (url, folder):
        places = [store.furnish(url, name, folder, dossiers=150) for name in ("small", "large")]
        for place, size in zip(places, (SMALL, LARGE), strict=True):
            place.sql(FILL.replace(":wanted", str(size)))
        with store.served(places[0], 8742) as small, store.served(places[1], 8743) as large:
            visits = [_visit(address) for address in (small, large)]
            return [_measure(name, visits, folder) for name in ("queue", "dossier")]


def _visit(address: str) -> dict[str, tuple[str, str, str]]:
    browser = Browser(address)
    browser.sign_in(OFFICER, PASSWORD)
    page = browser.get("/ho-so/")
    link = re.search(r'href="(/ho-so/[a-z0-9]{14}/)"', page)
    assert link, "the queue shows no dossier"
    return {"queue": (address, "/ho-so/", browser.cookies), "dossier": (address, link[1], browser.cookies)}


def _measure(name: str, visits: list[dict[str, tuple[str, str, str]]], folder: Path) -> Measure:
    def once(which: int) -> float:
        address, path, cookies = visits[which][name]
        return 1 / load.wrk(address, 2, SCRIPT.format(path=path, cookies=cookies), folder, clients=1)

    ratio, large, small = interleaved(lambda: once(1), lambda: once(0), rounds=7)
    detail = f"{large * 1000:.1f} ms at {LARGE:,} against {small * 1000:.1f} ms at {SMALL:,}"
    return Measure(f"{name} page, large store / small store", ratio, 1.5, at_least=False, detail=detail)
