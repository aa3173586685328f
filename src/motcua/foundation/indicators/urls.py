"""Addresses of numbers, under /so-lieu."""

from django.urls import path, re_path

from motcua.foundation.core import menu
from motcua.foundation.indicators import desk
from motcua.foundation.indicators.policies import NUMBERS

urlpatterns = [
    path("", desk.index, name="indicators"),
    re_path(r"^(?P<code>[a-z0-9\-]+)\.(?P<form>csv|json)$", desk.download, name="indicator-download"),
    path("<slug:code>/", desk.indicator, name="indicator"),
    path("<slug:code>/<slug:side>", desk.rows, name="indicator-rows"),
]

menu.declare(menu.MenuEntry("Số liệu", "indicators", "report-analytics", 35, "indicator.read", NUMBERS))
