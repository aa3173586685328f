"""From the commit of a finished dossier to the first answer over HTTP that counts it, while others file and read."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import URLError

from bench import intake, load, store
from bench.browser import Browser
from bench.measures import Measure
from motcua.demonstration.entrance import PASSWORD

FINISHED, SECONDS, PORT = 300, 45, 8743
#: An officer's process finishes what lies with officers, one after another; the clock is the machine's.
FINISH = """
import os, sys, time
os.environ["DJANGO_SETTINGS_MODULE"] = "motcua.site.settings"
import django
django.setup()
from motcua.foundation.core.time import today
from motcua.foundation.core.verbs import Call
from motcua.foundation.identity.selectors import officer
from motcua.service.dossiers import actions
from motcua.service.dossiers.models import Dossier
mine = Dossier.objects.filter(state__in=["in-process", "received"], is_awaited=False, at_account__isnull=False)
mine = mine.exclude(code__startswith="C").select_related("at_account").order_by("id")
last = 0
while sys.stdin.readline() and (dossier := mine.filter(pk__gt=last).first()):
    last = dossier.pk
    actions.finish(Call(officer(dossier.at_account, today())), dossier=dossier)
    print(time.monotonic(), flush=True)
"""


def run(place: store.Store, folder: Path) -> Measure:
    """Finish dossiers one by one while four clients file without pause; ask for the number until it has moved.

    What is finished lay with officers before, or was filed by the load a moment ago.
    """
    with _served(place) as address:
        watcher, steward = Browser(address), "thuongtruc"
        watcher.sign_in(steward, PASSWORD)
        filing = threading.Thread(target=_file, args=(address, folder), daemon=True)
        filing.start()
        waits = sorted(_waits(place, watcher))
        filing.join()
    p99 = waits[max(0, round(len(waits) * 0.99) - 1)]
    middle = waits[len(waits) // 2]
    detail = f"{len(waits)} finished under load; median {middle * 1000:.0f} ms, longest {waits[-1] * 1000:.0f} ms"
    return Measure("seconds from commit to readable, p99", p99, 1.0, at_least=False, detail=detail)


def _waits(place: store.Store, watcher: Browser) -> Iterator[float]:
    officer = subprocess.Popen(
        [sys.executable, "-c", FINISH], env=place.environment, cwd=store.ROOT, stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, text=True,
    )
    assert officer.stdin and officer.stdout
    known, until = _settled(watcher), time.monotonic() + SECONDS
    for _ in range(FINISHED):
        if time.monotonic() > until:
            break
        officer.stdin.write("\n")
        officer.stdin.flush()
        committed = officer.stdout.readline()
        if not committed:
            break
        while _settled(watcher) <= known:
            assert time.monotonic() - float(committed) < 60, "the number never moved"
        yield time.monotonic() - float(committed)
        known += 1
    officer.stdin.close()
    officer.wait(20)


def _settled(watcher: Browser) -> int:
    return int(json.loads(watcher.get("/so-lieu/dossiers-settled.json"))["total"]["numerator"])


def _file(address: str, folder: Path) -> None:
    posts = ", ".join(intake.post_of(address, name) for name in intake.SOUGHT)
    with suppress(AssertionError):  # the server may be gone before the load is: what counts is the watcher's wait
        load.wrk(address, SECONDS, intake.SCRIPT.format(posts=posts, run="fresh000", address=address), folder)


@contextmanager
def _served(place: store.Store) -> Iterator[str]:
    """Serve the store whole, with the worker and the scheduler that sum what verbs appended."""
    command = [sys.executable, "-m", "motcua.site.command", "serve", "--port", str(PORT)]
    address = f"http://127.0.0.1:{PORT}"
    with subprocess.Popen(command, env=place.environment, cwd=store.ROOT, stdout=subprocess.DEVNULL) as server:
        try:
            for _ in range(300):
                with suppress(URLError, OSError):
                    Browser(address).get("/dang-nhap")
                    break
                time.sleep(0.2)
            yield address
        finally:
            server.terminate()
