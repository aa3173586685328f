"""`ledger verify` without a copy named: the store's own file of seals is the witness, and part of what is examined."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from motcua.foundation.core import seal_file, time
from motcua.foundation.core.keeping import verifying
from motcua.foundation.core.keeping.verifying import verify_store
from motcua.foundation.core.models import Seal
from motcua.foundation.core.refs import Ref, new_public_id
from motcua.foundation.core.seals import make_seal
from motcua.foundation.core.tests.factories import START, outside_copy, sealed_history, tamper, write_events
from motcua.foundation.core.verification import BadSeals, Kind, Report, verify

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def own() -> Path:
    sealed_history()
    path: Path = settings.HOME.seals
    return path


def kinds(report: Report) -> list[Kind]:
    return [fault.kind for fault in report.faults]


def seal_once_more() -> None:
    write_events(Ref(f"dossier:{new_public_id()}"), START + timedelta(days=3), first=True)
    with time.travelling(START + timedelta(days=3, hours=1)):
        make_seal()


def test_the_stores_own_file_is_compared(own: Path) -> None:
    assert verify_store(own).as_json() == {
        "ok": True, "subjects": 3, "events": 13, "seals": 2, "unsealed": 1, "faults": [],
    }


def test_seals_taken_from_the_database_are_missed(own: Path) -> None:
    tamper("DELETE FROM core_seal WHERE number = 2")
    tamper("UPDATE core_ledgerhead SET sealed_sequence = 2")
    assert verify().ok
    assert kinds(verify_store(own)) == [Kind.ROLLED_BACK]


def test_a_seal_made_between_file_and_database_is_no_fault(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def meanwhile(against: Path | None = None) -> Report:
        seal_once_more()
        return verify(against)

    monkeypatch.setattr(verifying, "verify", meanwhile)
    report = verify_store(own)
    assert (report.ok, report.seals) == (True, 3)


def test_the_first_seal_of_all_made_meanwhile_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def meanwhile(against: Path | None = None) -> Report:
        if not Seal.objects.exists():
            seal_once_more()
        return verify(against)

    settings.HOME.seals.unlink(missing_ok=True)
    monkeypatch.setattr(verifying, "verify", meanwhile)
    report = verify_store(settings.HOME.seals)
    assert (report.ok, report.seals) == (True, 1)


def test_a_file_that_is_gone_is_a_fault_said_clearly(own: Path) -> None:
    own.unlink()
    report = verify_store(own)
    assert [(fault.kind, fault.where) for fault in report.faults] == [(Kind.OUTSIDE, "seals.jsonl")]
    assert "2 niêm phong" in report.faults[0].text and "--against" in report.faults[0].text
    assert not own.exists()


@pytest.mark.parametrize("left", [b"", b"not a seal\n"])
def test_a_spoilt_file_is_a_fault_of_the_store_and_no_bad_input(own: Path, left: bytes) -> None:
    own.write_bytes(left)
    assert kinds(verify_store(own)) == [Kind.OUTSIDE]


@pytest.mark.parametrize("left", [None, b""])
def test_a_store_without_seals_needs_no_file(left: bytes | None) -> None:
    settings.HOME.seals.unlink(missing_ok=True)
    if left is not None:
        settings.HOME.seals.write_bytes(left)
    assert verify_store(settings.HOME.seals).ok


def test_a_crash_before_the_line_was_written_is_no_fault(own: Path) -> None:
    own.write_bytes(own.read_bytes()[:-9])
    assert verify_store(own).ok
    with seal_file.sealing(own):
        seal_file.catch_up(own)
    assert verify_store(own).ok


def test_a_copy_named_is_the_one_compared(own: Path, tmp_path: Path) -> None:
    copy = outside_copy(tmp_path)
    own.write_bytes(b"not a seal\n")
    assert verify_store(own, copy).ok
    with pytest.raises(BadSeals):
        verify_store(copy, own)
