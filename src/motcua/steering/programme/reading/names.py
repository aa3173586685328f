"""What agencies are called: does a cell read like a list of them? Which of them does it name?

Names are matched longest first against the register of the day of the decision; nothing is split on “và” or a comma
that stands inside a name. What is not recognised is unresolved, to be asked.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from motcua.steering.programme.reading.text import fold, one_line
from motcua.steering.programme.types import Unit, UnitKind

LONGEST = 90
"""No agency's name has more letters."""
_STARTS = re.compile(
    r"(cac )?(so|ban|nganh|ubnd|uy ban|hdnd|hoi dong nhan dan|phong|van phong|trung tam|chi cuc|cuc|cong an|thanh tra|"
    r"kho bac|bao hiem|thue|dai|bao|hoi|lien doan|doan|mat tran|to chuc|co quan|don vi|doanh nghiep|thu truong|"
    r"chu tich|giam doc|truong|bo|tinh uy|huyen uy|dang uy|ca nhan|dia phuong|truong hoc|benh vien|vien)\b"
)


def looks_like_units(text: str) -> bool:
    """Return whether a cell begins like a list of agencies."""
    return bool(_STARTS.match(fold(text)))


@dataclass(frozen=True, slots=True)
class Named:
    """An agency as the register has it on a day: code, all its names, and its kind (department, district, …)."""

    code: str
    names: tuple[str, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class Roster:
    """The agencies of a day, ready to be found in texts."""

    exact: Mapping[str, Unit] = field(default_factory=dict)
    members: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    departments: Mapping[str, Unit] = field(default_factory=dict)
    """Departments by the name without “sở”, for “Các Sở: Y tế; Tài chính”."""


def roster_of(agencies: Iterable[Named]) -> Roster:
    """Return the roster of a day's agencies. A name that two agencies bear resolves to none of them."""
    exact: dict[str, Unit | None] = {}
    members: dict[str, list[str]] = {}
    departments: dict[str, Unit] = {}
    for agency in agencies:
        members.setdefault(agency.kind, []).append(agency.code)
        unit = Unit(agency.names[0], UnitKind.AGENCY, (agency.code,))
        for name in {spelled for known in agency.names for spelled in _spellings(fold(known))}:
            exact[name] = None if name in exact and exact[name] != unit else unit
            if agency.kind == "department" and name.startswith("so "):
                departments[name.removeprefix("so ")] = unit
    found = {name: unit for name, unit in exact.items() if unit is not None}
    return Roster(found, {kind: tuple(codes) for kind, codes in members.items()}, departments)


def _spellings(name: str) -> Iterator[str]:
    """Yield a folded name in the ways it is written: UBND for uỷ ban nhân dân, with and without commas."""
    for spelled in (name, name.replace("uy ban nhan dan", "ubnd"), name.replace("ubnd", "uy ban nhan dan")):
        yield spelled
        yield spelled.replace(",", "")
        yield spelled.replace(" & ", " va ").replace("&", " va ")
        yield spelled.replace(" va ", " & ")


_HUYEN = r"(?:cap huyen|cac huyen(?:, thi xa)?(?:,? (?:va )?thanh pho)?(?: bac kan)?|cac huyen, thanh pho, thi xa)"
_XA = r"(?:cap xa|cac xa(?:, phuong)?(?:,? (?:va )?thi tran)?|cac phuong, xa(?:, thi tran)?)"
_UBND = r"(?:ubnd|uy ban nhan dan)"
_SO = r"(?:cac )?so,? (?:ban,? )?(?:va )?nganh(?:,? doan the)?(?: (?:cua|thuoc|cap) tinh)?"
#: What collective names mean: kinds of the register. The longest that fits wins.
_CLASSES: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (re.compile(rf"{_UBND} {_HUYEN}(?: va|,) (?:{_UBND} )?{_XA}"), ("district", "commune")),
    (re.compile(rf"{_UBND} {_HUYEN}"), ("district",)),
    (re.compile(rf"{_UBND} {_XA}"), ("commune",)),
    (re.compile(rf"(?:chu tich )?{_UBND} cac cap"), ("province", "district", "commune")),
    (re.compile(r"thu truong (?:cac )?so, (?:ban, )?nganh"), ("department",)),
    (re.compile(rf"chu tich {_UBND} {_HUYEN}"), ("district",)),
    (re.compile(_SO), ("department",)),
    (re.compile(r"cac so\b|cac co quan chuyen mon (?:thuoc (?:ubnd )?tinh|cap tinh)"), ("department",)),
    (re.compile(r"cap huyen(?: va|,) cap xa"), ("district", "commune")),
    (re.compile(r"cap huyen"), ("district",)),
    (re.compile(r"cap xa"), ("commune",)),
)
#: Collective names whose members the register does not hold.
_OTHER_CLASSES = re.compile(
    r"(?:cac )?don vi su nghiep(?: cong lap)?(?: (?:truc )?thuoc (?:tinh|so|cac so))?|"
    r"phong (?:noi vu|tu phap|tai chinh[^,;]*|van hoa[^,;]*|[a-z ]{3,30}) cap huyen|phong noi vu\b"
)
_BODIES = re.compile(r"(?:ban chi dao|hoi dong|to cong tac|doan kiem tra|to giup viec|ban to chuc hoi nghi)[^,;]*")
_OUTSIDE = re.compile(
    r"(?:ban to chuc|ban tuyen giao|uy ban kiem tra|ban dan van) (?:tinh uy|huyen uy)|tinh uy|huyen uy|thanh uy|"
    r"(?:cac )?to chuc doan the[^,;]*|(?:cac )?doan the[^,;]*|(?:uy ban )?mat tran to quoc[^,;]*|"
    r"(?:tt |thuong truc )?hdnd[^,;]*|hoi dong nhan dan[^,;]*|dai (?:phat thanh|pt|tt|truyen thanh)[^;,]*|bao [^;,]*|"
    r"(?:cac )?co quan (?:thong tin dai chung|bao chi|trung uong)[^,;]*|cong an[^,;]*|cuc thue[^,;]*|thue\b[^,;]*|"
    r"bao hiem xa hoi[^,;]*|kho bac[^,;]*|(?:cac )?doanh nghiep[^,;]*|to chuc, ca nhan|ca nhan, to chuc|"
    r"lien doan lao dong[^,;]*|tinh doan[^,;]*|hoi [^,;]*|bo [a-z][^,;]*|chinh phu|thu tuong[^,;]*|toa an[^,;]*|"
    r"vien kiem sat[^,;]*|bo chi huy quan su[^,;]*|(?:cac )?truong dai hoc[^,;]*|ngan hang[^,;]*"
)
#: After a class, words that narrow it: who is meant is for the steward to say.
_NARROWED = re.compile(r",? ?(?:co (?!quan)|lien quan|duoc (?:giao|phan cong)|chu tri|thuoc doi tuong)[^,;]*")
_OPEN = re.compile(
    r"(?:va )?(?:cac )?(?:co quan|don vi|dia phuong|nganh|to chuc)(?:[, ]+(?:don vi|dia phuong|co quan))* "
    r"(?:co )?lien quan[^,;]*"
)
_SEPARATORS = re.compile(r"(?:[\s,;.:…/]+|(?:va|cung|phoi hop voi|voi)\b)+")
#: What ends a name that is not known. A mere “và” may stand inside it.
_PARTS = re.compile(r"[,;:…/]")
#: Whose head stands for it: the chairman of UBND tỉnh is UBND tỉnh.
_HEAD_OF = re.compile(
    r"(?:pho )?(?:chu tich|giam doc|thu truong|chanh van phong|lanh dao) (?=ubnd|uy ban|so |ban |thanh tra)|"
    r"cac co quan (?=cong an|thue|bao hiem|kho bac|toa an)|giam doc (?=so )"
)
_SO_LIST = re.compile(r"cac so\s*:\s*")


def read_units(text: str, roster: Roster) -> tuple[Unit, ...]:
    """Return who is named in a cell, in order."""
    return tuple(_walk(one_line(text), roster)) if text.strip() else ()


def _walk(text: str, roster: Roster) -> Iterator[Unit]:
    folded, places = _with_places(text)
    ends = [at for at in range(1, len(folded) + 1) if _whole(folded, at)]
    at, listing, unknown = 0, False, -1
    while at < len(folded):
        gap = _SEPARATORS.match(folded, at)
        if gap:
            if unknown >= 0 and _PARTS.search(gap[0]):
                yield _unresolved(text, places, unknown, at)
                unknown = -1
            at = gap.end()
            continue
        head = _SO_LIST.match(folded, at)
        if head:
            listing, at = True, head.end()
            continue
        head = _HEAD_OF.match(folded, at)
        found = _at(folded, ends, head.end(), roster, listing) if head else None
        found = found or _at(folded, ends, at, roster, listing)
        if found is None:
            unknown = at if unknown < 0 else unknown
            at = _next_word(folded, at)
            continue
        if unknown >= 0:
            yield _unresolved(text, places, unknown, at)
            unknown = -1
        end, unit = found
        name = text[places[at] : places[end - 1] + 1]
        yield unit if unit.kind is UnitKind.AGENCY else Unit(name, unit.kind, unit.ids)
        at = end
    if unknown >= 0:
        yield _unresolved(text, places, unknown, len(folded))


def _unresolved(text: str, places: list[int], start: int, end: int) -> Unit:
    name = text[places[start] : places[end - 1] + 1].strip(" ,;.:…")
    return Unit(name.removesuffix(" và").removesuffix(" cùng"), UnitKind.UNRESOLVED)


def _next_word(folded: str, at: int) -> int:
    while at < len(folded) and folded[at] not in " ,;:":
        at += 1
    return at


def _at(folded: str, ends: list[int], at: int, roster: Roster, listing: bool) -> tuple[int, Unit] | None:
    """Return the longest name that begins here, and who it is."""
    best: tuple[int, Unit] | None = None
    for names in (roster.exact, roster.departments) if listing else (roster.exact,):
        for end in ends[bisect_left(ends, at + 2) : bisect_right(ends, at + LONGEST)]:
            unit = names.get(folded[at:end])
            if unit is not None and (best is None or end > best[0]):
                best = (end, unit)
    for pattern, kinds in _CLASSES:
        match = pattern.match(folded, at)
        if match and _whole(folded, match.end()) and (best is None or match.end() > best[0]):
            ids = tuple(code for kind in kinds for code in roster.members.get(kind, ()))
            best = (match.end(), Unit("", UnitKind.CLASS, ids))
    if best is not None and best[1].kind is UnitKind.CLASS:
        narrowed = _NARROWED.match(folded, best[0])
        if narrowed:
            return narrowed.end(), Unit("", UnitKind.UNRESOLVED)
    for pattern, kind in (
        (_OPEN, UnitKind.UNRESOLVED), (_OTHER_CLASSES, UnitKind.CLASS), (_BODIES, UnitKind.BODY),
        (_OUTSIDE, UnitKind.OUTSIDE),
    ):
        match = pattern.match(folded, at)
        if match and (best is None or match.end() > best[0]):
            best = (match.end(), Unit("", kind))
    return best


def _whole(folded: str, end: int) -> bool:
    return end == len(folded) or not folded[end].isalnum()


def _with_places(text: str) -> tuple[str, list[int]]:
    """Return the folded text, and for each of its letters the place in the text where it stood."""
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        for one in fold(letter) or (" " if letter.isspace() else ""):
            if one == " " and letters and letters[-1] == " ":
                continue
            letters.append(one)
            places.append(place)
    return "".join(letters), places
