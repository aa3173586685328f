"""Addresses of the register."""

from django.urls import path

from motcua.foundation.core import menu
from motcua.foundation.core.menu import MenuEntry
from motcua.foundation.organisations import desk
from motcua.foundation.organisations.policies import AGENCIES

menu.declare(MenuEntry("Cơ quan", "agencies", "building-community", 60, "agency.read", AGENCIES))

urlpatterns = [
    path("", desk.tree, name="agencies"),
    path("moi", desk.found, name="agency-found"),
    path("<str:public_id>/", desk.agency, name="agency"),
    path("<str:public_id>/chon-noi-nhan", desk.choose_heir, name="agency-heir"),
    path("<str:public_id>/<slug:slug>", desk.do, name="agency-do"),
]
