"""Addresses of core: the kit's living page, the public seals, health for a watchdog."""

from __future__ import annotations

from django.urls import URLPattern, path

from motcua.foundation.core import kit_views

urlpatterns: list[URLPattern] = [path("kit", kit_views.kit, name="kit")]
