"""Addresses of the review of a decision, under /chuong-trinh."""

from __future__ import annotations

from django.urls import path

from motcua.steering.programme.desk import review

urlpatterns = [
    path("nhap", review.hand_in, name="programme-hand-in"),
    path("nhap/<str:public_id>", review.handed_in, name="programme-handed-in"),
    path("<str:public_id>/ban-doc", review.review, name="programme-review"),
    path("<str:public_id>/ban-doc/dong/<str:uid>", review.recut, name="programme-recut"),
    path("<str:public_id>/ban-doc/phan-dau", review.head, name="programme-head"),
    path("<str:public_id>/ban-doc/duyet", review.approve, name="programme-approve"),
    path("<str:public_id>/ban-doc/sua-doi", review.amendment, name="programme-amendment"),
]
