"""Finding a paper that was issued, or making it now. Rendered in the request, kept for ever, once for each occasion."""

from __future__ import annotations

from typing import Any

from motcua.foundation.core.files.types import Put
from motcua.foundation.core.papers import keeping, rendering
from motcua.foundation.core.papers.keeping import Issue
from motcua.foundation.core.papers.models import Paper
from motcua.foundation.core.policies import Actor, Policy
from motcua.foundation.core.verbs import Act, Call, verb
from motcua.foundation.identity.types import Officer
from motcua.service.dossiers.models import Dossier, Letter
from motcua.service.dossiers.papers import control, letter, slip
from motcua.service.dossiers.papers.loading import Slip
from motcua.service.dossiers.papers.types import Sheet
from motcua.service.dossiers.policies import DOSSIERS


class PaperPolicy(Policy):
    """Whoever may read a dossier may print its papers."""

    guards_registers = False

    def refusal(self, actor: Actor, verb: str, row: Any) -> str | None:  # noqa: ARG002 - every policy's shape
        # Those at work on it now are told by the row itself; only for all others the store is asked.
        at_work = {row.at_agency_id, row.receiving_id, row.competent_id} if isinstance(row, Dossier) else set()
        if isinstance(actor, Officer) and not at_work.isdisjoint(actor.works_at):
            return None
        return DOSSIERS.refusal(actor, "dossier.read", row)


PAPERS = PaperPolicy()


@verb("dossier.print", policy=PAPERS, on="dossier")
def keep_paper(  # the policy asks of whom it speaks
    act: Act, *, dossier: Dossier | Letter, issue: Issue, put: Put  # noqa: ARG001
) -> Paper:
    """Keep a paper of a dossier that was just set. Raises IntegrityError where it is there already."""
    return keeping.keep(act, issue, put)


def slip_of(call: Call, of: Slip) -> Paper:
    """Return the receipt-and-appointment slip of a dossier, issued now if it never was."""
    if of.slip_id is not None:
        return Paper.objects.select_related("file").get(pk=of.slip_id)
    return issue(call, of.dossier, slip.sheet(of))


def control_slip_of(call: Call, dossier: Dossier) -> Paper:
    """Return the control slip as the last hand-over left it, issued now if it never was."""
    occasion = control.occasion(dossier)
    return keeping.find(dossier.ref, "control", occasion) or issue(call, dossier, control.sheet(dossier, occasion))


def letter_of(call: Call, of: Letter) -> Paper:
    """Return a letter to an applicant as it was issued, set now if nobody has looked at it yet."""
    return keeping.find(of.ref, "letter") or issue(call, of, letter.sheet(of))


def issue(call: Call, dossier: Dossier | Letter, sheet: Sheet) -> Paper:
    """Set a paper and keep it. Setting takes longest and happens outside every transaction."""
    content = rendering.render(sheet.template, sheet.data, sheet.at)
    what = Issue(
        of=dossier.ref, what=sheet.what, name=sheet.name, happened_at=sheet.at, occasion=sheet.occasion,
        form=sheet.form.number, rule_set=sheet.form.rule_set, head=sheet.head,
    )
    return keeping.once(what, content, lambda put: keep_paper(call, dossier=dossier, issue=what, put=put))
