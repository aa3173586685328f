"""Addresses of open data, under /du-lieu-mo."""

from django.urls import path, re_path

from motcua.foundation.core import menu
from motcua.steering.programme import public

urlpatterns = [
    path("", public.index, name="open-data"),
    path("/catalog.jsonld", public.catalog, name="open-data-catalog"),
    path("/chuong-trinh/<str:public_id>", public.programme, name="open-data-programme"),
    re_path(r"^/(?P<slug>[a-z0-9\-]+)\.(?P<form>csv|json)$", public.download, name="open-data-download"),
    path("/<slug:slug>", public.dataset, name="open-data-set"),
]

menu.declare_place("open-data", "open-data")
