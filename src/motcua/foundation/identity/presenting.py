"""What the pages of people show: roles with their days, lendings both ways, sessions, what happened to an account."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from motcua.foundation.core import ledger, time
from motcua.foundation.core.looks import Fact, StoryItem
from motcua.foundation.core.models import LedgerEvent
from motcua.foundation.core.refs import SYSTEM
from motcua.foundation.identity import entering, limits, selectors
from motcua.foundation.identity.doing import PERSON, Doing
from motcua.foundation.identity.models import Account, Delegation, DeskVisit, RoleGrant
from motcua.foundation.identity.naming import name_key
from motcua.foundation.identity.policies import ACCOUNTS
from motcua.foundation.identity.rules import is_empty, said
from motcua.foundation.identity.secrets import device_digest
from motcua.foundation.identity.types import DEPUTY_OF, LEADERS, RESERVED, Officer, Role
from motcua.foundation.organisations.selectors import name_now
from motcua.foundation.organisations.types import Period

STORY_LENGTH = 12
POWERS = ("chuyen", "khoa", "mo-khoa", "dong")


@dataclass(frozen=True, slots=True)
class LendingLine:
    """A lending: of which role, to or from whom, when, on what ground."""

    public_id: str
    role: str
    agency: str
    person: str
    how: str
    ground: str
    period: str
    now: bool
    over: bool
    may_end: bool


@dataclass(frozen=True, slots=True)
class RoleLine:
    """A role with its days and what is lent of it."""

    public_id: str
    role: str
    agency: str
    period: str
    now: bool
    over: bool
    lendings: tuple[LendingLine, ...]
    may_lend: bool
    may_end: bool


@dataclass(frozen=True, slots=True)
class SessionLine:
    """An open session on some machine."""

    browser: str
    how: str
    opened_at: datetime | None
    is_this: bool


@dataclass(frozen=True, slots=True)
class PersonPage:
    """One person, for the administrator who looks after him."""

    account: Account
    facts: tuple[Fact, ...]
    roles: tuple[RoleLine, ...]
    borrowed: tuple[LendingLine, ...]
    doings: tuple[tuple[str, Doing], ...]
    may_reset: bool
    state: str
    story: tuple[StoryItem, ...]


@dataclass(frozen=True, slots=True)
class MyPage:
    """My account."""

    account: Account
    facts: tuple[Fact, ...]
    roles: tuple[RoleLine, ...]
    borrowed: tuple[LendingLine, ...]
    sessions: tuple[SessionLine, ...]
    ask: tuple[Account, ...]
    pin: str
    on_this_pc: bool
    story: tuple[StoryItem, ...]


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A line of the list of people."""

    account: Account
    roles: tuple[tuple[str, str], ...]
    state: str


def is_over(period: Period, today: date) -> bool:
    """Return whether the period has passed, or was taken back."""
    return is_empty(period) or (period.end is not None and period.end <= today)


@dataclass(frozen=True, slots=True)
class Allowed:
    """Which of the rows on a page the one who looks at it may lend or end, by key."""

    lend: frozenset[int]
    end: frozenset[int]
    end_lending: frozenset[int]


def _allowed(actor: Officer, account: Account) -> Allowed:
    """Return what the policy lets the actor do to a person's roles and lendings (3 queries, and his reach)."""
    grants = account.grants.all()
    lendings = Delegation.objects.filter(Q(to=account) | Q(grant__account=account))
    return Allowed(
        lend=frozenset(ACCOUNTS.rows(actor, "delegation.lend", grants).values_list("pk", flat=True)),
        end=frozenset(ACCOUNTS.rows(actor, "role.end", grants).values_list("pk", flat=True)),
        end_lending=frozenset(ACCOUNTS.rows(actor, "delegation.end", lendings).values_list("pk", flat=True)),
    )


def _lending(row: Delegation, person: str, allowed: Allowed) -> LendingLine:
    today = time.today()
    over = is_over(row.period, today)
    return LendingLine(
        row.public_id, row.grant.label, row.grant.agency.name, person, row.how_label, row.ground, said(row.period),
        now=row.period.covers(today), over=over, may_end=row.pk in allowed.end_lending and not over,
    )


def _roles(account: Account, allowed: Allowed) -> tuple[RoleLine, ...]:
    """Return a person's roles, the running ones first."""
    today, found = time.today(), []
    for row in selectors.grants_of(account):
        over = is_over(row.period, today)
        lent = tuple(_lending(one, one.to.full_name, allowed) for one in _with_grant(row))
        found.append(RoleLine(
            row.public_id, row.label, row.agency.name, said(row.period), now=row.period.covers(today), over=over,
            lendings=lent, may_lend=row.pk in allowed.lend and not over and is_lendable(Role(row.role)),
            may_end=row.pk in allowed.end and not over,
        ))
    return tuple(sorted(found, key=lambda line: (line.over, not line.now)))


def _with_grant(grant: RoleGrant) -> Iterable[Delegation]:
    for lending in grant.delegations.all():
        lending.grant = grant
        yield lending


def is_lendable(role: Role) -> bool:
    """Return whether a role is ever lent: not those of the whole store, and not a deputy's."""
    return role not in RESERVED and (role not in LEADERS or role in DEPUTY_OF)


def _facts(account: Account) -> tuple[Fact, ...]:
    return (
        Fact("Cơ quan", account.home_agency.name),
        Fact("Chức danh", account.title),
        Fact("Tên đăng nhập", account.username, code=True),
    )


def state_of(account: Account) -> str:
    """Return what keeps an account from being used, in words, or an empty string."""
    if not account.is_active and not account.is_locked:
        return "đã đóng"
    if account.is_locked:
        return "đang khóa"
    if account.closed_on is not None:
        return f"sẽ đóng từ {account.closed_on.day}/{account.closed_on.month}/{account.closed_on.year}"
    if account.reset_until is not None:
        return "chờ dùng mã cấp lại" if time.now() < account.reset_until else "mã cấp lại đã hết hạn"
    return "" if account.has_usable_password() else "chưa có mật khẩu"


def my_page(request: HttpRequest) -> MyPage:
    """Return what my own page shows (at most 11 queries beside those of every request)."""
    account, actor = request.user, request.actor  # type: ignore[attr-defined]
    assert isinstance(account, Account)
    device = entering.device_of(request)
    here = DeskVisit.objects.filter(device=device_digest(device), account=account, day=time.today())
    asked = () if actor.roles else tuple(selectors.administrators_of(account.home_agency))
    allowed = _allowed(actor, account)
    return MyPage(
        account=account, facts=_facts(account),
        roles=_roles(account, allowed), borrowed=_borrowed(account, allowed),
        sessions=tuple(_sessions(account, request.session.session_key or "")), ask=asked,
        pin=_pin_state(account), on_this_pc=bool(device) and here.exists(), story=story(account),
    )


def _borrowed(account: Account, allowed: Allowed) -> tuple[LendingLine, ...]:
    rows = selectors.borrowed_by(account)
    return tuple(_lending(row, row.grant.account.full_name, allowed) for row in rows)


def _pin_state(account: Account) -> str:
    if not account.pin:
        return "chưa đặt"
    return "bị khóa" if account.pin_failures >= limits.pin_attempts() else "đã đặt"


def _sessions(account: Account, this: str) -> Iterable[SessionLine]:
    words = {"password": "bằng mật khẩu", "pin": "bằng mã PIN"}
    for row in account.sessions.filter(expire_date__gt=time.now()).order_by("-opened_at"):
        yield SessionLine(row.browser, words.get(row.how, ""), row.opened_at, row.session_key == this)


def person_page(actor: Officer, account: Account) -> PersonPage:
    """Return what the page of a person shows."""
    myself = actor.ref == account.ref
    powers = not myself and ACCOUNTS.may(actor, "account.lock", account)
    allowed = _allowed(actor, account)
    return PersonPage(
        account=account, facts=_facts(account), state=state_of(account),
        roles=_roles(account, allowed), borrowed=_borrowed(account, allowed),
        doings=tuple(_possible(account, myself=myself, powers=powers)),
        may_reset=powers and account.is_active, story=story(account),
    )


def _possible(account: Account, *, myself: bool, powers: bool) -> Iterable[tuple[str, Doing]]:
    closed = account.closed_on is not None and account.closed_on <= time.today()
    if not myself and not closed:
        yield "vai-tro", PERSON["vai-tro"]
    skipped = "khoa" if account.is_locked else ""
    for slug in POWERS if powers and not closed else ():
        if slug != skipped:
            yield slug, PERSON[slug]


def lines(found: Sequence[Account]) -> tuple[PersonLine, ...]:
    """Return the lines of the list of people, of accounts that `selectors.people` read."""
    return tuple(PersonLine(account, tuple(_roles_here(account)), state_of(account)) for account in found)


@dataclass(frozen=True, slots=True)
class LeftLine:
    """Somebody whose agency has ended: which one it was, who it is now, and which roles he still holds there."""

    account: Account
    agency: str
    roles: tuple[str, ...]


def left_lines(found: QuerySet[Account]) -> list[LeftLine]:
    """Return the lines of those left behind (2 queries, and 1 an ended agency)."""
    today, titles = time.today(), dict[int, str]()
    people = list(found.select_related("home_agency"))
    running = RoleGrant.objects.filter(selectors.running(today), account__in=people).select_related("agency")
    held: dict[int, list[RoleGrant]] = {}
    for grant in running.order_by("role"):
        held.setdefault(grant.account_id, []).append(grant)
    lines = []
    for account in sorted(people, key=lambda one: name_key(one.full_name)):
        grants = held.get(account.pk, [])
        agency = grants[0].agency if grants else account.home_agency
        if agency.pk not in titles:
            titles[agency.pk] = name_now(agency)
        lines.append(LeftLine(account, titles[agency.pk], tuple(dict.fromkeys(grant.label for grant in grants))))
    return lines


def _roles_here(account: Any) -> Iterable[tuple[str, str]]:
    today = time.today()
    for grant in account.grants_here:
        yield grant.label, "" if grant.valid_to is None and grant.valid_from <= today else said(grant.period)
    for lending in account.borrowed_here:
        yield lending.grant.label, f"làm thay {lending.grant.account.full_name} {said(lending.period)}"


def what(row: Account | RoleGrant | Delegation) -> str:
    """Return what a screen of doing is about, in words."""
    if isinstance(row, Account):
        return f"{row.full_name}, {row.home_agency.name}"
    if isinstance(row, RoleGrant):
        return f"{row.account.full_name} – {row.label}, {row.agency.name}, {said(row.period)}"
    return f"{row.grant.account.full_name} giao {row.to.full_name} vai trò {row.grant.label}, {said(row.period)}"


_STORY = {
    "account.open": ("Mở tài khoản", "user-plus"),
    "account.move": ("Chuyển cơ quan", "arrows-exchange"),
    "account.lock": ("Khóa tài khoản", "lock"),
    "account.unlock": ("Mở khóa tài khoản", "lock-open"),
    "account.close": ("Đóng tài khoản", "ban"),
    "account.set_password": ("Đổi mật khẩu", "key"),
    "account.use_code": ("Đặt mật khẩu bằng mã cấp lại", "key"),
    "account.set_pin": ("Đặt mã PIN", "key"),
    "account.lock_pin": ("Mã PIN bị khóa vì nhập sai nhiều lần", "alert-triangle"),
    "account.reset_face_to_face": ("Cấp lại mật khẩu trực tiếp", "printer"),
    "account.end_sessions": ("Kết thúc các phiên trên máy khác", "logout"),
    "account.leave_desk": ("Rời máy dùng chung", "logout"),
}


def story(account: Account) -> tuple[StoryItem, ...]:
    """Return what happened to an account, newest first, and who did it (2 queries)."""
    events = list(LedgerEvent.objects.filter(subject=account.ref).order_by("-sequence")[:STORY_LENGTH])
    ids = {event.actor.partition(":")[2] for event in events}
    names = dict(Account.objects.filter(public_id__in=ids).values_list("public_id", "full_name"))
    return tuple(_told(event, names) for event in events)


def _told(event: LedgerEvent, names: dict[str, str]) -> StoryItem:
    text, icon = _STORY.get(event.verb, (event.verb, "circle"))
    if event.verb in {"role.give", "role.succeed"}:
        text, icon = f"Giao vai trò {Role(str(ledger.facts_of(event)['gave'])).label}", "user-check"
    who = "Hệ thống" if event.actor == SYSTEM else names.get(event.actor.partition(":")[2], "")
    return StoryItem(time.from_microseconds(event.happened_us), text, who=who, icon=icon)
