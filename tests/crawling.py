"""Go through all pages as a person of each kind would: every link, every form sent empty and sent wrong."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

from django.test import Client
from django.urls import Resolver404, resolve

SPOKEN = ("alt", "aria-label", "aria-description", "placeholder", "title", "label", "content")
UNSPOKEN = {"script", "style", "svg", "code", "pre", "kbd"}
"""What is for machines and for who runs them: programs, names of settings, keys of a keyboard."""
FEW = 2
"""Pages of one route that one person opens: a hundred dossiers look alike."""
WRONG = {"number": "abc", "date": "31/02/2026", "time": "25:61", "select": "khong-co", "radio": "khong-co", "file": ""}
LONG = "x\x00" + "dài " * 3000
_PAGE = re.compile(r"text/html")


@dataclass(slots=True)
class Form:
    """A form as it stands on a page."""

    action: str
    method: str
    hidden: dict[str, str] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)

    def empty(self) -> dict[str, str]:
        return dict(self.hidden)

    def wrong(self) -> dict[str, str]:
        return self.hidden | {name: WRONG.get(kind, LONG) for name, kind in self.fields.items()}


class Reader(HTMLParser):
    """Reads what a page says, where it leads, and what it asks."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lang, self.spoken, self.links, self.forms = "", [""], [""], list[Form]()
        self._silent, self._form = 0, None

    _form: Form | None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        self._silent += tag in UNSPOKEN
        if tag == "html":
            self.lang = has.get("lang", "")
        if tag == "a" and "href" in has:
            self.links.append(has["href"])
        if tag == "form":
            self._form = Form(has.get("action", ""), has.get("method", "get").lower())
            self.forms.append(self._form)
        if self._form and tag in {"input", "select", "textarea", "button"} and has.get("name"):
            self._ask(tag, has)
        if tag != "meta":
            self.spoken += [has[name] for name in SPOKEN if name in has]

    def _ask(self, tag: str, has: dict[str, str]) -> None:
        assert self._form
        kind = has.get("type", tag) if tag == "input" else tag
        if kind in {"hidden", "button"}:
            self._form.hidden.setdefault(has["name"], has.get("value", ""))
        else:
            self._form.fields[has["name"]] = kind

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in UNSPOKEN
        if tag == "form":
            self._form = None

    def handle_data(self, data: str) -> None:
        if self._silent <= 0:
            self.spoken.append(data)


@dataclass(frozen=True, slots=True)
class Said:
    """One answer: who asked, how, the route's name, and the words that reach eyes and ears."""

    who: str
    how: str
    route: str
    status: int
    lang: str
    text: str


def read(answer: Any) -> Reader:
    """Return a page taken apart."""
    page = Reader()
    page.feed(answer.content.decode())
    return page


def heard(who: str, how: str, route: str, answer: Any, page: Reader | None = None) -> Said:
    """Return what an answer says to who asked; `page` is the answer where it was taken apart before."""
    page = page or read(answer)
    text = re.sub(r"\s+", " ", html.unescape(" ¶ ".join(page.spoken)))
    return Said(who, how, route, answer.status_code, page.lang, text)


def route_of(address: str) -> str:
    """Return the name of the route that answers an address, or nothing where none does."""
    try:
        return resolve(urlsplit(address).path).url_name or ""
    except Resolver404:
        return ""


@dataclass(slots=True)
class Crawl:
    """A person goes everywhere he can from some first pages."""

    client: Client
    who: str
    skip: frozenset[str]
    opened: Counter[str] = field(default_factory=Counter)
    tried: set[tuple[str, str]] = field(default_factory=set)

    @property
    def seen(self) -> set[str]:
        """The routes that answered, asked or told."""
        return set(self.opened) | {route for route, _ in self.tried}

    def run(self, *first: str) -> Iterator[Said]:
        """Yield every answer that is a page."""
        waiting, known = list(first), set(first)
        while waiting:
            here = waiting.pop(0)
            route = route_of(here)
            if route in self.skip or self.opened[route] >= FEW:
                continue
            self.opened[route] += 1
            answer = self.client.get(here, follow=True)
            if not _PAGE.match(answer.headers.get("Content-Type", "")):
                continue
            page = read(answer)
            yield heard(self.who, f"GET {here}", route, answer, page)
            for link in page.links:
                there = urldefrag(urljoin(here, link))[0]
                if there.startswith("/") and there not in known:
                    known.add(there)
                    waiting.append(there)
            for form in page.forms:
                yield from self._try(here, form)

    def _try(self, here: str, form: Form) -> Iterator[Said]:
        there = urljoin(here, form.action)
        route = route_of(there)
        if form.method != "post" or route in self.skip:
            return
        for how, data in (("empty", form.empty()), ("wrong", form.wrong())):
            if (route, f"{how}{sorted(form.fields)}") in self.tried or (how == "wrong" and not form.fields):
                continue
            self.tried.add((route, f"{how}{sorted(form.fields)}"))
            answer = self.client.post(there, data, follow=True)
            if _PAGE.match(answer.headers.get("Content-Type", "")):
                yield heard(self.who, f"POST {there} {how}", route, answer)
