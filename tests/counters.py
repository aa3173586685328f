"""A web server as a process of its own, and the browser of an officer at the counter."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import pytest

from motcua.foundation.identity.tests.factories import PASSWORD
from motcua.site.serve import web_command
from tests.stores import PATIENCE, Store

_HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')


@dataclass
class Answer:
    """What the server sent."""

    status: int
    body: bytes
    location: str = ""

    @property
    def text(self) -> str:
        return " ".join(re.sub(r"<[^>]+>", " ", self.body.decode(errors="replace")).split())


@dataclass
class Server:
    """A running web server; `kill` ends it with all its workers, as a power cut would."""

    process: subprocess.Popen[bytes]
    port: int

    def kill(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@contextlib.contextmanager
def served(store: Store) -> Iterator[Server]:
    """Start the product's own web server on a store and wait until it answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    (store.home / "static").mkdir(parents=True, exist_ok=True)
    command = [*web_command("127.0.0.1", port)[:-1], "tests.shifted:application"]
    process = subprocess.Popen(command, env=store.environment, cwd=store.home.parent, start_new_session=True)
    server = Server(process, port)
    try:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and process.poll() is None:
            with contextlib.suppress(OSError):
                if Browser(port).get("/dang-nhap").status == 200:
                    break
            time.sleep(0.1)
        else:
            pytest.fail("the web server did not start")
        yield server
    finally:
        server.kill()


@dataclass
class Browser:
    """Keeps cookies, follows nothing, and reads hidden fields of forms."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, body: str = "") -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if method == "POST":
            headers |= {"Content-Type": "application/x-www-form-urlencoded"}
        with contextlib.closing(connection):
            connection.request(method, path, body.encode() or None, headers)
            answer = connection.getresponse()
            content = answer.read()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return Answer(answer.status, content, answer.headers.get("Location", ""))

    def get(self, path: str) -> Answer:
        return self.ask("GET", path)

    def post(self, path: str, fields: dict[str, Any]) -> Answer:
        return self.ask("POST", path, urlencode(fields))

    def form(self, path: str) -> dict[str, str]:
        """Open a page and return the hidden fields of its last form."""
        page = self.get(path)
        assert page.status == 200, f"{path}: {page.status} {page.text[:300]}"
        return dict(_HIDDEN.findall(page.body.decode()))

    def sign_in(self, username: str) -> None:
        fields = self.form("/dang-nhap")
        answer = self.post("/dang-nhap", {**fields, "username": username, "password": PASSWORD})
        assert answer.status == 302, answer.text[:300]


def at_counter(port: int, place: dict[str, Any]) -> Browser:
    """Return the browser of the officer who receives."""
    browser = Browser(port)
    browser.sign_in(place["username"])
    return browser


def intake(place: dict[str, Any]) -> str:
    return f"/ho-so/tiep-nhan?thu-tuc={place['version']}"


def filled(place: dict[str, Any], hidden: dict[str, str], **more: str) -> dict[str, Any]:
    """Return the counter's form, filled in."""
    return {
        **hidden, "way": place["limit"], "all_papers": "on", "applicant": "Nông Văn Minh", "do": "nhan",
        "competent": place["department"], **more,
    }
