"""Taking the glued tables of papers apart: groups and cases, names, forms, numbers of originals and copies.

A scrape prints `<group>Tên giấy tờMẫu đơn, tờ khaiSố lượng<name><form>1 bản chính,1 bản sao<name>…`: a row ends with
its quantity, and what stands between the last quantity and the next table's heading is that table's group. Quantities
that a name itself mentions ("(01 bản chính hoặc …)") stand apart by blank, parenthesis or leading zero.
"""

from __future__ import annotations

import re

from motcua.service.procedures.reading.text import fold, line, said
from motcua.service.procedures.types import CopyKind, Duty, Paper

HEADING = "Tên giấy tờMẫu đơn, tờ khaiSố lượng"
_QUANTITY = re.compile(
    r"(?<![0-9(])(?P<glued>[1-9][0-9]*(?=[0-9] bản chính))?"
    r"(?P<originals>0|[1-9][0-9]?) bản chính(?:,\s?(?P<copies>0|[1-9][0-9]?) bản sao)?"
)
_GOES_ON = re.compile(r"\s*[.,;:)/]|\s+[a-zà-ỹđ]")
_EXTENSION = r"\.(?:docx?|pdf|xlsx?|rtf|odt|zip|rar|jpe?g|png)"
_FORM_END = re.compile(rf"{_EXTENSION}(?=$|[A-ZĐÀ-Ỹ0-9]|\s*$)", re.I)
_TELLING = re.compile(r"Mẫu|Mau|Phụ lục|Phu luc|Biểu|Bieu|BM|TP[- ]|[0-9]{1,2}\.")
_FORM_START = re.compile(
    rf"(?<=[\w.;:)”\"\]])(?=Mẫu|Mau|Phụ lục|Phu luc|Biểu|Bieu)|(?<=[a-zà-ỹđ0-9.;:)”\"\]])(?={_TELLING.pattern})"
    r"|(?<=[;:)”\"\]a-zà-ỹđ])(?=[A-ZĐÀ-Ỹ])"
)
_LONGEST_FORM_NAME = 120
_CERTIFIED = re.compile(r"[-+*\s]*bản sao (?:có |được )?(?:công chứng|chứng thực)(?! hoặc)", re.I)
_PHOTO = re.compile(r"[-+*\s]*(?:bản chụp|ảnh chụp|bản photo)", re.I)


def papers_of(text: str) -> tuple[str, tuple[Paper, ...]]:
    """Return the text that belongs to no table, and the papers of all tables in their order."""
    group, *tables = text.split(HEADING)
    if not tables:
        return text, ()
    papers: list[Paper] = []
    for place, table in enumerate(tables):
        rows, rest = _rows(table)
        last = place == len(tables) - 1
        if last and said(rest) is not None:
            rows = [*rows, (rest, None)]
        papers += [_paper(row, quantity, group) for row, quantity in rows]
        group = rest
    return "", tuple(papers)


def _rows(table: str) -> tuple[list[tuple[str, re.Match[str] | None]], str]:
    """Return the rows, each with its quantity, and what follows the last one."""
    rows: list[tuple[str, re.Match[str] | None]] = []
    start = 0
    for match in _QUANTITY.finditer(table):
        apart = match.start() == 0 or table[match.start() - 1].isspace()
        if apart and _GOES_ON.match(table, match.end()):
            continue
        rows.append((table[start : match.end()], match))
        start = match.end()
    return rows, table[start:]


def _paper(row: str, quantity: re.Match[str] | None, group: str) -> Paper:
    clear = quantity if quantity is not None and quantity["glued"] is None else None
    words = row[: -len(quantity[0])] if quantity is not None else row
    name, forms = forms_of(words)
    duty, case = _heading(group)
    return Paper(
        name=line(name),
        originals=int(clear["originals"]) if clear else None,
        copies=int(clear["copies"]) if clear and clear["copies"] else None,
        copy_kind=_copy_kind(name),
        duty=duty,
        group=line(group),
        case=case,
        forms=forms,
        verbatim=row,
    )


def _heading(group: str) -> tuple[Duty, str | None]:
    """Return what the group's heading says: what to do with its papers, or the case for which they are needed."""
    plain = said(line(group))
    words = fold(plain or "").strip("*-+:. ")
    if words.startswith(("giay to phai xuat trinh", "giay to xuat trinh")) or "phai xuat trinh" in words:
        return Duty.SHOW, None
    if words in ("luu y", "ghi chu"):
        return Duty.NOTE, None
    if not words or words in ("giay to phai nop", "giay to nop", "thanh phan ho so"):
        return Duty.SUBMIT, None
    return Duty.SUBMIT, (plain or "").strip("*+: ") or None


def forms_of(words: str) -> tuple[str, tuple[str, ...]]:
    """Return the paper's name and the files of its forms.

    A file's name is glued to the paper's. It is cut off only where its beginning can be told; else it stays in the
    name and the form is given as an empty text.
    """
    forms: list[str] = []
    while (ends := list(_FORM_END.finditer(words.rstrip()))) and ends[-1].end() == len(words.rstrip()):
        words = words.rstrip()
        cut = _form_start(words, ends[-1].start(), ends[-2].end() if len(ends) > 1 else 0)
        if cut is None:
            return words, ("", *forms)
        forms.insert(0, line(words[cut:]))
        words = words[:cut]
    return words, tuple(forms)


def _form_start(words: str, end: int, floor: int) -> int | None:
    """Return where the file's name begins: at the end of the file before, at a telling word, or at the only seam."""
    if floor and end - floor <= _LONGEST_FORM_NAME:
        return floor
    seams = [m.start() for m in _FORM_START.finditer(words, max(0, end - _LONGEST_FORM_NAME), end)]
    telling = [at for at in seams if _TELLING.match(words, at)]
    if telling:
        return telling[0]
    return seams[0] if len(seams) == 1 else None


def _copy_kind(name: str) -> CopyKind:
    if _CERTIFIED.match(name):
        return CopyKind.CERTIFIED
    return CopyKind.PHOTO if _PHOTO.match(name) else CopyKind.UNSTATED
