"""People belong to agencies: who is left when one ends, and how roles and accounts go on at the heir."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from motcua.foundation.core import time
from motcua.foundation.core.actors import SYSTEM_ACTOR
from motcua.foundation.core.errors import Refusal
from motcua.foundation.core.logs import get_logger
from motcua.foundation.core.verbs import Call
from motcua.foundation.identity.actions.accounts import move_account
from motcua.foundation.identity.actions.succeeding import NEVER_CARRIED, succeed_role
from motcua.foundation.identity.models import Account, RoleGrant
from motcua.foundation.identity.selectors import not_over, running
from motcua.foundation.organisations.models import Agency
from motcua.foundation.organisations.registry import Standing
from motcua.foundation.organisations.selectors import register_day

log = get_logger(__name__)


class PeopleAtAgencies:
    """What the register's registry asks of this room. People go before the dossiers that they hold."""

    name = "people"
    order = 10
    asks = "Chuyển cán bộ và vai trò sang cơ quan nhận (trừ người đứng đầu)"

    def standing(self, agency: Agency, heir: str, *, carried: bool) -> Sequence[Standing]:
        """Return how many roles are held and how many accounts are at home there (3 queries)."""
        goes = f"chuyển sang {heir}" if carried and heir else "không tự chuyển; quản trị giao lại từng người"
        heads = _grants([agency.pk], role__in=NEVER_CARRIED).count()
        return (
            Standing(_accounts([agency.pk]).count(), "tài khoản cán bộ", goes),
            Standing(_carried([agency.pk]).count(), "vai trò đang giao", goes),
            Standing(heads, "vai trò người đứng đầu", "không tự chuyển; giao lại theo quyết định bổ nhiệm"),
        )

    def left(self, agencies: Collection[int]) -> int:
        """Return how many roles and accounts still have to be carried over (2 queries)."""
        return _carried(agencies).count() + _accounts(agencies).count()

    def pass_on(self, agency: Agency, heir: Agency) -> Iterator[int]:
        """Carry over each role and each account. One that cannot be had now is left to the next run."""
        for grant in list(_carried([agency.pk]).select_related("account").order_by("pk")):
            yield _done(partial(succeed_role, Call(SYSTEM_ACTOR), grant=grant, account=grant.account, heir=heir))
        for account in list(_accounts([agency.pk]).order_by("pk")):
            yield _done(partial(move_account, Call(SYSTEM_ACTOR), account=account, agency=heir))


def _grants(agencies: Collection[int], **among: Any) -> QuerySet[RoleGrant]:
    return RoleGrant.objects.filter(not_over(time.today()), agency__in=agencies, **among)


def _carried(agencies: Collection[int]) -> QuerySet[RoleGrant]:
    return _grants(agencies).exclude(role__in=NEVER_CARRIED)


def _accounts(agencies: Collection[int]) -> QuerySet[Account]:
    kept = Q(closed_on__isnull=True) | Q(closed_on__gt=time.today())
    return Account.objects.filter(kept, home_agency__in=agencies)


def _done(work: Callable[[], object]) -> int:
    try:
        work()
    except Refusal as refusal:
        log.warning("a person waits to be carried over", refusal=refusal.code)
        return 0
    return 1


def left_behind(among: QuerySet[Account]) -> QuerySet[Account]:
    """Return the open accounts whose agency has ended and who hold no role at one that is at work (no query yet)."""
    today, day = time.today(), register_day()
    ended = Agency.objects.filter(valid_to__lte=day)
    held = RoleGrant.objects.filter(running(today), account=OuterRef("pk"))
    stranded = Q(home_agency__in=ended) | Exists(held.filter(agency__in=ended))
    kept = Q(closed_on__isnull=True) | Q(closed_on__gt=today)
    return among.filter(kept, stranded).exclude(Exists(held.exclude(agency__in=ended)))
