"""The least of a browser: signs an officer in, keeps his cookies, reads hidden fields of a page."""

from __future__ import annotations

import http.cookiejar
import re
import urllib.parse
import urllib.request
from dataclasses import dataclass, field


@dataclass(slots=True)
class Browser:
    """One officer at one server."""

    address: str
    jar: http.cookiejar.CookieJar = field(default_factory=http.cookiejar.CookieJar)

    def _open(self, path: str, data: bytes | None = None) -> str:
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        request = urllib.request.Request(self.address + path, data, {"Referer": self.address})
        with opener.open(request, timeout=30) as answer:
            return str(answer.read().decode())

    def get(self, path: str) -> str:
        return self._open(path)

    def post(self, path: str, fields: dict[str, str]) -> str:
        return self._open(path, urllib.parse.urlencode(fields).encode())

    def sign_in(self, username: str, password: str) -> None:
        """Sign in; raises AssertionError where the page asks for the password again."""
        fields = hidden(self.get("/dang-nhap")) | {"username": username, "password": password}
        page = self.post("/dang-nhap", fields)
        assert 'name="password"' not in page, f"{username} cannot sign in"

    @property
    def cookies(self) -> str:
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.jar)


def hidden(page: str) -> dict[str, str]:
    """Return the hidden fields of a page's forms by name."""
    found = {}
    for tag in re.findall(r"<input[^>]*type=\"hidden\"[^>]*>", page):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name:
            found[name[1]] = value[1] if value else ""
    return found
