"""Forms of sign-in and change of officer."""

from __future__ import annotations

from django import forms


class SignIn(forms.Form):
    """Name and password."""

    username = forms.CharField(
        label="Tên đăng nhập", max_length=60, widget=forms.TextInput({"autocomplete": "username", "autofocus": True})
    )
    password = forms.CharField(
        label="Mật khẩu", max_length=200, widget=forms.PasswordInput({"autocomplete": "current-password"})
    )
