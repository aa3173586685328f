"""Addresses of dossiers: officers under /ho-so and /don-vi, citizens under / and /tra-cuu."""

from django.urls import path

from motcua.service.dossiers import public
from motcua.service.dossiers.desk import dossier, files, intake, queue, refusal, register, unit
from motcua.service.dossiers.papers import views as papers

urlpatterns = [
    path("", public.home, name="home"),
    path("tra-cuu", public.track, name="track"),
    path("tra-cuu/<str:code>/<str:word>", public.track_dossier, name="track-dossier"),
    path("don-vi", unit.overview, name="unit"),
    path("don-vi/<slug:slug>", unit.rows, name="unit-rows"),
    path("so-theo-doi", register.register, name="register"),
    path("ho-so/", queue.queue, name="queue"),
    path("ho-so/loc", queue.narrowing, name="queue-narrowing"),
    path("ho-so/tim", queue.search, name="dossier-search"),
    path("ho-so/nhan-nhieu", queue.accept_many, name="accept-many"),
    path("ho-so/tiep-nhan", intake.intake, name="intake"),
    path("ho-so/tu-choi", refusal.refuse, name="refuse"),
    path("ho-so/van-ban/<str:letter_id>.pdf", papers.letter, name="letter"),
    path("ho-so/<str:public_id>/", dossier.dossier, name="dossier"),
    path("ho-so/<str:public_id>/da-nhan", intake.received, name="dossier-received"),
    path("ho-so/<str:public_id>/giay-hen.pdf", papers.slip, name="dossier-slip"),
    path("ho-so/<str:public_id>/phieu-kiem-soat.pdf", papers.control_slip, name="dossier-control-slip"),
    path("ho-so/<str:public_id>/dinh-kem", files.attach, name="dossier-attach"),
    path("ho-so/<str:public_id>/tep/<str:file_id>", files.opened, name="dossier-file"),
    path("ho-so/<str:public_id>/tep/<str:file_id>/rut", files.detach, name="dossier-detach"),
    path("ho-so/<str:public_id>/<slug:slug>", dossier.do, name="dossier-do"),
]
