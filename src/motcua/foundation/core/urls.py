"""Addresses of core: the kit's living page, the public seals, health for a watchdog."""

from __future__ import annotations

from django.urls import URLPattern, path

from motcua.foundation.core import kit_views, seal_views
from motcua.foundation.core.menu import MenuEntry, declare
from motcua.foundation.core.outbox import views as outbox

urlpatterns: list[URLPattern] = [
    path("kit", kit_views.kit, name="kit"),
    path("niem-phong", seal_views.listing, name="seals"),
    path("niem-phong/seals.jsonl", seal_views.lines, name="seals-file"),
    path("niem-phong/khoa-<int:version>.pem", seal_views.key, name="seal-key"),
    path("tin-nhan", outbox.messages, name="messages"),
]
declare(MenuEntry("Tin nhắn", "messages", "message", 80, "message.read", outbox.MESSAGES))
