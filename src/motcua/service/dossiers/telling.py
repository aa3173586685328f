"""What the applicant is told by message: that papers or a fee are waited for, and that the result is there."""

from __future__ import annotations

from django.conf import settings

from motcua.foundation.core.crypto import Unopened
from motcua.foundation.core.outbox import sending
from motcua.foundation.core.outbox.models import Channel
from motcua.foundation.core.refs import Ref
from motcua.foundation.core.verbs import Act
from motcua.foundation.organisations.selectors import carrier
from motcua.service.dossiers.models import Dossier
from motcua.service.dossiers.types import Ground

READY = "dossiers/messages/ready.txt"
WAITS = {
    Ground.SUPPLEMENT: "dossiers/messages/supplement.txt",
    Ground.PAYMENT: "dossiers/messages/payment.txt",
}


def tell(act: Act, dossier: Dossier, template: str | None) -> None:
    """Write the message in the act's transaction; to who left no telephone, or for nothing he must know, none.

    It names neither the applicant nor his check word: a telephone may be in other hands by now.
    """
    if template is None or not dossier.applicant_phone or isinstance(dossier.applicant_phone, Unopened):
        return
    sending.post(
        act, about=dossier.ref, agency=Ref(dossier.receiving.ref), channel=Channel.SMS,
        address=dossier.applicant_phone, template=template,
        context={"code": dossier.code, "receiving": carrier(dossier.receiving), "address": settings.PUBLIC_ADDRESS},
    )
