"""Addresses of dossiers: officers under /ho-so, citizens under /tra-cuu."""

from django.urls import path

from motcua.service.dossiers import desk

urlpatterns = [
    path("ho-so/", desk.queue, name="queue"),
    path("ho-so/<str:public_id>/", desk.dossier, name="dossier"),
    path("ho-so/<str:public_id>/<slug:slug>", desk.do, name="dossier-do"),
]
