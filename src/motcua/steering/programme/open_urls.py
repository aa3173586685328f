"""Addresses of open data, under /du-lieu-mo."""

from django.urls import path, re_path

from motcua.foundation.core import menu
from motcua.steering.programme import public

urlpatterns = [
    path("du-lieu-mo", public.index, name="open-data"),
    path("du-lieu-mo/catalog.jsonld", public.catalog, name="open-data-catalog"),
    path("du-lieu-mo/chuong-trinh/<str:public_id>", public.programme, name="open-data-programme"),
    re_path(r"^du-lieu-mo/(?P<slug>[a-z0-9\-]+)\.(?P<form>csv|json)$", public.download, name="open-data-download"),
    path("du-lieu-mo/<slug:slug>", public.dataset, name="open-data-set"),
]

menu.declare_place("open-data", "open-data")
