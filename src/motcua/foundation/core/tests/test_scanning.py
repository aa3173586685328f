"""The scanner's port against a small clamd of our own that speaks INSTREAM."""

from __future__ import annotations

import io
import socket
import threading
from collections.abc import Iterator

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.foundation.core.files import scanning, store, sweeping
from motcua.foundation.core.files.errors import Infected
from motcua.foundation.core.files.models import StoredFile
from motcua.foundation.core.files.types import Limits, Scan
from motcua.foundation.core.refs import SYSTEM, Ref

PDF = b"%PDF-1.7\n" + b"x" * 200_000 + b"%%EOF"
BAD = PDF.replace(b"xxxx", b"EVIL", 1)


def _read(connection: socket.socket, count: int) -> bytes:
    found = b""
    while len(found) < count:
        block = connection.recv(count - len(found))
        if not block:
            raise OSError
        found += block
    return found


def _serve(server: socket.socket) -> None:
    while True:
        try:
            connection, _ = server.accept()
        except OSError:
            return
        with connection:
            assert _read(connection, 10) == b"zINSTREAM\0"
            content = b""
            while length := int.from_bytes(_read(connection, 4), "big"):
                content += _read(connection, length)
            connection.sendall(b"stream: Evil.Test FOUND\0" if b"EVIL" in content else b"stream: OK\0")


@pytest.fixture
def clamd(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    server = socket.create_server(("127.0.0.1", 0))
    threading.Thread(target=_serve, args=(server,), daemon=True).start()
    address = f"127.0.0.1:{server.getsockname()[1]}"
    monkeypatch.setenv("MOTCUA_CLAMAV", address)
    yield address
    server.close()


def test_the_answer_of_the_scanner_is_understood(clamd: str) -> None:
    assert scanning.scan(store._blocks(io.BytesIO(PDF))) is Scan.CLEAN
    assert scanning.scan(store._blocks(io.BytesIO(BAD))) is Scan.INFECTED


def test_a_scanner_that_is_away_leaves_the_file_openly_not_scanned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOTCUA_CLAMAV", "127.0.0.1:1")
    assert scanning.scan([PDF]) is Scan.NOT_SCANNED
    monkeypatch.delenv("MOTCUA_CLAMAV")
    assert scanning.scan([PDF]) is Scan.NOT_SCANNED


@pytest.mark.django_db
def test_an_infected_upload_is_not_kept(clamd: str) -> None:
    with pytest.raises(Infected, match="có vi-rút"), store.arriving(SimpleUploadedFile("a.pdf", BAD), limits=Limits()):
        pytest.fail("it was taken")
    assert not list(sweeping._walk(""))


@pytest.mark.django_db
def test_what_came_in_while_the_scanner_was_away_is_scanned_later(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MOTCUA_CLAMAV", raising=False)
    rows = []
    for content in (PDF, BAD):
        with store.arriving(SimpleUploadedFile("a.pdf", content), limits=Limits()) as put:
            rows.append(store.keep(put, owner=Ref("dossier:x"), by=SYSTEM))
    assert sweeping.scan_waiting() == 0
    request.getfixturevalue("clamd")
    assert sweeping.scan_waiting() == 2
    assert list(StoredFile.objects.order_by("id").values_list("scan", flat=True)) == [Scan.CLEAN, Scan.INFECTED]
    for row in rows:
        default_storage.delete(row.stored_name)
