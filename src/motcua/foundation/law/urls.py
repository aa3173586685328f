"""Addresses of law."""

from django.urls import path

from motcua.foundation.core import menu
from motcua.foundation.core.menu import MenuEntry
from motcua.foundation.law import desk
from motcua.foundation.law.policies import LAW

menu.declare(MenuEntry("Quy định", "law", "gavel", 80, "law.read", LAW))

urlpatterns = [path("", desk.in_force, name="law")]
