"""Codes: of procedures, of results, of decisions and of legal documents."""

from __future__ import annotations

import re

from motcua.service.procedures.reading.text import line
from motcua.service.procedures.types import ProcedureCode

# National `1.001612`, localised long `1.001612.000.00.00.H48` and short `1.000948.H38`; no first digit is ruled out.
PROCEDURE = re.compile(r"([1-9]\.[0-9]{6})(?:\.((?:[0-9]{3}\.[0-9]{2}\.[0-9]{2}\.)?[A-Z][0-9]{2}))?")
_PROVINCE_ITSELF = "000.00.00."
# Two forms coexist: by result list, and the older one that starts with the agency.
RESULT = re.compile(r"KQ\.[A-Z][0-9]{2}\.[0-9]{6}|[0-9]{3}\.[0-9]{2}\.[0-9]{2}\.[A-Z][0-9]{2}-KQ[0-9]{4}")
DECISION = re.compile(r"[0-9]+[a-z]?(?:/[0-9]{4})?/QĐ-[A-ZĐ]+(?:-[A-Z0-9Đ]+)*")


def procedure_code(text: str) -> ProcedureCode | None:
    """Return the code, or None where the text is no code."""
    match = PROCEDURE.fullmatch(line(text).upper())
    if match is None:
        return None
    return ProcedureCode(match[1], match[2].removeprefix(_PROVINCE_ITSELF) if match[2] else None)


def is_decision_number(text: str) -> bool:
    """Tell whether the text is written as a decision's number (`163/QĐ-BTP`)."""
    return DECISION.fullmatch(line(text)) is not None
