"""The public page of seals: anybody may take them away, and so nobody can change what was sealed without being seen."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.http import FileResponse, HttpResponse
from django.shortcuts import render

from motcua.foundation.core import seals, time
from motcua.foundation.core.errors import NotFound
from motcua.foundation.core.models import Seal
from motcua.foundation.core.policies import EVERYONE
from motcua.foundation.core.views import DeskRequest, screen

PAGE = 10


def _row(number: int, made_us: int, root: bytes | memoryview) -> tuple[int, datetime, str]:
    return number, time.from_microseconds(made_us), bytes(root).hex()


@screen("seal.read", policy=EVERYONE, public=True)
def listing(request: DeskRequest) -> HttpResponse:
    """Show the seals, the newest first, and how anybody can check them (1 query)."""
    before = request.GET.get("truoc", "")
    rows = Seal.objects.order_by("-number").values_list("number", "made_us", "root")
    if before.isdecimal() and len(before) < 10:
        rows = rows.filter(number__lt=int(before))
    found = [_row(*row) for row in rows[: PAGE + 1]]
    context = {
        "seals": found[:PAGE],
        "older": f"?truoc={found[PAGE - 1][0]}" if len(found) > PAGE else "",
        "keys": [(key.version, key.raw.hex()) for key in seals.public_keys()],
    }
    return render(request, "core/seals.html", context)


@screen("seal.read", policy=EVERYONE, public=True)
def lines(_request: DeskRequest) -> HttpResponse:
    """Give the outside copy as it stands."""
    path = settings.HOME.seals
    if not path.exists():
        raise NotFound("Chưa có niêm phong nào. Niêm phong đầu tiên được lập vài phút sau khi có việc đầu tiên.")
    answer = FileResponse(path.open("rb"), as_attachment=True, filename=path.name, content_type="application/jsonl")
    return cast(HttpResponse, answer)  # streamed, so Django's types call it another thing


@screen("seal.read", policy=EVERYONE, public=True)
def key(_request: DeskRequest, version: int) -> HttpResponse:
    """Give the public part of a sealing key."""
    for known in seals.public_keys():
        if known.version == version:
            public = Ed25519PublicKey.from_public_bytes(known.raw)
            pem = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
            return HttpResponse(pem, content_type="application/x-pem-file")
    raise NotFound("Không có khóa niêm phong mang số này.")
