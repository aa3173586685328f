"""Addresses of identity."""

from django.urls import path

from motcua.foundation.identity import desk

urlpatterns = [
    path("dang-nhap", desk.sign_in, name="sign-in"),
    path("dang-xuat", desk.sign_out, name="sign-out"),
]
