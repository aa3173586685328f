"""All dossiers as `ledger verify` reads them, to be held against what the ledger vouches for (`vouching`).

The database spells papers and clock itself, as `vouching` does: a row of Python for each of them would take longer than
everything else. Texts of SQLite come as bytes, for whoever tampers may leave there what is no text; its `printf` is
twice as fast as joining but stops at a NUL, so it has numbers and instants only.
"""

from __future__ import annotations

from motcua.foundation.core.crypto import SHUT, unseal
from motcua.foundation.core.vouching import Shown, Voucher
from motcua.service.dossiers.vouching import CLOCK, PAPERS, PEOPLE, people_said

_SQLITE = """
SELECT subject, salt, papers, clock, identity, phone, applicant, address, submitted_by, request FROM (
    SELECT 'dossier:' || d.public_id AS subject, CAST(d.salt AS BLOB) AS salt,
        CAST(d.applicant AS BLOB) AS applicant, CAST(d.applicant_address AS BLOB) AS address,
        CAST(d.applicant_identity AS BLOB) AS identity, CAST(d.applicant_phone AS BLOB) AS phone,
        CAST(d.submitted_by AS BLOB) AS submitted_by, CAST(d.request AS BLOB) AS request,
        (SELECT CAST('[' || COALESCE(group_concat(line), '') || ']' AS BLOB) FROM (
            SELECT COALESCE('[' || json_quote(CAST(name AS TEXT)) || ',' || originals || ',' || copies || ']', '?')
                AS line FROM dossiers_dossierpaper WHERE dossier_id = d.id ORDER BY id
        )) AS papers,
        (SELECT CAST(group_concat(COALESCE(
            printf('%s,%.10sT%s,%s,%s,%s,', sequence, at, substr(at || '.000000', 12, 15), agency_id, step_id,
                account_id) || what || ',' || holder || ',' || policy || ',' || ground, '?') || '"', '') AS BLOB)
            FROM dossiers_clockevent WHERE dossier_id = d.id) AS clock
    FROM dossiers_dossier AS d
) AS dossiers WHERE {part}
"""
_POSTGRESQL = """
SELECT subject, salt, papers, clock, identity, phone, applicant, address, submitted_by, request FROM (
    SELECT 'dossier:' || d.public_id AS subject, convert_to(d.salt, 'UTF8') AS salt,
        d.applicant, d.applicant_address AS address, d.applicant_identity AS identity, d.applicant_phone AS phone,
        d.submitted_by, d.request,
        (SELECT convert_to('[' || COALESCE(string_agg(
            COALESCE('[' || to_json(name)::text || ',' || originals || ',' || copies || ']', '?'), ',' ORDER BY id
        ), '') || ']', 'UTF8')
            FROM dossiers_dossierpaper WHERE dossier_id = d.id) AS papers,
        (SELECT convert_to(string_agg(
            concat_ws(',', sequence, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), agency_id,
                COALESCE(step_id::text, ''), COALESCE(account_id::text, ''), what, holder, policy, ground) || '"',
            '' ORDER BY sequence), 'UTF8')
            FROM dossiers_clockevent WHERE dossier_id = d.id) AS clock
    FROM dossiers_dossier AS d
) AS dossiers WHERE {part}
"""


def _shown(row: tuple[bytes | str | None, ...]) -> Shown:
    salt, papers, clock, identity, phone, applicant, address, submitted_by, request = row
    try:
        said = people_said(
            _text(applicant), _text(address), _opened(identity), _opened(phone), _text(submitted_by), _text(request)
        )
        who = said.encode()
    except SHUT:
        who = None
    return Shown(_bytes(salt), (who, _bytes(papers)), _bytes(clock))


def _text(value: bytes | str | None) -> str:
    return value.decode() if isinstance(value, bytes) else value or ""


def _bytes(value: bytes | str | None) -> bytes:
    return value if isinstance(value, bytes) else (value or "").encode()


def _opened(value: bytes | str | None) -> str:
    return unseal(_bytes(value)) if value else ""


DOSSIERS_VOUCHED = Voucher(
    kind="dossier",
    digests={PEOPLE: "Người nộp hoặc nội dung đề nghị", PAPERS: "Giấy tờ đã nhận"},
    log=(CLOCK, "Diễn biến đồng hồ"),
    sql={"sqlite": _SQLITE, "postgresql": _POSTGRESQL},
    shown=_shown,
)
