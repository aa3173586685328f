"""Everything that a slip says of a dossier, in one statement and a second for its papers.

Written as SQL because a slip is set while a citizen waits, and putting seven ordinary reads together costs as much as a
quarter of the setting itself (`bench/slip.py`). Django still turns the columns into what the model holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connection

from motcua.service.dossiers.models import Dossier

DOSSIER = """
SELECT d.id, d.public_id, d.version, d.code, d.check_word, d.applicant, d.applicant_address, d.applicant_identity,
       d.applicant_phone, d.submitted_by, d.request, d.received_at, d.limit_amount, d.limit_unit, d.first_due_at,
       d.due_is_provisional, d.receiving_id, d.competent_id, d.at_agency_id,
       v.name AS procedure_name, v.sets AS sets, p.code AS procedure_code, g.public_id AS agency_public_id,
       a.full_name AS receiver, h.sequence AS head_sequence, h.hash AS head_hash, s.id AS slip_id
FROM dossiers_dossier d
JOIN procedures_procedureversion v ON v.id = d.version_of_id
JOIN procedures_procedure p ON p.id = v.procedure_id
JOIN organisations_agency g ON g.id = d.receiving_id
LEFT JOIN dossiers_clockevent c ON c.dossier_id = d.id AND c.sequence = 1
LEFT JOIN identity_account a ON a.id = c.account_id
LEFT JOIN core_ledgerhead h ON h.subject = 'dossier:' || d.public_id
LEFT JOIN core_paper s ON s."of" = 'dossier:' || d.public_id AND s.what = 'slip' AND s.occasion = '' AND NOT s.is_void
WHERE d.public_id = %s
"""
PAPERS = """
SELECT i.name, i.originals, i.copies, p.copy_kind
FROM dossiers_dossierpaper i LEFT JOIN procedures_procedurepaper p ON p.id = i.of_id
WHERE i.dossier_id = %s ORDER BY i.id
"""


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


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper that was handed in, as counted."""

    name: str
    originals: int
    copies: int
    copy_kind: str


def slip(public_id: str) -> Slip | None:
    """Return a dossier for its slip, or None (1 query)."""
    for dossier in Dossier.objects.raw(DOSSIER, [public_id]):
        row: Any = dossier  # with the columns that are no field of it
        head = f"{row.head_sequence}.{bytes(row.head_hash)[:6].hex()}" if row.head_hash else ""
        return Slip(
            dossier, row.procedure_name, row.procedure_code, row.sets or 1, row.agency_public_id, row.receiver or "",
            head, row.slip_id,
        )
    return None


def papers(dossier_id: int) -> list[PaperRow]:
    """Return the papers of a dossier in their order (1 query)."""
    with connection.cursor() as cursor:
        cursor.execute(PAPERS, [dossier_id])
        return [PaperRow(name, originals, copies, kind or "") for name, originals, copies, kind in cursor.fetchall()]
