"""Values from closed lists: levels and subjects. Subjects are matched whole, since some names hold commas."""

from __future__ import annotations

from motcua.service.procedures.reading.text import fold, line
from motcua.service.procedures.types import Level

# As the national portal writes them.
SUBJECTS = (
    "Công dân Việt Nam",
    "Người Việt Nam định cư ở nước ngoài",
    "Người nước ngoài",
    "Cán bộ, công chức, viên chức",
    "Doanh nghiệp",
    "Doanh nghiệp Việt Nam",
    "Doanh nghiệp có vốn đầu tư nước ngoài",
    "Tổ chức nước ngoài",
    "Tổ chức (không bao gồm doanh nghiệp, HTX)",
    "Hợp tác xã",
)
# Longest first, so that "Doanh nghiệp" does not eat the longer names.
_LONGEST_FIRST = sorted(SUBJECTS, key=len, reverse=True)
LEVELS = {
    "cap bo": Level.MINISTRY,
    "cap trung uong": Level.MINISTRY,
    "cap tinh": Level.PROVINCE,
    "cap huyen": Level.DISTRICT,
    "cap xa": Level.COMMUNE,
    "co quan khac": Level.OTHER,
}


def levels(text: str) -> tuple[tuple[Level, ...], tuple[str, ...]]:
    """Return the levels in printed order, each once, and the words that name none."""
    known: dict[Level, None] = {}
    unknown: list[str] = []
    for part in filter(None, (line(part) for part in text.replace("\n", ",").split(","))):
        level = LEVELS.get(fold(part))
        if level is None:
            unknown.append(part)
        else:
            known[level] = None
    return tuple(known), tuple(unknown)


def subjects(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the subjects in printed order, each once, and what is left between them."""
    known: dict[str, None] = {}
    unknown: list[str] = []
    rest = line(text)
    while rest:
        name = next((name for name in _LONGEST_FIRST if _begins(rest, name)), None)
        if name is None:
            word, _, rest = rest.partition(",")
            unknown += [line(word)] if line(word) else []
        else:
            known[name] = None
            rest = rest[len(name) :]
        rest = rest.lstrip(", ;")
    return tuple(known), tuple(unknown)


def _begins(text: str, name: str) -> bool:
    """Tell whether the text begins with the name and the name ends there."""
    return fold(text[: len(name)]) == fold(name) and text[len(name) :].lstrip()[:1] in ("", ",", ";")
