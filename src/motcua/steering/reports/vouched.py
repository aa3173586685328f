"""Versions of reports as `ledger verify` reads them: what was frozen is held against what the ledger said of it."""

from __future__ import annotations

import hashlib

from motcua.foundation.core.vouching import Shown, Voucher

FROZEN, VERSIONS = "report_frozen", "report_versions"
"""The facts of `report.send`: the digest of the version it made, and one line for each version."""

_SQLITE = """
SELECT subject, salt, versions FROM (
    SELECT 'report:' || r.public_id AS subject, CAST(r.public_id AS BLOB) AS salt,
        (SELECT CAST(group_concat(e.number || ':' || hex(CAST(e.canonical AS BLOB)), ',') AS BLOB)
            FROM reports_edition AS e WHERE e.report_id = r.id) AS versions
    FROM reports_report AS r
) AS reports WHERE {part}
"""
_POSTGRESQL = """
SELECT subject, salt, versions FROM (
    SELECT 'report:' || r.public_id AS subject, convert_to(r.public_id, 'UTF8') AS salt,
        (SELECT convert_to(string_agg(e.number || ':' || encode(e.canonical, 'hex'), ','), 'UTF8')
            FROM reports_edition AS e WHERE e.report_id = r.id) AS versions
    FROM reports_report AS r
) AS reports WHERE {part}
"""


def line(number: int, canonical: bytes) -> str:
    """Return what the ledger says of a version."""
    return f"{number},{hashlib.sha256(canonical).hexdigest()}"


def _shown(row: tuple[bytes | None, ...]) -> Shown:
    salt, versions = row
    found = sorted((int(number), bytes.fromhex(text.decode())) for number, _, text in _split(versions or b""))
    lines = "".join(f'{line(number, canonical)}"' for number, canonical in found)
    return Shown(salt or b"", (found[-1][1] if found else b"",), lines.encode())


def _split(versions: bytes) -> list[tuple[bytes, bytes, bytes]]:
    return [one.partition(b":") for one in versions.split(b",") if one]


REPORTS_VOUCHED = Voucher(
    kind="report",
    digests={FROZEN: "Phiên bản gửi sau cùng"},
    log=(VERSIONS, "Các phiên bản đã gửi"),
    sql={"sqlite": _SQLITE, "postgresql": _POSTGRESQL},
    shown=_shown,
)
