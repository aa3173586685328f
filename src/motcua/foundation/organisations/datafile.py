"""Data files of agencies: `kinds.toml` is the catalogue, a CSV file the dated events of a place, in their order.

Columns: day, event, key, from, to, parent, kind, form, name, one_stop, code, national, alias, basis, trust. `from` and
`to` list keys joined by `+`; `*` after a key means a part of it. `code` is the register code; `national` is written as
Decision 20/2020 does, and the old form follows from it. Lines that begin with # are comments.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterable, Iterator
from datetime import date
from importlib import resources

from motcua.foundation.law.types import Trust
from motcua.foundation.organisations import codes
from motcua.foundation.organisations.errors import BadData
from motcua.foundation.organisations.types import (
    Adjust,
    Catalogue,
    Close,
    Event,
    Found,
    Kind,
    Level,
    Merge,
    Profile,
    Rename,
    Reparent,
    Scheme,
    Share,
    Source,
)

COLUMNS = (
    "day", "event", "key", "from", "to", "parent", "kind", "form", "name", "one_stop",
    "code", "national", "alias", "basis", "trust",
)
Row = dict[str, str]


def shipped(name: str) -> str:
    """Return the text of a data file of this room."""
    return resources.files(__package__).joinpath("data", name).read_text(encoding="utf-8")


def read_catalogue(text: str) -> Catalogue:
    """Return the levels and kinds a TOML text declares. Raises BadData."""
    try:
        raw = tomllib.loads(text)
        levels = {code: Level(code, row["name"], row["order"]) for code, row in raw["levels"].items()}
        kinds = {
            code: Kind(
                code, row["name"], row["level"], row["order"], tuple(row["parents"]),
                row.get("office", ""), row.get("territorial", False),
            )
            for code, row in raw["kinds"].items()
        }
    except (tomllib.TOMLDecodeError, KeyError, TypeError, AttributeError) as error:
        raise BadData(f"Không đọc được danh mục loại cơ quan ({error}). Chưa có gì được ghi.") from error
    strangers = {kind.level for kind in kinds.values()} - set(levels)
    if strangers:
        raise BadData(f"Danh mục loại cơ quan nhắc tới cấp chưa khai báo: {', '.join(sorted(strangers))}.")
    return Catalogue(levels, kinds)


def read_events(text: str, catalogue: Catalogue) -> tuple[Event, ...]:
    """Return the events that a CSV text holds, in its order. Raises BadData with the line's number."""
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line and not line.startswith("#")]
    if not lines or tuple(next(csv.reader([lines[0][1]]))) != COLUMNS:
        raise BadData("Tệp cơ quan thiếu dòng tiêu đề đúng mẫu. Chưa có gì được ghi.")
    return tuple(_events(lines[1:], catalogue))


def _events(lines: Iterable[tuple[int, str]], catalogue: Catalogue) -> Iterator[Event]:
    for number, line in lines:
        cells = next(csv.reader([line]))
        if len(cells) != len(COLUMNS):
            raise BadData(f"Dòng {number} có {len(cells)} ô, cần {len(COLUMNS)}. Chưa có gì được ghi.")
        try:
            yield _event(dict(zip(COLUMNS, cells, strict=True)), catalogue)
        except (ValueError, KeyError) as error:
            raise BadData(f"Dòng {number} không đọc được: {error}. Chưa có gì được ghi.") from error


def _event(row: Row, catalogue: Catalogue) -> Event:
    day, basis, trust = date.fromisoformat(row["day"]), row["basis"], Trust(row["trust"])
    match row["event"]:
        case "found":
            return Found(day=day, basis=basis, trust=trust, profile=_profile(row, catalogue))
        case "rename":
            return Rename(day=day, basis=basis, trust=trust, key=row["key"], name=row["name"], form=row["form"])
        case "reparent":
            return Reparent(day=day, basis=basis, trust=trust, key=row["key"], parent=row["parent"])
        case "merge":
            into = _profile(row, catalogue) if row["name"] else row["key"]
            return Merge(day=day, basis=basis, trust=trust, sources=_sources(row["from"]), into=into)
        case "adjust":
            return Adjust(day=day, basis=basis, trust=trust, sources=_sources(row["from"]), into=row["key"])
        case "close":
            heirs = tuple(source.key for source in _sources(row["to"]))
            return Close(day=day, basis=basis, trust=trust, key=row["key"], successors=heirs)
    raise ValueError(f"không có loại biến động “{row['event']}”")


def _sources(text: str) -> tuple[Source, ...]:
    return tuple(
        Source(token.rstrip("*"), Share.PART if token.endswith("*") else Share.WHOLE)
        for token in text.split("+") if token
    )


def _profile(row: Row, catalogue: Catalogue) -> Profile:
    kind = catalogue.kinds[row["kind"]]
    held = [(Scheme.REGISTER, row["code"], Trust.SOURCE if kind.territorial else Trust.EXAMPLE)]
    if kind.territorial:
        held.append((Scheme.GSO, row["code"], Trust.SOURCE))
    if row["national"]:
        national = codes.parse(row["national"])
        held.append((Scheme.D20, national.d20, Trust.EXAMPLE))
        if national.qcvn is not None:
            held.append((Scheme.QCVN, national.qcvn, Trust.EXAMPLE))
    return Profile(
        key=row["key"], kind=kind.code, form=row["form"], name=row["name"], parent=row["parent"] or None,
        codes=tuple(held), one_stop=row["one_stop"] != "no",
        aliases=tuple(alias for alias in row["alias"].split("|") if alias),
    )
