"""Saying how a procedure is served."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from motcua.foundation.core.views import DeskRequest, call_from, one, require, screen
from motcua.service.procedures import actions
from motcua.service.procedures.forms import StateService
from motcua.service.procedures.models import Procedure
from motcua.service.procedures.policies import PROCEDURES


@screen("procedure.state_service", policy=PROCEDURES)
def state_service(request: DeskRequest, public_id: str) -> HttpResponse:
    """Enter a decision on one-stop, interconnection and online level."""
    procedure = one(PROCEDURES, request.actor, "procedure.read", Procedure.objects.all(), public_id=public_id)
    require(PROCEDURES, request.actor, "procedure.state_service", procedure)
    form = StateService(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.state_service(call_from(request), procedure=procedure, **form.said())
        messages.success(request, "Đã ghi cách phục vụ. Số liệu tính theo từ ngày đã chọn.")
        return redirect("procedures-one", procedure.public_id)
    return render(request, "procedures/service.html", {"procedure": procedure, "form": form})
