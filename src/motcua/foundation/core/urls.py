"""Addresses of core: the kit's living page, the public seals, health for a watchdog."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
