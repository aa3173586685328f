"""Legal bases, solutions and responsibilities: what the running text lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from motcua.steering.programme.reading.citations import Citation, citations_in
from motcua.steering.programme.reading.header import is_enacting
from motcua.steering.programme.reading.names import Roster, read_units
from motcua.steering.programme.reading.outline import Line, section, unmarked
from motcua.steering.programme.reading.text import fold, one_line
from motcua.steering.programme.types import Duty, LegalBasis, Solution

_BASES = re.compile(r"^(?:cac )?can cu(?: phap ly| lap| xay dung| de| ban hanh|$)|^co so phap ly")
_BASIS = re.compile(r"^(?:can cu|xet|theo)\b")
_SOLUTIONS = re.compile(r"^(?!muc tieu|phan ).*giai phap|^nhiem vu(?! chung)|^noi dung thuc hien")
_DUTIES = re.compile(r"^to chuc thuc hien|^phan cong|^trach nhiem (?:thuc hien|cua)")
_LEADS_ON = re.compile(r"sau\s*:|:\s*$")
_DOES = re.compile(r"\s+(?:thực hiện|chỉ đạo|chịu trách nhiệm|có trách nhiệm|chủ trì|phối hợp|còn có)\b")
_AGENCY = re.compile(r"\s*(?:[*•]|\d{1,2}(?:\.\d{1,2})*[.)]|[a-zđ]\))\s*(.+)$", re.DOTALL)


def read_bases(lines: Sequence[Line]) -> tuple[LegalBasis, ...]:
    """Return the documents that the decision stands on, each once, in order; a later mention may add what lacked."""
    found: dict[str, LegalBasis] = {}
    for text in _basis_texts(lines):
        cited = citations_in(text)
        for at, one in enumerate(cited):
            basis = _basis(one, one_line(text), cited[at + 1].start if at + 1 < len(cited) else None)
            known = found.get(_key(one))
            found[_key(one)] = basis if known is None else _joined(known, basis)
    return tuple(found.values())


def _key(one: Citation) -> str:
    """Return what makes two mentions one basis: a law by its title and year, else the citation's own key."""
    return fold(f"luat {one.title} {one.year}") if not one.number else one.key


def _joined(known: LegalBasis, other: LegalBasis) -> LegalBasis:
    return replace(
        known, date=known.date or other.date, year=known.year or other.year, issuer=known.issuer or other.issuer
    )


def _basis(one: Citation, line: str, until: int | None) -> LegalBasis:
    text = line[one.start : until].strip(" ;,.-") if until else line[one.start :].strip(" ;,.-")
    text = re.sub(r"\s+(?:và|hoặc)$", "", text)
    return LegalBasis(one.type, one.number, one.date, one.year, one.issuer, text)


def _basis_texts(lines: Sequence[Line]) -> Iterator[str]:
    begun = False
    for line in lines:
        if begun and (is_enacting(line.text) or re.match(r"dieu 1\b", line.folded)):
            break
        if _BASIS.match(line.folded) and citations_in(line.text):
            begun = True
            yield line.text
    for line in section(lines, _BASES)[1:]:
        yield line.text


def read_solutions(lines: Sequence[Line]) -> tuple[Solution, ...]:
    """Return the solutions under their headings, verbatim."""
    found: list[Solution] = []
    heading = ""
    for line in _below(lines, _SOLUTIONS):
        if line.depth:
            short = len(line.text) < 160 and not line.text.rstrip().endswith((".", ";"))
            heading = one_line(line.text) if short else ""
            if not short:
                found.append(Solution(heading, line.text))
        elif not line.text.rstrip().endswith(":"):
            found.append(Solution(heading, line.text))
    return tuple(found)


def _below(lines: Sequence[Line], pattern: re.Pattern[str]) -> list[Line]:
    """Return the lines below the heading that fits and is not a title of a whole part over other headings."""
    start = 0
    while True:
        found = section(lines, pattern, start)
        if not found:
            return []
        if found[0].depth > 1 or (len(found) > 1 and found[1].depth == 0):
            return found[1:]
        start = found[0].at + 1


def read_duties(lines: Sequence[Line], roster: Roster) -> tuple[Duty, ...]:
    """Return what each agency is made responsible for: the entries below its name, or the words after it."""
    found: list[Duty] = []
    agency = ""
    for line in section(lines, _DUTIES)[1:]:
        named = _AGENCY.match(line.text) if not line.text.lstrip().startswith(("-", "+", "–")) else None
        if named is None:
            if agency and not line.depth and not line.text.startswith("("):
                found.append(_duty(agency, unmarked(line.text), roster))
            continue
        name, _, rest = named[1].partition(":")
        if _LEADS_ON.search(named[1]) and not rest.strip():
            agency = _agency_in(name, roster)
        elif rest.strip() and len(name) < 200:
            agency = one_line(name)
            found.append(_duty(agency, one_line(rest), roster))
        elif len(name) < 120 and read_units(name, roster) and not name.rstrip().endswith("."):
            agency = one_line(name)
        else:
            agency = _agency_in(name, roster)
            found.append(_duty(agency, one_line(named[1]), roster))
    return tuple(found)


def _agency_in(sentence: str, roster: Roster) -> str:
    """Return the agencies that a sentence begins with, up to its verb."""
    words = _DOES.split(one_line(sentence))
    units = read_units(words[0], roster)
    return words[0].strip(" ,") if units else ""


def _duty(agency: str, text: str, roster: Roster) -> Duty:
    return Duty(agency, text, read_units(agency, roster))
