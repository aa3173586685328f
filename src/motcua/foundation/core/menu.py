"""The registry of the desk's menu and of the places the shells lead to.

Rooms declare their entries when they are loaded (in their `urls.py`), the shells ask; so core's templates need no
address of a higher room.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from motcua.foundation.core.looks import MenuLink
from motcua.foundation.core.policies import SIGNED_IN, Actor, Policy

_entries: dict[str, MenuEntry] = {}
_places: dict[str, str] = {}


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """An entry of the desk's menu; `url_name` is reversed without arguments, `icon` is a name of the sprite.

    Shown to whom the policy allows the verb without a row.
    """

    label: str
    url_name: str
    icon: str
    order: int = 100
    verb: str = ""
    policy: Policy = SIGNED_IN


def declare(entry: MenuEntry) -> None:
    """Add an entry; the same one declared twice (a module loaded again) counts once."""
    _entries[entry.url_name] = entry


def declare_place(name: str, url_name: str) -> None:
    """Name an address for the shells: home, desk, track, sign-in, sign-out, switch-officer, lock, profile."""
    _places[name] = url_name


def place(name: str) -> str:
    """Return the address of a place, or an empty string where no room has declared it."""
    return reverse(_places[name]) if name in _places else ""


def entries(actor: Actor | None, path: str) -> list[MenuLink]:
    """Return the entries this person sees, in order; the longest address that begins `path` is the current one."""
    if actor is None:
        return []
    seen = [entry for entry in _entries.values() if entry.policy.may(actor, entry.verb)]
    drawn = [(entry, reverse(entry.url_name)) for entry in sorted(seen, key=lambda entry: (entry.order, entry.label))]
    here = max((url for _, url in drawn if path.startswith(url)), key=len, default="")
    return [MenuLink(entry.label, url, entry.icon, current=url == here) for entry, url in drawn]
