"""The scanner's port, and ClamAV behind it. `MOTCUA_CLAMAV` names `host:port` or the path of clamd's socket."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterable
from typing import Protocol

from motcua.foundation.core.files.types import Scan
from motcua.foundation.core.logs import get_logger

TIMEOUT = 20.0
log = get_logger(__name__)


class Scanner(Protocol):
    """Looks through a file for what should not be in it."""

    def scan(self, content: Iterable[bytes]) -> Scan:
        """Return what was found. Raises OSError where the scanner does not answer."""


class NoScanner:
    """Where no scanner is named, every file stays openly *not scanned*."""

    def scan(self, content: Iterable[bytes]) -> Scan:  # noqa: ARG002 - the port's shape
        return Scan.NOT_SCANNED


class ClamAV:
    """clamd over its INSTREAM command: the file is streamed to it and never written twice."""

    def __init__(self, address: str, timeout: float = TIMEOUT) -> None:
        self.address = address
        self.timeout = timeout

    def _connect(self) -> socket.socket:
        if self.address.startswith("/"):
            connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            connection.settimeout(self.timeout)
            connection.connect(self.address)
            return connection
        host, _, port = self.address.rpartition(":")
        return socket.create_connection((host.strip("[]") or "localhost", int(port)), self.timeout)

    def scan(self, content: Iterable[bytes]) -> Scan:
        """Return clean or infected. Raises OSError where clamd is away, too slow, or answers with an error."""
        with self._connect() as connection:
            connection.sendall(b"zINSTREAM\0")
            for chunk in content:
                if chunk:
                    connection.sendall(len(chunk).to_bytes(4, "big") + chunk)
            connection.sendall(bytes(4))
            answer = _answer(connection)
        if answer.endswith(b"FOUND"):
            return Scan.INFECTED
        if answer.endswith(b"OK"):
            return Scan.CLEAN
        raise OSError(f"clamd answered {answer[:80]!r}")


def _answer(connection: socket.socket) -> bytes:
    found = bytearray()
    while block := connection.recv(4096):
        found += block
        if b"\0" in block:
            break
    return bytes(found).rstrip(b"\0").strip()


def configured() -> Scanner:
    """Return the scanner that the environment names."""
    address = os.environ.get("MOTCUA_CLAMAV", "")
    return ClamAV(address) if address else NoScanner()


def scan(content: Iterable[bytes]) -> Scan:
    """Return what the scanner says. One that is away stops no counter: the file stays *not scanned* until later."""
    try:
        return configured().scan(content)
    except (OSError, ValueError) as error:
        log.warning("the virus scanner did not answer", error=type(error).__name__)
        return Scan.NOT_SCANNED
