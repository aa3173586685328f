"""Addresses of procedures, under /thu-tuc: citizens at the top, officers under /thu-tuc/kiem-soat."""

from django.urls import path

from motcua.foundation.core import menu
from motcua.service.procedures import public
from motcua.service.procedures.desk import catalogue, imports, processes, service, versions
from motcua.service.procedures.policies import PROCEDURES

urlpatterns = [
    path("", public.catalogue, name="procedures"),
    path("kiem-soat/", catalogue.catalogue, name="procedures-desk"),
    path("kiem-soat/nhap", imports.imports, name="procedures-imports"),
    path("kiem-soat/nhap/<str:public_id>", imports.run, name="procedures-import"),
    path("kiem-soat/nhap/<str:public_id>/bao-cao.xlsx", imports.report, name="procedures-import-report"),
    path("kiem-soat/soan", versions.draft, name="procedures-draft"),
    path("kiem-soat/du-thao/<str:public_id>", versions.edit_draft, name="procedures-edit"),
    path("kiem-soat/du-thao/<str:public_id>/cong-bo", versions.publish, name="procedures-publish"),
    path("kiem-soat/noi-dung/<str:public_id>/moc-ngay", versions.dates, name="procedures-dates"),
    path("kiem-soat/noi-dung/<str:public_id>/bai-bo", versions.expire, name="procedures-expire"),
    path("kiem-soat/noi-dung/<str:public_id>/thoi-han/<int:position>", versions.set_limit, name="procedures-limit"),
    path("kiem-soat/noi-dung/<str:public_id>/phi/<int:position>", versions.set_fee, name="procedures-fee"),
    path("kiem-soat/quy-trinh/<str:public_id>", processes.process, name="procedures-process"),
    path("kiem-soat/quy-trinh/<str:public_id>/sua", processes.edit, name="procedures-process-edit"),
    path("kiem-soat/<str:public_id>", catalogue.procedure, name="procedures-one"),
    path("kiem-soat/<str:public_id>/cach-phuc-vu", service.state_service, name="procedures-service"),
    path("kiem-soat/<str:public_id>/quy-trinh", processes.draft, name="procedures-process-draft"),
    path("<str:code>", public.procedure, name="procedure"),
]

menu.declare(
    menu.MenuEntry("Thủ tục hành chính", "procedures-desk", "clipboard-text", 40, "procedure.read", PROCEDURES)
)
menu.declare(
    menu.MenuEntry("Nhập thủ tục", "procedures-imports", "file-upload", 41, "procedure.read_import", PROCEDURES)
)
