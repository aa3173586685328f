"""A full disk: the store says so plainly, keeps what it has, writes nothing by halves, and goes on afterwards."""

from __future__ import annotations

import contextlib
import os
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db import OperationalError
from django.test import Client

from motcua.foundation.core.time import now, travelling
from motcua.foundation.identity.tests.factories import PASSWORD, AccountFactory
from tests.counters import Browser, at_counter, filled, intake, served
from tests.stores import PATIENCE, Store, folder, hands, shift

pytestmark = [pytest.mark.processes, pytest.mark.slow, pytest.mark.xdist_group("processes")]
SIZE = 40
"""Megabytes of the small disk; an empty store takes about a tenth."""
MOST_ROOM = 80
"""Receptions for which SQLite's journal may at most have room once the disk is full."""


@pytest.fixture(scope="module")
def small(begun: Path) -> Iterator[Store]:
    """A store on a disk of its own that is easily filled."""
    with folder() as place:
        disk = place / "disk"
        disk.mkdir()
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={SIZE}m,mode=755", "tmpfs", str(disk)],
            capture_output=True, text=True, check=False,
        )
        if mounted.returncode:
            pytest.skip(f"no small disk can be mounted here: {mounted.stderr.strip()}")
        try:
            yield Store(disk / "home", shift=shift()).begin(begun)
        finally:
            subprocess.run(["umount", "-l", str(disk)], check=False)


@pytest.fixture(scope="module")
def counter(small: Store) -> dict[str, Any]:
    """The store itself, and a counter in it."""
    with hands(small, 1) as (hand,):
        place: dict[str, Any] = hand.ask("prepare")
    return place


@contextlib.contextmanager
def filled_up(disk: Path) -> Iterator[None]:
    """Fill the disk to its last byte; it is free again when the block is left."""
    filler = disk / "filler"
    handle = os.open(filler, os.O_WRONLY | os.O_CREAT)
    try:
        for size in (1 << 20, 1 << 12, 1):
            with contextlib.suppress(OSError):
                while os.write(handle, b"0" * size):
                    pass
        os.close(handle)
        yield
    finally:
        filler.unlink()


def test_a_store_without_room_refuses_keeps_all_and_goes_on(store: Store, place: dict[str, Any]) -> None:
    """The database may not grow: SQLite's own limit stands for the disk's end."""
    if store.url:
        pytest.skip("the limit is SQLite's")
    with hands(store, 2) as (hand, other):
        (before,) = hand.ask("receive", place=place, count=1)
        kept = other.ask("counts")
        hand.ask("fill", spare=0)
        answers = []
        for number in range(40):
            hand.tell("receive", place=place, key=f"day-o-{number:04d}")
            answers.append(hand.told())
            if "refused" in answers[-1]:
                break
        full, done = answers[-1], len(answers) - 1
        assert (full["refused"], full["status"]) == ("store-full", 507)
        assert full["message"].startswith("Máy chủ hết chỗ lưu, việc vừa rồi chưa được ghi")
        assert other.ask("counts")["Dossier"] == kept["Dossier"] + done
        assert other.ask("audit")["faults"] == []
        hand.ask("empty")
        (after,) = hand.ask("receive", place=place, key=f"day-o-{done:04d}")
        assert int(after[0][-4:]) == int(before[0][-4:]) + done + 1, "no number was lost to the full disk"
        assert other.ask("audit")["faults"] == []


def test_a_counter_at_a_full_disk_is_told_keeps_the_form_and_presses_again(
    small: Store, counter: dict[str, Any]
) -> None:
    place = counter
    with served(small) as server:
        browser = at_counter(server.port, place)
        first = browser.post(intake(place), filled(place, browser.form(intake(place))))
        assert first.status == 302
        forms = [filled(place, browser.form(intake(place)), applicant="Lường Thị Đầy") for _ in range(MOST_ROOM)]
        with filled_up(small.home.parent):
            # The journal may still have room of its own: what it takes is received, and counts.
            for done, data in enumerate(forms):  # noqa: B007 - where it ended is asked below
                full = browser.post(intake(place), data)
                if full.status != 302:
                    break
            slip = browser.get(first.location.replace("da-nhan", "giay-hen.pdf"))
            pages = [browser.get(path).status for path in ("/ho-so/", first.location)]
            pages += [Browser(server.port).get(path).status for path in ("/", "/dang-nhap")]
        assert full.status == 507, full.text[:400]
        assert "Máy chủ hết chỗ lưu, việc vừa rồi chưa được ghi" in full.text
        assert "Lường Thị Đầy" in full.body.decode(), "what was typed is still in the form"
        assert slip.status == 507, slip.text[:400]
        assert pages == [200, 200, 200, 200], "reading goes on"
        with hands(small, 1) as (hand,):
            assert hand.ask("counts")["Dossier"] == done + 1
            assert hand.ask("audit")["faults"] == []
        again = browser.post(intake(place), data)
        assert again.status == 302, again.text[:400]
        assert browser.get(first.location.replace("da-nhan", "giay-hen.pdf")).body[:5] == b"%PDF-"
    with hands(small, 1) as (hand,):
        found = hand.ask("audit")
    assert (found["faults"], found["dossiers"]) == ([], done + 2)


@pytest.mark.django_db
def test_at_a_full_disk_reading_goes_on_and_signing_in_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """A session that only notes that somebody is still there must not keep him from his page."""
    officer, other = AccountFactory(), AccountFactory()
    client = Client()
    client.force_login(officer)

    def full(*_: object) -> None:
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(DatabaseStore, "save", full)
    with travelling(now() + timedelta(minutes=5)):
        assert client.get("/tai-khoan").status_code == 200
    answer = Client().post("/dang-nhap", {"username": other.username, "password": PASSWORD})
    assert answer.status_code == 507
    assert "Máy chủ hết chỗ lưu" in answer.content.decode()


@pytest.mark.usefixtures("counter")
def test_a_command_at_a_full_disk_says_so(small: Store) -> None:
    """Neither a backup nor an import leaves half a file or a stack of calls."""
    with filled_up(small.home.parent):
        done = small.run("backup", str(small.home.parent / "luu.tar.gz"), timeout=PATIENCE)
    assert (done.returncode, "Traceback" in done.stderr) == (2, False), done.stderr
    assert not [path for path in small.home.parent.iterdir() if path.name not in {"home"}]
