"""Addresses of needles, under /chuong-trinh and before the programme's own: they take two of its addresses over."""

from django.urls import path

from motcua.steering.programme.desk import needles

urlpatterns = [
    path("<str:public_id>/muc-tieu", needles.needles, name="programme-needles"),
    path("<str:public_id>/muc-tieu/nhiem-vu", needles.serving, name="programme-serving"),
    path("chi-tieu/<str:public_id>", needles.needle, name="programme-needle"),
    path("chi-tieu/<str:public_id>/cach-doc", needles.choose, name="programme-needle-choose"),
    path("chi-tieu/<str:public_id>/gan-so-lieu", needles.bind, name="programme-needle-bind"),
    path("chi-tieu/<str:public_id>/con-thieu/<slug:code>", needles.missing, name="programme-needle-missing"),
]
