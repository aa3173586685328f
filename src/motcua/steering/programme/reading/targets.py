"""Targets of the running text, each split into what can be measured by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from motcua.steering.programme.reading.outline import Line, items, section, unmarked
from motcua.steering.programme.reading.text import NUMBER, fold, number_of, one_line
from motcua.steering.programme.types import Measure, Target

_TARGETS = re.compile(
    r"^(?:cac )?muc tieu(?!.*(?:nhiem vu|giai phap))|^muc tieu, (?:yeu cau|chi tieu)|^quan diem, muc tieu"
)
_GENERAL = re.compile(r"^muc tieu (?:chung|tong quat)")
_SPECIFIC = re.compile(r"^(?:cac )?(?:muc tieu cu the|chi tieu(?: cu the| chu yeu)?|muc tieu, chi tieu)")
_VALUE = re.compile(
    rf"(?P<before>\b(?:dat |la |o |dung )?(?:muc )?(?:tren|hon|vuot|cao hon|toi thieu|it nhat|khong duoi|"
    rf"khong thap hon|duoi|thap hon|toi da|khong qua|khong vuot qua|tu|dat|khoang|phan dau)\s+(?:muc\s+)?)?"
    rf"(?P<number>(?<![\d/.,])(?:{NUMBER}))\s*(?P<unit>%|/\s*\d+(?![\d/]))(?P<after>\s+tro (?:len|xuong))?"
)
_MORE = re.compile(r"tren|hon|vuot")
_LEAST = re.compile(r"toi thieu|it nhat|khong duoi|khong thap hon|\btu\b")
_LESS = re.compile(r"duoi|thap hon")
_MOST = re.compile(r"toi da|khong qua|khong vuot")
_VERBS = re.compile(
    r"\s(?:thực hiện|được|sử dụng|có|đạt|thành lập|đưa vào|liên quan|hoàn thành|áp dụng|triển khai|tổ chức|giải quyết|"
    r"công bố|công khai|ban hành|thuộc thẩm quyền|trong|bảo đảm|đảm bảo)\b"
)
_FIELDS = re.compile(r"\b(?:trên|trong|thuộc) (?:các )?lĩnh vực (?P<fields>[^;.]+)$")
_TWO_DEEDS = re.compile(r"\s+và\s+(?=(?:có|được|hoạt động|sử dụng|đạt|thực hiện)\s)")
_RANKED = re.compile(r"\s+(?:để|và)\s+(?=(?:đến năm|phấn đấu|nằm|đứng|xếp)\b)")


def read_targets(lines: Sequence[Line]) -> tuple[Target, ...]:
    """Return the targets in order: what is wanted in general is T0, each entry of the list T1, T2 …"""
    under = section(lines, _TARGETS)
    if not under:
        under = section(lines, _SPECIFIC) or section(lines, _GENERAL)
    general, specific = section(under, _GENERAL), section(under, _SPECIFIC)
    found: list[Target] = []
    if general:
        text = "\n".join(line.text for line in general[1:] if not line.depth) or _after_colon(general[0].text)
        if text:
            found.append(Target("T0", text, tuple(_measures_in_general(text))))
    listed = specific[1:] if specific else [line for line in under[1:] if line not in general]
    for number, text in enumerate((one for one in items(listed) if not _is_heading(one)), 1):
        found.append(Target(f"T{number}", unbulleted(text), tuple(measures(unbulleted(text)))))
    return tuple(found)


def unbulleted(text: str) -> str:
    """Return the entry without its dash; its lines stay."""
    return re.sub(r"^\s*[-–—+•*·▪]\s*", "", text)


def _after_colon(text: str) -> str:
    return text.partition(":")[2].strip()


def _is_heading(text: str) -> bool:
    return bool(_GENERAL.match(fold(unmarked(text))) or _SPECIFIC.match(fold(unmarked(text)))) and len(text) < 60


def _measures_in_general(text: str) -> Iterator[Measure]:
    for sentence in re.split(r"(?<=[.;])\s+", one_line(text)):
        for part in _RANKED.split(sentence.strip(" .;")):
            if part:
                yield from measures(part)


@dataclass(frozen=True, slots=True)
class _Found:
    """A value in a clause, and where the words around it stand. “8/8 huyện” counts what it names: its unit is ""."""

    start: int
    end: int
    value: float
    unit: str
    comparator: str


def measures(text: str) -> Iterator[Measure]:
    """Yield the measurable parts of a target."""
    for clause in _clauses(one_line(text)):
        found = _values(clause)
        if not found:
            yield Measure(clause, ">" if "cao hon" in fold(clause) else "", None, "", "")
            continue
        yield from _of_clause(clause, found)


def _clauses(text: str) -> Iterator[str]:
    """Yield the clauses between semicolons that stand outside brackets."""
    depth, start = 0, 0
    for at, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if letter == ";" and depth <= 0:
            yield text[start:at].strip()
            start = at + 1
    rest = text[start:].strip(" .")
    if rest:
        yield rest


def _values(clause: str) -> list[_Found]:
    folded = "".join((fold(letter) or letter)[0] for letter in clause)
    found = []
    for match in _VALUE.finditer(folded):
        said = (match["before"] or "") + (match["after"] or "")
        ratio = match["unit"].startswith("/")
        value = float(number_of(match["number"]))
        found.append(_Found(match.start(), match.end(), value, "" if ratio else "%", _comparator(said)))
    return found


def _comparator(said: str) -> str:
    """Return how a value is compared. Without a word a target is met by reaching it."""
    for pattern, sign in ((_LEAST, ">="), (_MOST, "<="), (_MORE, ">"), (_LESS, "<")):
        if pattern.search(said):
            return sign
    return "<=" if "xuong" in said else ">="


def _of_clause(clause: str, found: Sequence[_Found]) -> Iterator[Measure]:
    lead = clause[: found[0].start].strip(" ,:").removesuffix(" có").removesuffix(" đạt")
    if len(found) == 1 and _ends_with_value(clause, found[0]):
        for subject in _subjects(lead):
            yield _measure(clause if subject == lead else subject, found[0], subject)
        return
    borders = [0, *(_border(clause, before.end, after.start) for before, after in pairwise(found))]
    borders.append(len(clause))
    for at, one in enumerate(found):
        part = clause[borders[at] : borders[at + 1]].strip(" ,").removeprefix("và ").strip()
        after = clause[(found[0] if lead else one).end : borders[1] if lead else borders[at + 1]]
        yield from _of_part(part, one, lead, after)


def _ends_with_value(clause: str, found: _Found) -> bool:
    return len(clause) - found.end <= 2 and found.start > 15


def _border(clause: str, start: int, end: int) -> int:
    """Return where between two values the second one's part begins: at the last comma or “và”."""
    between = clause[start:end]
    at = max(between.rfind(","), between.rfind(" và "))
    return start + at + 1 if at >= 0 else end


def _of_part(part: str, found: _Found, lead: str, after: str) -> Iterator[Measure]:
    """Yield the measures of one value: one a subject, one a deed."""
    whom = _head(after.strip(" ,"))
    said = whom if not lead or len(lead) > 90 else f"{lead}: {whom}" if whom else lead
    several = [one.strip() for one in re.split(r",\s+(?=các\s)", whom)]
    if len(several) > 1:
        for one in several:
            yield _measure(part, found, one)
        return
    deeds = _TWO_DEEDS.split(part) if len(_TWO_DEEDS.findall(part)) else [part]
    for deed in deeds:
        yield _measure(deed.strip(" ,"), found, said)


def _measure(text: str, found: _Found, scope: str) -> Measure:
    scope = scope.strip(" ,")
    return Measure(text, found.comparator, found.value, found.unit or scope, scope)


def _head(text: str) -> str:
    """Return what a clause is about: the words before its first verb."""
    verb = _VERBS.search(f" {text}")
    return (text[: max(0, verb.start() - 1)] if verb else text).strip(" ,.")


def _subjects(lead: str) -> list[str]:
    """Return the subjects that share a value: parted where the first words come again, and by the fields listed."""
    subject = re.sub(r"\s+(?:đạt|là|ở)$", "", lead).strip()
    first = fold(" ".join(subject.split()[:3]))
    parts, start = [], 0
    for joint in re.finditer(r"\s+và\s+|;\s*|,\s+", subject):
        if fold(subject[joint.end() :]).startswith(first):
            parts.append(subject[start : joint.start()])
            start = joint.end()
    parts.append(subject[start:])
    return [one for part in parts for one in _fields(part)]


def _fields(subject: str) -> list[str]:
    found = _FIELDS.search(subject)
    if not found:
        return [subject]
    named = [name.strip() for name in re.split(r",\s*|\s+và\s+", found["fields"]) if name.strip()]
    return [f"{subject[: found.start('fields')]}{name}" for name in named] if len(named) > 1 else [subject]
