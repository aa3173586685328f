"""The page of law: rule sets in force on a day, and the documents they rest on."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from motcua.foundation.core import time
from motcua.foundation.core.views import DeskRequest, screen
from motcua.foundation.law import presenting, selectors
from motcua.foundation.law.forms import AsOfForm
from motcua.foundation.law.policies import LAW


@screen("law.read", policy=LAW)
def in_force(request: DeskRequest) -> HttpResponse:
    """Show what is in force on a day, value by value, with basis and trust."""
    form = AsOfForm(request.GET or None)
    asked = form.cleaned_data.get("ngay") if form.is_bound and form.is_valid() else None
    day = asked or time.today()
    context = {
        "form": form if form.errors else AsOfForm(initial={"ngay": day}), "day": day,
        "sections": presenting.sections(selectors.sets_on(day)), "changes": selectors.days_of_change(),
        "documents": selectors.documents_on(day),
    }
    return render(request, "law/in_force.html", context)
