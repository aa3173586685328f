"""Every way to tamper with the ledger that we can think of is found, located and named."""
# ruff: noqa: S608 - the SQL is a forger's, and its parts stand in this file

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from motcua.foundation.core import ledger, time
from motcua.foundation.core.models import LedgerEvent, LedgerHead, Seal
from motcua.foundation.core.refs import Ref
from motcua.foundation.core.seals import make_seal
from motcua.foundation.core.tests.factories import (
    START,
    outside_copy,
    rewrite_chain,
    sealed_history,
    tamper,
    unguarded,
    write_events,
)
from motcua.foundation.core.verification import BadSeals, Kind, verify

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def chains() -> list[Ref]:
    return sealed_history()


def kinds(against: Path | None = None) -> set[Kind]:
    return {fault.kind for fault in verify(against).faults}


def places(kind: Kind, against: Path | None = None) -> list[str]:
    return [fault.where for fault in verify(against).faults if fault.kind == kind]


def test_an_untouched_ledger_is_whole(chains: list[Ref], tmp_path: Path) -> None:
    report = verify(outside_copy(tmp_path))
    assert report.as_json() == {"ok": True, "subjects": 3, "events": 13, "seals": 2, "unsealed": 1, "faults": []}


def test_an_empty_ledger_is_whole() -> None:
    assert verify().as_json() == {"ok": True, "subjects": 0, "events": 0, "seals": 0, "unsealed": 0, "faults": []}


@pytest.mark.parametrize("table", ["core_ledgerevent", "core_seal"])
@pytest.mark.parametrize("change", ["UPDATE {} SET made_us = 1", "DELETE FROM {}"])
def test_triggers_refuse_update_and_delete(chains: list[Ref], table: str, change: str) -> None:
    sql = change.format(table)
    if table == "core_ledgerevent":
        sql = sql.replace("made_us", "entered_us")
    with pytest.raises(DatabaseError, match="append-only"), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE")
def test_triggers_refuse_truncate(chains: list[Ref]) -> None:
    with pytest.raises(DatabaseError, match="append-only"), connection.cursor() as cursor:
        cursor.execute("TRUNCATE core_ledgerevent")


def test_one_flipped_byte_is_found_and_located(chains: list[Ref]) -> None:
    event = LedgerEvent.objects.get(subject=chains[1], sequence=3)
    canonical = bytearray(event.canonical)
    canonical[-2] ^= 1
    tamper("UPDATE core_ledgerevent SET canonical = %s WHERE id = %s", bytes(canonical), event.pk)
    assert places(Kind.CHANGED) == [f"{chains[1]}#3"]


def test_bytes_turned_into_text_are_read_all_the_same(chains: list[Ref]) -> None:
    change = {
        "sqlite": "UPDATE core_ledgerevent SET canonical = replace(canonical, 'hand-over', 'hand-away')",
        "postgresql": "UPDATE core_ledgerevent SET canonical = "
                      "convert_to(replace(convert_from(canonical, 'UTF8'), 'hand-over', 'hand-away'), 'UTF8')",
    }
    tamper(change[connection.vendor] + " WHERE subject = %s AND sequence = 2", chains[0])
    assert places(Kind.CHANGED) == [f"{chains[0]}#2"]


@pytest.mark.parametrize("column", ["verb", "actor", "agency", "act", "cause", "request_key"])
def test_a_changed_column_is_found_though_the_bytes_are_true(chains: list[Ref], column: str) -> None:
    tamper(f"UPDATE core_ledgerevent SET {column} = %s WHERE subject = %s AND sequence = 4", "account:x", chains[2])
    report = verify()
    assert [(fault.kind, fault.where) for fault in report.faults] == [(Kind.COLUMNS, f"{chains[2]}#4")]
    assert column in report.faults[0].text


@pytest.mark.parametrize("column", ["happened_us", "entered_us"])
def test_a_changed_time_column_is_found(chains: list[Ref], column: str) -> None:
    tamper(f"UPDATE core_ledgerevent SET {column} = {column} + 1 WHERE subject = %s AND sequence = 4", chains[2])
    assert kinds() == {Kind.COLUMNS}


def test_a_changed_hash_breaks_the_chain(chains: list[Ref]) -> None:
    tamper("UPDATE core_ledgerevent SET hash = %s WHERE subject = %s AND sequence = 1", b"x" * 32, chains[0])
    assert places(Kind.CHANGED) == [f"{chains[0]}#1", f"{chains[0]}#2"]


def test_a_removed_event_leaves_a_gap(chains: list[Ref]) -> None:
    tamper("DELETE FROM core_ledgerevent WHERE subject = %s AND sequence = 3", chains[0])
    assert places(Kind.GAP) == [f"{chains[0]}#4"]


def test_a_cut_tail_leaves_the_head_ahead(chains: list[Ref]) -> None:
    tamper("DELETE FROM core_ledgerevent WHERE subject = %s AND sequence = 5", chains[0])
    assert places(Kind.MISSING) == [chains[0]]


def test_a_cut_tail_with_its_head_set_back_is_known_from_the_seals(chains: list[Ref]) -> None:
    tamper("DELETE FROM core_ledgerevent WHERE subject = %s AND sequence > 2", chains[1])
    value = bytes(LedgerEvent.objects.get(subject=chains[1], sequence=2).hash)
    tamper(
        "UPDATE core_ledgerhead SET sequence = 2, sealed_sequence = 2, hash = %s WHERE subject = %s", value, chains[1]
    )
    assert places(Kind.MISSING) == [chains[1]]


def test_a_head_that_lags_behind_is_found(chains: list[Ref]) -> None:
    tamper("UPDATE core_ledgerhead SET sequence = 3 WHERE subject = %s", chains[0])
    assert places(Kind.HEAD) == [chains[0]]


def test_a_head_with_another_hash_or_none_at_all_is_found(chains: list[Ref]) -> None:
    tamper("UPDATE core_ledgerhead SET hash = %s WHERE subject = %s", b"y" * 32, chains[0])
    tamper("DELETE FROM core_ledgerhead WHERE subject = %s", chains[1])
    assert sorted(places(Kind.HEAD)) == sorted(chains[:2])


def test_a_subject_deleted_with_everything_is_known_from_the_seals(chains: list[Ref]) -> None:
    for table in ("core_ledgerevent", "core_ledgerhead"):
        tamper(f"DELETE FROM {table} WHERE subject = %s", chains[2])
    faults = verify().faults
    assert {fault.kind for fault in faults} == {Kind.MISSING}
    assert any("mất cả chuỗi" in fault.text for fault in faults)
    assert any("3 đối tượng" in fault.text for fault in faults)


def test_a_chain_rewritten_with_its_head_is_not_the_one_that_was_sealed(chains: list[Ref]) -> None:
    rewrite_chain(chains[1])
    assert places(Kind.REWRITTEN) == [f"{chains[1]}#2"]


def test_an_entry_dated_before_a_seal_that_does_not_hold_it_is_found(chains: list[Ref]) -> None:
    late = Ref("dossier:late")
    write_events(late, START + timedelta(hours=1), first=True)
    assert places(Kind.BACK_DATED) == [f"{late}#1"]
    with time.travelling(START + timedelta(days=4)):
        make_seal()
    assert places(Kind.BACK_DATED) == [f"{late}#1"]


def test_an_entry_dated_after_the_seal_that_holds_it_is_found() -> None:
    write_events(Ref("dossier:early"), START + timedelta(days=1), first=True)
    with time.travelling(START):
        make_seal()
    assert kinds() == {Kind.BACK_DATED}


def test_times_that_run_backwards_in_a_chain_are_found(chains: list[Ref]) -> None:
    write_events(chains[0], START + timedelta(days=1, hours=20))
    assert places(Kind.BACK_DATED) == [f"{chains[0]}#6"]


def test_a_transaction_that_was_open_while_a_seal_was_made_is_no_fault(chains: list[Ref]) -> None:
    write_events(chains[1], START + timedelta(days=1, hours=10) - timedelta(minutes=5))
    with time.travelling(START + timedelta(days=3)):
        make_seal()
    assert verify().ok


@pytest.mark.parametrize("change", ["made_us = made_us - 1", "root = %s"])
def test_a_changed_seal_row_is_found(chains: list[Ref], change: str) -> None:
    tamper(f"UPDATE core_seal SET {change} WHERE number = 1", *([b"z" * 32] if "%s" in change else []))
    assert places(Kind.SEAL) == ["seal 1"]


def altered(number: int, **changes: object) -> bytes:
    data = json.loads(bytes(Seal.objects.get(number=number).line))
    return json.dumps({**data, **changes}, separators=(",", ":")).encode()


def test_a_seal_changed_without_the_key_is_not_signed(chains: list[Ref]) -> None:
    tamper("UPDATE core_seal SET line = %s WHERE number = 2", altered(2, subjects=2))
    assert Kind.SIGNATURE in kinds()


def test_a_forged_signature_is_found(chains: list[Ref]) -> None:
    tamper("UPDATE core_seal SET line = %s WHERE number = 2", altered(2, signature="ab" * 64))
    assert places(Kind.SIGNATURE) == ["seal 2"]


def test_leaves_that_give_another_root_are_found(chains: list[Ref]) -> None:
    leaves = json.loads(bytes(Seal.objects.get(number=2).line))["leaves"]
    leaves[0] = leaves[0].replace(" 4 ", " 1 ")
    tamper("UPDATE core_seal SET line = %s WHERE number = 2", altered(2, leaves=leaves))
    assert places(Kind.SEAL) == ["seal 2"]


@pytest.mark.parametrize("line", [b"", b"{", b"null", b"[]", b'{"form":"motcua-seal/1","number":1}', b"\xff\xfe"])
def test_a_seal_that_is_no_seal_is_a_fault_and_no_crash(chains: list[Ref], line: bytes) -> None:
    tamper("UPDATE core_seal SET line = %s WHERE number = 1", line)
    assert "seal 1" in places(Kind.SEAL)


@pytest.mark.parametrize("number", [1, 2])
def test_a_removed_seal_is_missed(chains: list[Ref], number: int) -> None:
    tamper("DELETE FROM core_seal WHERE number = %s", number)
    assert Kind.SEAL in kinds()


def test_everything_rewritten_alike_is_betrayed_by_the_outside_copy(chains: list[Ref], tmp_path: Path) -> None:
    """The forger holds the database and the sealing key: rows, heads and seals agree with each other again."""
    copy = outside_copy(tmp_path)
    rewrite_chain(chains[1], shift_us=-60_000_000)
    tamper("DELETE FROM core_seal")
    tamper("UPDATE core_ledgerhead SET sealed_sequence = 0")
    settings.HOME.seals.unlink()
    with time.travelling(START + timedelta(days=2, hours=1)):
        make_seal()
    assert verify().ok
    report = verify(copy)
    found = {fault.kind for fault in report.faults}
    assert {Kind.OUTSIDE, Kind.ROLLED_BACK, Kind.REWRITTEN} <= found
    assert [fault.where for fault in report.faults if fault.kind == Kind.REWRITTEN] == [f"{chains[1]}#2"]


def test_a_database_set_back_to_an_earlier_day_is_betrayed(chains: list[Ref], tmp_path: Path) -> None:
    copy = outside_copy(tmp_path)
    tamper("DELETE FROM core_seal WHERE number = 2")
    for subject in chains:
        tamper("DELETE FROM core_ledgerevent WHERE subject = %s AND sequence > 2", subject)
        value = bytes(LedgerEvent.objects.get(subject=subject, sequence=2).hash)
        tamper(
            "UPDATE core_ledgerhead SET sequence = 2, sealed_sequence = 2, hash = %s WHERE subject = %s", value, subject
        )
    assert verify().ok
    assert {Kind.ROLLED_BACK, Kind.MISSING} <= kinds(copy)


def test_an_older_copy_of_the_seals_still_verifies(chains: list[Ref], tmp_path: Path) -> None:
    copy = outside_copy(tmp_path)
    with time.travelling(START + timedelta(days=3)):
        assert make_seal() == [3]
    assert verify(copy).ok


def test_a_copy_taken_while_a_line_was_being_written_still_verifies(chains: list[Ref], tmp_path: Path) -> None:
    copy = outside_copy(tmp_path)
    copy.write_bytes(copy.read_bytes()[:-100])
    assert verify(copy).ok


def test_a_copy_that_was_tampered_with_is_found(chains: list[Ref], tmp_path: Path) -> None:
    copy = outside_copy(tmp_path)
    first, second = copy.read_bytes().splitlines()
    copy.write_bytes(first + b"\n" + second.replace(b'"subjects":3', b'"subjects":2') + b"\n")
    assert kinds(copy) == {Kind.SIGNATURE}
    copy.write_bytes(first + b"\nthis is no seal\n" + second + b"\n")
    assert Kind.OUTSIDE in kinds(copy)


@pytest.mark.parametrize("content", [None, b"", b"hello\n", b"\x00\x01", b'{"number": 1}\n', b"[" * 100_000])
def test_what_is_no_file_of_seals_is_refused(chains: list[Ref], tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "other.jsonl"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(BadSeals, match=r"other\.jsonl"):
        verify(path)


def test_a_folder_is_no_file_of_seals(chains: list[Ref], tmp_path: Path) -> None:
    with pytest.raises(BadSeals):
        verify(tmp_path)


def test_verification_inside_a_transaction_sees_what_it_has_written(chains: list[Ref]) -> None:
    with transaction.atomic():
        write_events(Ref("dossier:inside"), START + timedelta(days=2), first=True)
        report = verify()
    assert (report.ok, report.events, report.unsealed) == (True, 14, 2)


def test_a_store_that_cannot_be_read_is_a_fault(chains: list[Ref]) -> None:
    with unguarded(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE core_ledgerhead RENAME TO away")
        try:
            assert kinds() == {Kind.UNREADABLE}
        finally:
            cursor.execute("ALTER TABLE away RENAME TO core_ledgerhead")
    assert verify().ok


def test_a_forger_who_drops_an_event_and_chains_anew_is_betrayed_by_the_numbers(chains: list[Ref]) -> None:
    """The chain's hashes agree, the numbers do not."""
    tamper("DELETE FROM core_ledgerevent WHERE subject = %s AND sequence = 2", chains[0])
    link = ledger.GENESIS
    for event in LedgerEvent.objects.filter(subject=chains[0]).order_by("sequence"):
        link = ledger.chain(link, bytes(event.canonical))
        tamper("UPDATE core_ledgerevent SET hash = %s WHERE id = %s", link, event.pk)
    LedgerHead.objects.filter(subject=chains[0]).update(hash=link)
    assert Kind.GAP in kinds()
