"""Who opened a dossier and when: the access journal in words, for the applicant and for those who oversee.

The applicant reads agency and role, never an officer's name. Legal source: Decree 13/2023/NĐ-CP, article 9.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from motcua.foundation.core import journal, time, words
from motcua.foundation.core.models import AccessEntry
from motcua.foundation.core.refs import ANONYMOUS, SYSTEM, split
from motcua.foundation.identity.models import Delegation, RoleGrant
from motcua.foundation.identity.types import ADMINISTRATORS, Role
from motcua.service.dossiers.models import Dossier

BEFORE = "xem-truoc"
"""In an address: show those who opened the dossier before this day."""
PART = "ai-da-xem"
"""The part of a page that tells it."""
PURPOSES = {
    "dossier.read": "mở hồ sơ",
    "dossier.print": "in giấy tờ của hồ sơ",
    "dossier.file": "mở tệp của hồ sơ",
    "dossier.register": "in sổ theo dõi hồ sơ",
    "dossier.find-person": "tìm theo số giấy tờ hoặc điện thoại của người nộp khi tiếp nhận",
    "public.track": "xem trên trang tra cứu",
}
OUTSIDE = {str(ANONYMOUS): "Người có mã hồ sơ và từ kiểm tra", str(SYSTEM): "Hệ thống"}
_NOBODY = "Cán bộ"


@dataclass(frozen=True, slots=True)
class Reading:
    """One reader on one local day. `times` are the beginnings of quarters of an hour, “09:00, 14:15”."""

    day: date
    times: str
    who: str
    what: str


@dataclass(frozen=True, slots=True)
class Post:
    """What an officer was at an agency, on days from one until before another."""

    person: str
    agency: str
    role: Role
    valid_from: date
    valid_to: date | None

    def covers(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


Posts = Mapping[tuple[str, str], Sequence[Post]]


@dataclass(frozen=True, slots=True)
class Readings:
    """A page of the journal. `older` and `newest` are links, empty where they lead nowhere."""

    lines: tuple[Reading, ...]
    earlier: int
    older: str
    newest: str


def readings(dossier: Dossier, asked: Mapping[str, str], *, with_names: bool) -> Readings:
    """Return who opened the dossier, the latest days first, or those before the day that an address asks for.

    2 queries, 4 with long histories.
    """
    before = _day(asked.get(BEFORE, ""))
    found = journal.readers_of(dossier.ref, before=before)
    older = f"?{BEFORE}={found.since}#{PART}" if found.earlier else ""
    newest = f"?#{PART}" if before is not None else ""
    return Readings(tuple(_lines(found.entries, with_names=with_names)), found.earlier, older, newest)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _lines(entries: Sequence[AccessEntry], *, with_names: bool) -> Iterator[Reading]:
    posts = _posts(entries)
    found: dict[tuple[date, str, str], list[str]] = {}
    for entry in entries:
        day = time.local_day(entry.quarter)
        line = (day, _who(entry, day, posts, with_names=with_names), PURPOSES.get(entry.purpose, "đọc hồ sơ"))
        times = found.setdefault(line, [])
        if words.clock(entry.quarter) not in times:
            times.append(words.clock(entry.quarter))
    for (day, who, what), times in found.items():
        yield Reading(day, ", ".join(sorted(times)), who, what)


def _posts(entries: Iterable[AccessEntry]) -> Posts:
    """Return the roles of the readers at the agencies they acted for, lent ones too (1 query, none for strangers)."""
    officers = [entry for entry in entries if entry.agency and entry.actor not in OUTSIDE]
    if not officers:
        return {}
    people = {split(entry.actor)[1] for entry in officers}
    agencies = {split(entry.agency)[1] for entry in officers}
    own = RoleGrant.objects.filter(account__public_id__in=people, agency__public_id__in=agencies).values_list(
        "account__public_id", "agency__public_id", "account__full_name", "agency__name", "role",
        "valid_from", "valid_to",
    )
    lent = Delegation.objects.filter(to__public_id__in=people, grant__agency__public_id__in=agencies).values_list(
        "to__public_id", "grant__agency__public_id", "to__full_name", "grant__agency__name", "grant__role",
        "valid_from", "valid_to",
    )
    found: dict[tuple[str, str], list[Post]] = {}
    for person, agency, name, title, role, first, last in own.union(lent, all=True):
        post = Post(name, title, Role(role), first, last)
        found.setdefault((f"account:{person}", f"agency:{agency}"), []).append(post)
    return found


def _who(entry: AccessEntry, day: date, posts: Posts, *, with_names: bool) -> str:
    if entry.actor in OUTSIDE:
        return OUTSIDE[entry.actor]
    here = posts.get((entry.actor, entry.agency), ())
    if not here:
        return _NOBODY
    held = {post.role for post in here if post.covers(day)}
    # Roles that only look after accounts open no dossier: what he read it as is the other one.
    roles = sorted(role.label for role in held - ADMINISTRATORS) or [_NOBODY]
    office = f"{', '.join(roles)} – {here[0].agency}"
    return f"{here[0].person}, {office}" if with_names else office
