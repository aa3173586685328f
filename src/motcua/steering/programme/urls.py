"""Addresses of programmes, under /chuong-trinh."""

from django.urls import path

from motcua.foundation.core.menu import MenuEntry, declare
from motcua.steering.programme.desk import boards, books, plans, rows
from motcua.steering.programme.policies import PROGRAMMES

declare(MenuEntry("Chương trình cải cách", "programmes", "list-check", 32, "programme.read", PROGRAMMES))

urlpatterns = [
    path("", boards.programmes, name="programmes"),
    path("chi-tieu/<str:public_id>/giao", books.bind, name="programme-bind"),
    path("du-an/<str:public_id>", books.project, name="programme-project"),
    path("du-an/<str:public_id>/sua", books.change_project, name="programme-project-edit"),
    path("nhiem-vu/<str:public_id>/cac-du-an", books.projects, name="programme-projects"),
    path("nhiem-vu/<str:public_id>/bo-chi-tieu/<str:measure_id>", books.unlink, name="programme-unlink"),
    path("nhiem-vu/<str:public_id>", rows.task, name="programme-task"),
    path("nhiem-vu/<str:public_id>/<str:slug>", rows.ask, name="programme-ask"),
    path("ky/<str:public_id>/<str:slug>", rows.do, name="programme-do"),
    path("tep/<str:public_id>", rows.file, name="programme-file"),
    path("<str:public_id>/", boards.board, name="programme"),
    path("<str:public_id>/kinh-phi", books.money, name="programme-money"),
    path("<str:public_id>/ke-hoach", plans.plan, name="programme-plan"),
    path("<str:public_id>/ke-hoach.xlsx", plans.plan_file, name="programme-plan-file"),
    path("<str:public_id>/don-doc", plans.reminders, name="programme-reminders"),
    path("<str:public_id>/don-doc/lap", plans.remind, name="programme-remind"),
    path("don-doc/<str:public_id>", plans.letter, name="programme-letter"),
    path("<str:public_id>/dong-thoi-gian", boards.timeline, name="programme-timeline"),
    path("<str:public_id>/lich", boards.calendar, name="programme-calendar"),
    path("<str:public_id>/co-quan/<str:agency_id>", boards.agency, name="programme-agency"),
]
