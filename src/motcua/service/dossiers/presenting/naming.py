"""What dossiers are called on lists of other rooms."""

from __future__ import annotations

from collections.abc import Collection

from django.urls import reverse

from motcua.foundation.core.policies import Actor
from motcua.foundation.core.spoken import Called
from motcua.service.dossiers.models import Dossier
from motcua.service.dossiers.policies import DOSSIERS


def called(actor: Actor, public_ids: Collection[str]) -> dict[str, Called]:
    """Return the codes of dossiers, with an address where the actor may read them (2 queries)."""
    rows = Dossier.objects.filter(public_id__in=public_ids)
    readable = set(DOSSIERS.rows(actor, "dossier.read", rows).values_list("public_id", flat=True))
    return {
        public_id: Called(code, reverse("dossier", args=[public_id]) if public_id in readable else "")
        for public_id, code in rows.values_list("public_id", "code")
    }
