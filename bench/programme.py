"""Reading a decision, against reading and tokenising the same file with a plain script."""

from __future__ import annotations

import os
import re
import sys
import time
import unicodedata
from pathlib import Path
from typing import Any

from bench.measures import Measure, interleaved

PLAN = Path(os.environ.get("MOTCUA_SHARED", Path(__file__).resolve().parents[2] / "shared" / "data"))
WORD = re.compile(r"\w+|[^\w\s]")


def run() -> list[Measure]:
    """Interleave both on the real decision; the whole import, file to reading, is timed anew each round."""
    path = PLAN / ".." / "plan" / "860-qd-ubnd-2016.txt"
    if not path.exists():
        print("bỏ qua programme: không có quyết định thật ở đây")
        return []
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.site.settings")
    django.setup()
    from motcua.foundation.organisations import datafile, readings, rules
    from motcua.steering.programme.reading.names import Named, roster_of
    from motcua.steering.programme.reading.reader import decision_day, read
    from motcua.steering.programme.reading.sources import open_document

    known = datafile.read_catalogue(datafile.shipped("kinds.toml"))
    register = rules.replay(known, datafile.read_events(datafile.shipped("bac-kan.csv"), known))

    def ours() -> float:
        for remembered in _caches():  # a file comes once
            remembered.cache_clear()
        began = time.perf_counter()
        source = open_document(path.name, path.read_bytes())
        day = decision_day(source.blocks)
        assert day is not None
        units = readings.list_units(register, day)
        named = (Named(u.code, (u.title, u.name, *register.units[u.key].aliases), u.kind) for u in units)
        assert len(read(source.blocks, roster_of(named)).tasks) == 63
        return time.perf_counter() - began

    def plain() -> float:
        began = time.perf_counter()
        text = unicodedata.normalize("NFC", path.read_text(encoding="utf-8"))
        tokens = [WORD.findall(_folded(line)) for line in text.split("\n") if line.strip()]
        assert sum(map(len, tokens)) > 10_000
        return time.perf_counter() - began

    ours()
    ratio, mine, bare = interleaved(ours, plain, rounds=9)
    detail = f"{mine * 1000:.0f} ms against {bare * 1000:.0f} ms"
    return [Measure("import of the real plan / reading and tokenising it", ratio, 5.0, at_least=False, detail=detail)]


def _caches() -> list[Any]:
    """Return everything that the reading remembers from one file to the next."""
    found = []
    for name, module in list(sys.modules.items()):
        if name.startswith("motcua.steering.programme.reading"):
            found += [value for value in vars(module).values() if hasattr(value, "cache_clear")]
    return found


def _folded(line: str) -> str:
    parts = unicodedata.normalize("NFD", line.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in parts if not unicodedata.combining(letter)).lower()
