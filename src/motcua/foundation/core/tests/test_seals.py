"""Sealing: what moved is sealed once, leaves the database, survives a crash in between, and holds up nobody."""

from __future__ import annotations

import hashlib
import html
import re
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client

from motcua.foundation.core import merkle, seal_file, seal_lines, seals, time
from motcua.foundation.core.models import LedgerHead, Seal
from motcua.foundation.core.refs import Ref
from motcua.foundation.core.seal_file import SealsDisagree
from motcua.foundation.core.seals import make_seal, public_keys
from motcua.foundation.core.tests.factories import START, sealed_history, tamper, write_events
from motcua.foundation.core.verification import verify

pytestmark = pytest.mark.django_db(transaction=True)


def lines() -> list[bytes]:
    return list(settings.HOME.seals.read_bytes().splitlines())


def stored() -> list[bytes]:
    return [bytes(line) for line in Seal.objects.order_by("number").values_list("line", flat=True)]


def test_a_seal_takes_what_moved_since_the_last_one_and_nothing_else() -> None:
    names = sealed_history()
    assert make_seal() == [3]
    last = seal_lines.parse(stored()[-1])
    assert [seal_lines.apart(leaf)[:2] for leaf in last.leaves] == [(seal_lines.who(names[0]), 5)]
    assert last.subjects == 3
    assert make_seal() == []


def test_seals_hold_the_former_seal_and_are_signed() -> None:
    sealed_history()
    first, second = (seal_lines.parse(line) for line in stored())
    assert second.former == first.digest
    assert all(seal_lines.is_signed(seal, public_keys()[0].raw) for seal in (first, second))
    assert not seal_lines.is_signed(first, b"k" * 32)


def test_every_seal_stands_in_the_file_as_in_the_database() -> None:
    sealed_history()
    assert lines() == stored()


def test_no_subject_can_be_read_from_the_file() -> None:
    names = sealed_history()
    text = settings.HOME.seals.read_text()
    assert not any(name in text or name.partition(":")[2] in text for name in names)


def test_what_a_crash_kept_from_the_file_is_written_by_the_next_run() -> None:
    sealed_history()
    whole = settings.HOME.seals.read_bytes()
    first = whole.index(b"\n") + 1
    for kept in (b"", whole[:10], whole[: first - 1], whole[:first], whole[: first + 5], whole[:-1]):
        settings.HOME.seals.write_bytes(kept)
        with seal_file.sealing(settings.HOME.seals):
            seal_file.catch_up(settings.HOME.seals)
        assert settings.HOME.seals.read_bytes() == whole


@pytest.mark.parametrize(("old", "new"), [(b'"subjects":3', b'"subjects":4'), (b"]}\n", b"]}\nx\n")])
def test_a_file_that_disagrees_is_left_as_it_is(old: bytes, new: bytes) -> None:
    sealed_history()
    changed = settings.HOME.seals.read_bytes().replace(old, new)
    settings.HOME.seals.write_bytes(changed)
    with pytest.raises(SealsDisagree):
        make_seal()
    assert settings.HOME.seals.read_bytes() == changed
    assert Seal.objects.count() == 2


def test_the_file_of_an_older_store_is_kept_beside() -> None:
    settings.HOME.seals.parent.mkdir(exist_ok=True)
    settings.HOME.seals.write_text("what an older store left\n")
    write_events(Ref("dossier:new"), START, first=True)
    assert make_seal() == [1]
    kept = [path for path in settings.HOME.seals.parent.glob("seals-*.jsonl") if "older" in path.read_text()]
    assert len(kept) == 1
    assert lines() == stored()
    kept[0].unlink()


def test_a_ledger_whose_seals_were_taken_away_is_no_new_store() -> None:
    sealed_history()
    kept = settings.HOME.seals.read_bytes()
    tamper("DELETE FROM core_seal")
    with pytest.raises(SealsDisagree, match="số 1"):
        make_seal()
    assert settings.HOME.seals.read_bytes() == kept
    assert not Seal.objects.exists()


def test_a_large_store_is_sealed_in_several_seals_of_one_instant(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seals, "BATCH", 2)
    for number in range(5):
        write_events(Ref(f"dossier:{number}"), START + timedelta(hours=number), first=True)
    with time.travelling(START + timedelta(days=1)):
        assert make_seal() == [1, 2, 3]
    assert len(set(Seal.objects.values_list("made_us", flat=True))) == 1
    assert verify().as_json() == {"ok": True, "subjects": 5, "events": 5, "seals": 3, "unsealed": 0, "faults": []}


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer")
def test_a_writer_at_work_is_neither_held_up_nor_left_out() -> None:
    names = sealed_history()
    is_held, may_go = threading.Event(), threading.Event()

    def write() -> None:
        with transaction.atomic():
            LedgerHead.objects.select_for_update().get(subject=names[0])
            is_held.set()
            may_go.wait(20)
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    assert is_held.wait(20)
    try:
        assert make_seal() == [3]
        assert seal_lines.apart(seal_lines.parse(stored()[-1]).leaves[0]).sequence == 5
    finally:
        may_go.set()
        writer.join()
    assert make_seal() == [4]
    assert make_seal() == []
    assert verify().ok


def test_the_tree_pairs_as_rfc_6962_does() -> None:
    one, two, three = (merkle.root([leaf]) for leaf in (b"a", b"b", b"c"))
    pair = hashlib.sha256(b"\1" + one + two).digest()
    assert merkle.root([b"a", b"b"]) == pair
    assert merkle.root([b"a", b"b", b"c"]) == hashlib.sha256(b"\1" + pair + three).digest()
    assert merkle.root([]) == hashlib.sha256(b"").digest()
    assert seal_lines.root_of(["a 1 b"]) == merkle.root([b"a 1 b"]).hex()


def test_anybody_can_check_with_what_the_public_page_gives(client: Client, tmp_path: Path) -> None:
    """The program printed on the page runs on the files the page leads to, and notices a change."""
    sealed_history()
    page = client.get("/niem-phong").content.decode()
    assert bytes(Seal.objects.get(number=2).root).hex() in page
    found = re.search(r'<pre id="check" tabindex="0"><code>(.*?)</code>', page, re.DOTALL)
    assert found
    (tmp_path / "check.py").write_text(html.unescape(found[1]))
    (tmp_path / "khoa-1.pem").write_bytes(client.get("/niem-phong/khoa-1.pem").content)
    copy = tmp_path / "seals.jsonl"
    copy.write_bytes(b"".join(client.get("/niem-phong/seals.jsonl").streaming_content))  # type: ignore[attr-defined]
    assert run_check(tmp_path).stdout.count("OK") == 2
    copy.write_bytes(copy.read_bytes().replace(b'"subjects":3', b'"subjects":4'))
    assert run_check(tmp_path).returncode != 0


def run_check(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "check.py"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603


@pytest.mark.parametrize("address", ["/niem-phong?truoc=x", "/niem-phong?truoc=99999999999999999999", "/niem-phong"])
def test_the_page_stands_any_question(client: Client, address: str) -> None:
    assert client.get(address).status_code == 200


def test_a_key_that_is_not_there_is_not_found(client: Client) -> None:
    assert client.get("/niem-phong/khoa-77.pem").status_code == 404
