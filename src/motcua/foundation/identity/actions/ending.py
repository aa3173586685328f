"""What ends together: sessions with a lock, lendings with their role, roles with an account."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from motcua.foundation.core.verbs import Act
from motcua.foundation.identity.models import Account, Delegation, DeskSession, DeskVisit, RoleGrant
from motcua.foundation.identity.rules import cut


def turn_out(account: Account, *, keep: str = "") -> int:
    """End a person's sessions but the one with the key `keep`, and his PIN's way into shared PCs. Returns how many."""
    DeskVisit.objects.filter(account=account).delete()
    ended, _ = DeskSession.objects.filter(account=account).exclude(session_key=keep).delete()
    return ended


def end_everything(act: Act, account: Account, day: date) -> None:
    """End before the day what an account holds, lends and borrows."""
    lendings = Delegation.objects.select_for_update().filter(Q(to=account), valid_to__gt=day).order_by("pk")
    for lending in lendings:
        end_delegation(act, lending, day)
    lasting = Q(valid_to__isnull=True) | Q(valid_to__gt=day)
    for grant in RoleGrant.objects.select_for_update().filter(lasting, account=account).order_by("pk"):
        end_grant(act, grant, day)


def end_grant(act: Act, grant: RoleGrant, day: date) -> None:
    """End a role before the day, and with it what is lent of it longer."""
    for lending in grant.delegations.select_for_update().filter(valid_to__gt=day).order_by("pk"):
        end_delegation(act, lending, day)
    grant.valid_to = cut(grant.period, day).end
    grant.save(update_fields=["valid_to"])
    act.record(grant, until=grant.valid_to.isoformat() if grant.valid_to else None)


def end_delegation(act: Act, lending: Delegation, day: date) -> None:
    """End a lending before the day."""
    end = cut(lending.period, day).end
    assert end is not None
    lending.valid_to = end
    lending.save(update_fields=["valid_to"])
    act.record(lending, until=end.isoformat())
