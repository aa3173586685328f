"""Everything that a slip says of a dossier, in one statement.

Written as SQL because a slip is set while a citizen waits, and putting seven ordinary reads together costs as much as
a quarter of the setting itself (`bench/slip.py`). Django still turns the columns into what the model holds. Selects
inside the select and not joins: PostgreSQL weighs every order of eight tables, which takes longer than reading them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from motcua.service.dossiers.models import Dossier

DOSSIER = """
SELECT d.id, d.public_id, d.version, d.code, d.check_word, d.applicant, d.applicant_address, d.applicant_identity,
       d.applicant_phone, d.submitted_by, d.request, d.received_at, d.limit_amount, d.limit_unit, d.first_due_at,
       d.due_is_provisional, d.receiving_id, d.competent_id, d.at_agency_id,
       v.name AS procedure_name, v.sets AS sets, p.code AS procedure_code,
       (SELECT public_id FROM organisations_agency WHERE id = d.receiving_id) AS agency_public_id,
       (SELECT a.full_name FROM dossiers_clockevent c JOIN identity_account a ON a.id = c.account_id
        WHERE c.dossier_id = d.id AND c.sequence = 1) AS receiver,
       (SELECT sequence FROM core_ledgerhead WHERE subject = 'dossier:' || d.public_id) AS head_sequence,
       (SELECT hash FROM core_ledgerhead WHERE subject = 'dossier:' || d.public_id) AS head_hash,
       (SELECT s.id FROM core_paper s WHERE s."of" = 'dossier:' || d.public_id AND s.what = 'slip' AND s.occasion = ''
        AND NOT s.is_void) AS slip_id,
       i.name AS paper_name, i.originals AS paper_originals, i.copies AS paper_copies, k.copy_kind AS paper_kind
FROM dossiers_dossier d
JOIN procedures_procedureversion v ON v.id = d.version_of_id
JOIN procedures_procedure p ON p.id = v.procedure_id
LEFT JOIN dossiers_dossierpaper i ON i.dossier_id = d.id
LEFT JOIN procedures_procedurepaper k ON k.id = i.of_id
WHERE d.public_id = %s
ORDER BY i.id
"""


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper that was handed in, as counted."""

    name: str
    originals: int
    copies: int
    copy_kind: str


@dataclass(frozen=True, slots=True)
class Slip:
    """A dossier with what else its slip says. `slip_id` is the key of the slip that was issued, if one was."""

    dossier: Dossier
    procedure_name: str
    procedure_code: str
    sets: int
    agency_public_id: str
    receiver: str
    head: str
    slip_id: int | None
    papers: tuple[PaperRow, ...]


def slip(public_id: str) -> Slip | None:
    """Return a dossier for its slip, or None (1 query)."""
    # One row for each paper; what is no field of a dossier hangs on the rows as attributes.
    rows: list[Any] = list(Dossier.objects.raw(DOSSIER, [public_id]))
    if not rows:
        return None
    row = rows[0]
    head = f"{row.head_sequence}.{bytes(row.head_hash)[:6].hex()}" if row.head_hash else ""
    papers = tuple(
        PaperRow(one.paper_name, one.paper_originals, one.paper_copies, one.paper_kind or "")
        for one in rows if one.paper_name is not None
    )
    return Slip(
        row, row.procedure_name, row.procedure_code, row.sets or 1, row.agency_public_id, row.receiver or "", head,
        row.slip_id, papers,
    )
