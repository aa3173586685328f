"""Files of a dossier: attaching, opening, taking back. “Đã nhận” is said only of what was read back from the store."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from motcua.foundation.core import journal, words
from motcua.foundation.core.errors import Denied, NotFound, Refusal
from motcua.foundation.core.files import download, store
from motcua.foundation.core.views import DeskRequest, call_from, one, require, screen
from motcua.service.dossiers import actions, selectors
from motcua.service.dossiers.desk.leading import led_away
from motcua.service.dossiers.forms import FILES, Attach, Reason
from motcua.service.dossiers.models import Attachment, Dossier
from motcua.service.dossiers.policies import DOSSIERS
from motcua.service.dossiers.presenting.papers import line


@screen("dossier.attach", policy=DOSSIERS)
def attach(request: DeskRequest, public_id: str) -> HttpResponse:
    """Ask for a file and take it. Whoever sends it by script is answered in words alone."""
    row = one(DOSSIERS, request.actor, "dossier.read", selectors.full(), public_id=public_id)
    if (away := led_away(request, "dossier.attach", row)) is not None:
        return away
    require(DOSSIERS, request.actor, "dossier.attach", row)
    status = 200
    if request.method == "POST":
        form = Attach(request.POST, request.FILES, dossier=row)
        status = _taken(request, row, form) if form.is_valid() else 422
        if status == 200:
            where = reverse("dossier", args=[public_id]) + "#giay-to"
            return HttpResponse(where, status=201) if _by_script(request) else redirect(where)
        if _by_script(request):
            said = [str(error) for errors in form.errors.values() for error in errors]
            return HttpResponse(" ".join(said), status=status, content_type="text/plain; charset=utf-8")
    else:
        form = Attach(dossier=row, initial={"place": request.GET.get("giay-to", "")})
    return render(request, "dossiers/attach.html", {"dossier": row, "form": form}, status=status)


def _by_script(request: DeskRequest) -> bool:
    return request.headers.get("X-Requested-With") == "motcua"


def _taken(request: DeskRequest, row: Dossier, form: Attach) -> int:
    """Put the file, read it back, keep it. Returns 200, or the status of a refusal that now stands at the form."""
    try:
        with store.arriving(form.cleaned_data["file"], limits=FILES) as put:
            made = actions.attach(
                call_from(request), dossier=row, put=put, paper=form.paper, asked=form.asked,
                title=form.cleaned_data["title"],
            )
            if bytes(made.file.sha256) != put.sha256 or made.file.stored_name != put.stored_name:
                store.drop(put)  # the same press came twice: the first one's bytes are kept
    except Denied:
        raise
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return refusal.status
    size, digest = words.size(made.file.size), bytes(made.file.sha256).hex()[:12]
    messages.success(request, f"Đã nhận tệp “{made.file.name}” ({size}); mã SHA-256 {digest}… đã đối chiếu với kho.")
    return 200


def _file(request: DeskRequest, public_id: str, file_id: str) -> Attachment:
    among = Dossier.objects.select_related("receiving", "at_step")
    row = one(DOSSIERS, request.actor, "dossier.read", among, public_id=public_id)
    rows = Attachment.objects.filter(dossier=row, public_id=file_id)
    found = rows.select_related("file", "account", "detached_by", "detach_reason").first()
    if found is None:
        raise NotFound("Hồ sơ này không có tệp như vậy.")
    found.dossier = row
    return found


@screen("dossier.read", policy=DOSSIERS)
def opened(request: DeskRequest, public_id: str, file_id: str) -> HttpResponse:
    """Give a file out, noted in the access journal. One that was taken back opens to few."""
    found = _file(request, public_id, file_id)
    require(DOSSIERS, request.actor, "dossier.open", found)
    journal.read(request.actor, found.dossier.ref, "dossier.file")
    return cast(HttpResponse, download.response(found.file, inline="luu" not in request.GET))


@screen("dossier.attach", policy=DOSSIERS)
def detach(request: DeskRequest, public_id: str, file_id: str) -> HttpResponse:
    """Ask why a file is taken back, and do it."""
    found = _file(request, public_id, file_id)
    if (away := led_away(request, "dossier.detach", found.dossier, found)) is not None:
        return away
    require(DOSSIERS, request.actor, "dossier.detach", found)
    form, status = Reason(request.POST if request.method == "POST" else None), 200
    if request.method == "POST":
        status = _taken_back(request, found, form) if form.is_valid() else 422
        if status == 200:
            return redirect(reverse("dossier", args=[public_id]) + "#giay-to")
    context = {"dossier": found.dossier, "file": found, "line": line(request.actor, found), "form": form}
    return render(request, "dossiers/detach.html", context, status=status)


def _taken_back(request: DeskRequest, found: Attachment, form: Reason) -> int:
    try:
        actions.detach(call_from(request), attachment=found, reason=form.cleaned_data["reason"])
    except Denied:
        raise
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return refusal.status
    messages.success(request, f"Đã rút tệp “{found.file.name}”. Tệp vẫn được giữ trong kho, kèm lý do.")
    return 200
