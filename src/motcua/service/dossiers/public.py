"""Citizens' screens: the first page, and tracking by code and check word."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from motcua.foundation.core import journal, time
from motcua.foundation.core.errors import Refusal
from motcua.foundation.core.policies import EVERYONE
from motcua.foundation.core.views import DeskRequest, caller, screen
from motcua.service.dossiers import tracking
from motcua.service.dossiers.forms import Track
from motcua.service.dossiers.presenting.follow import follow
from motcua.service.dossiers.presenting.readers import readings


@screen("home.read", policy=EVERYONE, public=True)
def home(request: DeskRequest) -> HttpResponse:
    """Show the door: track a dossier, look up a procedure. Who has signed in goes to his desk."""
    if request.actor.is_known:
        return redirect("queue")
    return render(request, "dossiers/home.html", {"form": Track()})


@never_cache
@screen("dossier.track", policy=EVERYONE, public=True)
def track(request: DeskRequest) -> HttpResponse:
    """Ask for code and check word."""
    form = Track(request.POST if request.method == "POST" else None, initial={"code": request.GET.get("ma", "")[:60]})
    if request.method == "POST" and form.is_valid():
        code, word = tracking.clean_code(form.cleaned_data["code"]), tracking.clean_word(form.cleaned_data["word"])
        if code and word and "/" not in code:
            return redirect("track-dossier", code=code, word=word)
        form.add_error("word", "Mã hồ sơ hoặc từ kiểm tra chưa đúng dạng. Bạn xem lại giấy hẹn rồi nhập lại.")
    return render(request, "dossiers/track.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@screen("dossier.track", policy=EVERYONE, public=True)
def track_dossier(request: DeskRequest, code: str, word: str) -> HttpResponse:
    """Show where a dossier is; a wrong word and an unknown code answer alike."""
    try:
        dossier = tracking.find(code, word, caller(request))
    except Refusal as refusal:
        form = Track({"code": code, "word": word})
        form.is_valid()
        form.add_error(refusal.field, refusal.message)
        return render(request, "dossiers/track.html", {"form": form}, status=refusal.status)
    journal.read(request.actor, dossier.ref, "public.track")
    context = {
        "dossier": dossier, "follow": follow(dossier, time.now()),
        "readings": readings(dossier, request.GET, with_names=False),
        "slip_agrees": tracking.slip_agrees(dossier, request.GET.get("dau", "")),
    }
    return render(request, "dossiers/follow.html", context)
