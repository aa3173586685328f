"""Everything that a slip says of a dossier, in one statement.

Written as SQL because a slip is set while a citizen waits, and putting seven ordinary reads together costs as much as
a quarter of the setting itself (`bench/slip.py`). PostgreSQL keeps the plan, and Django's converters still turn the
columns into what the model holds. Selects inside the select and not joins: PostgreSQL would weigh every order of eight
tables, which takes longer than reading them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models.sql import Query

from motcua.foundation.core import plans
from motcua.service.dossiers.models import Dossier

WANTED = {
    "id", "public_id", "version", "code", "check_word", "applicant", "applicant_address", "applicant_identity",
    "applicant_phone", "submitted_by", "request", "received_at", "limit_amount", "limit_unit", "first_due_at",
    "due_is_provisional", "receiving_id", "competent_id", "at_agency_id",
}
COLUMNS = tuple(field for field in Dossier._meta.concrete_fields if field.attname in WANTED)
FIELDS = tuple(field.attname for field in COLUMNS)  # in the model's order, as it takes them
BESIDE = (
    "procedure_name", "sets", "procedure_code", "agency_public_id", "receiver", "head_sequence", "head_hash", "slip_id",
    "paper_name", "paper_originals", "paper_copies", "paper_kind",
)
DOSSIER = f"""
SELECT {", ".join(f"d.{name}" for name in FIELDS)},
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
"""  # noqa: S608 - names of this module


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
    # One row for each paper that was handed in.
    rows = list(_rows(public_id))
    if not rows:
        return None
    first = dict(zip(BESIDE, rows[0][len(FIELDS) :], strict=True))
    head = f"{first['head_sequence']}.{bytes(first['head_hash'])[:6].hex()}" if first["head_hash"] else ""
    papers = tuple(
        PaperRow(name, originals, copies, kind or "")
        for *_, name, originals, copies, kind in rows if name is not None
    )
    return Slip(
        Dossier.from_db(DEFAULT_DB_ALIAS, FIELDS, rows[0][: len(FIELDS)]), first["procedure_name"],
        first["procedure_code"], first["sets"] or 1, first["agency_public_id"], first["receiver"] or "", head,
        first["slip_id"], papers,
    )


def _rows(public_id: str) -> Iterator[Any]:
    if plans.keeps(connection):
        found = plans.rows(connection, DOSSIER, [public_id])
    else:
        with connection.cursor() as cursor:
            cursor.execute(DOSSIER, [public_id])
            found = cursor.fetchall()
    compiler, converters = _converters(connection.vendor)
    return iter(compiler.apply_converters(found, converters))


@cache
def _converters(vendor: str) -> tuple[Any, dict[Any, Any]]:  # noqa: ARG001 - part of the key
    """Return what turns the columns of a dossier into what its model holds."""
    compiler: Any = Query(Dossier).get_compiler(connection=connection)
    return compiler, compiler.get_converters([column.get_col("d") for column in COLUMNS])
