"""The kit's living page: every part of the UI in every state, for those who build screens."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from motcua.foundation.core import kit_samples
from motcua.foundation.core.looks import Notice, TimeState, Tone
from motcua.foundation.core.policies import EVERYONE
from motcua.foundation.core.views import DeskRequest, screen


@screen("kit.see", policy=EVERYONE, public=True)
def kit(request: DeskRequest) -> HttpResponse:
    """Show all parts; `?shell=public` shows them as a citizen would meet them."""
    context = {
        "form": kit_samples.SampleForm(),
        "refused": kit_samples.refused_form(),
        "strips": kit_samples.strips(),
        "groups": kit_samples.QUEUE,
        "steps": kit_samples.STEPS,
        "path": kit_samples.PATH,
        "story": kit_samples.STORY,
        "facts": kit_samples.FACTS,
        "states": list(TimeState),
        "tones": list(Tone),
        "instant": kit_samples.at(24, 9),
        "notices": [
            Notice("Việc chạy nền đã dừng từ 08:40; tin nhắn và báo cáo sẽ chậm.", Tone.CARE, "#", "Cách bật lại")
        ],
        "shell_template": "core/public.html" if request.GET.get("shell") == "public" else "core/desk.html",
    }
    return render(request, "core/kit.html", context)
