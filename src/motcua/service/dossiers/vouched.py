"""All dossiers as `ledger verify` reads them, to be held against what the ledger vouches for (`vouching`).

The database spells papers, clock and open texts itself, as `vouching` does: a row of Python for each of them would take
longer than everything else. All comes as bytes, for whoever tampers may leave in SQLite what is no text; its `printf`
is twice as fast as joining but stops at a NUL, so it gets numbers, instants and what is quoted.
"""

from __future__ import annotations

from json.encoder import encode_basestring

from motcua.foundation.core.crypto import SHUT, unseal
from motcua.foundation.core.vouching import Shown, Voucher
from motcua.service.dossiers.vouching import CLOCK, PAPERS, PEOPLE

_SQLITE = """
SELECT subject, salt, before, identity, phone, after, papers, clock FROM (
    SELECT 'dossier:' || d.public_id AS subject, CAST(d.salt AS BLOB) AS salt,
        CAST(json_quote(CAST(d.applicant AS TEXT)) || ',' || json_quote(CAST(d.applicant_address AS TEXT)) AS BLOB)
            AS before,
        CAST(d.applicant_identity AS BLOB) AS identity, CAST(d.applicant_phone AS BLOB) AS phone,
        CAST(json_quote(CAST(d.submitted_by AS TEXT)) || ',' || json_quote(CAST(d.request AS TEXT)) AS BLOB) AS after,
        (SELECT CAST('[' || COALESCE(group_concat(line), '') || ']' AS BLOB) FROM (
            SELECT printf('[%s,%s,%s]', json_quote(CAST(name AS TEXT)), originals, copies) AS line
            FROM dossiers_dossierpaper WHERE dossier_id = d.id ORDER BY id
        )) AS papers,
        (SELECT CAST(group_concat(COALESCE(
            printf('%s,%.10sT%s,%s,%s,%s,', sequence, at, substr(at || '.000000', 12, 15), agency_id, step_id,
                account_id) || what || ',' || holder || ',' || policy || ',' || ground, '?'), '"') || '"' AS BLOB)
            FROM dossiers_clockevent WHERE dossier_id = d.id) AS clock
    FROM dossiers_dossier AS d
) AS dossiers WHERE {part}
"""
_POSTGRESQL = """
SELECT subject, salt, before, identity, phone, after, papers, clock FROM (
    SELECT 'dossier:' || d.public_id AS subject, convert_to(d.salt, 'UTF8') AS salt,
        convert_to(to_json(d.applicant)::text || ',' || to_json(d.applicant_address)::text, 'UTF8') AS before,
        d.applicant_identity AS identity, d.applicant_phone AS phone,
        convert_to(to_json(d.submitted_by)::text || ',' || to_json(d.request)::text, 'UTF8') AS after,
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


def _shown(row: tuple[bytes | None, ...]) -> Shown:
    salt, before, identity, phone, after, papers, clock = row
    try:
        number, telephone = _quoted(identity), _quoted(phone)
    except SHUT:
        who = None
    else:
        who = b"[%b,%b,%b,%b]" % (before or b"", number, telephone, after or b"")
    return Shown(salt or b"", (who, papers or b""), clock or b"")


def _quoted(sealed: bytes | None) -> bytes:
    return encode_basestring(unseal(sealed)).encode() if sealed else b'""'


DOSSIERS_VOUCHED = Voucher(
    kind="dossier",
    digests={PEOPLE: "Người nộp hoặc nội dung đề nghị", PAPERS: "Giấy tờ đã nhận"},
    log=(CLOCK, "Diễn biến đồng hồ"),
    sql={"sqlite": _SQLITE, "postgresql": _POSTGRESQL},
    shown=_shown,
)
