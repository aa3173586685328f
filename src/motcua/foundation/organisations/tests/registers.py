"""Small registers for tests."""

from __future__ import annotations

from datetime import date
from functools import cache

from motcua.foundation.law.types import Trust
from motcua.foundation.organisations import datafile, rules
from motcua.foundation.organisations.types import Catalogue, Event, Found, Profile, Register, Scheme

START = date(2015, 1, 1)


@cache
def catalogue() -> Catalogue:
    return datafile.read_catalogue(datafile.shipped("kinds.toml"))


@cache
def bac_kan() -> Register:
    return rules.replay(catalogue(), datafile.read_events(datafile.shipped("bac-kan.csv"), catalogue()))


def profile(
    key: str, kind: str, parent: str | None, *, name: str = "", code: str = "", national: str = ""
) -> Profile:
    codes = [(Scheme.REGISTER, code or key.upper(), Trust.EXAMPLE)]
    if national:
        codes.append((Scheme.D20, national, Trust.EXAMPLE))
    return Profile(key=key, kind=kind, form="", name=name or key.title(), parent=parent, codes=tuple(codes))


def found(key: str, kind: str, parent: str | None, day: date = START, **more: str) -> Event:
    return Found(day=day, basis="1/QĐ", profile=profile(key, kind, parent, **more))


def small() -> Register:
    """A province with two districts of two communes each, and two departments."""
    events = [found("p", "province", None), found("d1", "district", "p"), found("d2", "district", "p")]
    events += [found(f"c{n}", "commune", "d1" if n < 3 else "d2") for n in range(1, 5)]
    events += [found("s1", "department", "p"), found("s2", "department", "p")]
    return rules.replay(catalogue(), events)
