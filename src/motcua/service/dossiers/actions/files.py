"""Files of a dossier: attached to a paper or as a further document, and taken back with a reason; never deleted."""

from __future__ import annotations

from motcua.foundation.core import notes
from motcua.foundation.core.errors import Invalid
from motcua.foundation.core.files import store
from motcua.foundation.core.files.errors import KEPT, BadFile
from motcua.foundation.core.files.types import Put
from motcua.foundation.core.subjects import locked
from motcua.foundation.core.verbs import Act, verb
from motcua.service.dossiers import clockwork
from motcua.service.dossiers.errors import NotNow
from motcua.service.dossiers.models import Attachment, Dossier, DossierPaper
from motcua.service.dossiers.policies import DOSSIERS
from motcua.service.procedures.models import ProcedurePaper

MOST = 60
"""Files of one dossier that are in force at once."""


@verb("dossier.attach", policy=DOSSIERS, locks=("dossier",))
def attach(
    act: Act, *, dossier: Dossier, put: Put, paper: DossierPaper | None = None, asked: ProcedurePaper | None = None,
    title: str = "",
) -> Attachment:
    """Attach a file that was put: to a paper that came, to one the list asks for, or as a further document.

    The digest of its content stands in the ledger. The clock is not touched, and neither is the dossier's version: two
    officers may attach while a third moves it. Raises Invalid, BadFile where it is there already or one too many.
    """
    belongs = (
        paper is None or paper.dossier_id == dossier.pk, asked is None or asked.of_id == dossier.version_of_id,
        paper is None or asked is None,
    )
    if not all(belongs):
        raise Invalid(f"Giấy tờ đã chọn không thuộc hồ sơ này. Chưa nhận tệp; anh/chị chọn lại. {KEPT}", field="place")
    _check_room(dossier, put)
    file = store.row_of(put, owner=dossier.ref, by=act.actor.ref)
    made = Attachment(
        dossier=dossier, paper=paper, asked=asked, title=title.strip(), file=file, account_id=clockwork.account_of(act),
    )
    act.put(file)
    act.put(made)
    act.record(
        made, first=True, of=dossier.ref, sha256=put.sha256.hex(), size=put.size, type=put.kind, scan=put.scan,
        paper=paper.pk if paper else None, asked=asked.pk if asked else None,
    )
    # On the dossier's own chain too: whoever reads the dossier's ledger must see its files come and go.
    act.record(dossier, file=made.ref, sha256=put.sha256.hex())
    return made


def _check_room(dossier: Dossier, put: Put) -> None:
    """Raise BadFile where the same content hangs on the dossier already, or as many files as it may have."""
    there = Attachment.objects.filter(dossier=dossier, detached_at__isnull=True)
    if there.filter(file__sha256=put.sha256).exists():
        raise BadFile(
            f"Tệp “{put.name}” có nội dung giống hệt một tệp đã đính kèm, nên không nhận lần nữa. {KEPT} "
            "Anh/chị xem danh sách tệp của hồ sơ.", field="file",
        )
    if there.count() >= MOST:
        raise BadFile(
            f"Hồ sơ đã có {MOST} tệp, là số tối đa, nên “{put.name}” chưa được nhận. {KEPT} "
            "Anh/chị ghép nhiều trang vào một tệp PDF rồi gửi.", field="file",
        )


@verb("dossier.detach", policy=DOSSIERS, locks=("attachment",))
def detach(act: Act, *, attachment: Attachment, reason: str) -> Attachment:
    """Take a file back: it stays in the store and in the list, struck out, with the reason. Raises Invalid, NotNow."""
    if not reason.strip():
        raise Invalid("Rút tệp phải ghi lý do; tệp vẫn còn. Anh/chị nhập lý do rồi bấm lại.", field="reason")
    if attachment.detached_at is not None:
        raise NotNow("Tệp này đã được rút trước đó. Không có gì thay đổi.")
    # After the attachment, as everywhere: the time of an event on the dossier's chain is taken under its lock.
    dossier: Dossier = locked({"dossier": attachment.dossier})["dossier"]
    if act.outer is None:
        act.begins_now()
    attachment.detached_at, attachment.detached_by_id = act.happened_at, clockwork.account_of(act)
    attachment.detach_reason = notes.keep(act, attachment, reason)
    attachment.save()
    act.record(attachment, first=False, what="detach", **notes.facts(attachment.detach_reason))
    act.record(dossier, file=attachment.ref, sha256=bytes(attachment.file.sha256).hex())
    return attachment
