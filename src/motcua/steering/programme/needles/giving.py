"""Open data in its forms: CSV, JSON, and the catalogue as JSON-LD by DCAT-AP."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from motcua.foundation.core.time import local
from motcua.steering.programme.needles.datasets import Cell, Dataset

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
LICENCE_CODE = "http://publications.europa.eu/resource/authority/licence/CC_BY_4_0"
LICENCE_WORDS = "Creative Commons Ghi công 4.0 (CC BY 4.0): được dùng lại tự do, có nêu nguồn."
_LISTS = "http://publications.europa.eu/resource/authority"
FORMS = {"csv": ("text/csv", "CSV"), "json": ("application/json", "JSON")}
Address = Callable[[str], str]


def as_csv(dataset: Dataset) -> bytes:
    """Return a set as CSV with a mark by which Excel knows UTF-8."""
    into = io.StringIO()
    writer = csv.writer(into)
    writer.writerow(dataset.columns)
    for row in dataset.rows():
        writer.writerow([_safe(_text(row[name])) for name in dataset.columns])
    return ("\ufeff" + into.getvalue()).encode()


def as_json(dataset: Dataset) -> bytes:
    """Return a set as JSON with its columns and its licence; what is unknown is null."""
    content = {
        "dataset": dataset.slug, "title": dataset.title, "licence": LICENCE,
        "columns": [{"name": name, "title": title} for name, title in dataset.columns.items()],
        "rows": [{name: _plain(row[name]) for name in dataset.columns} for row in dataset.rows()],
    }
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def exact(value: Decimal) -> str:
    """Return a number with a point and at most four places, without idle zeros."""
    found = f"{value.quantize(Decimal('0.0001')):f}"
    return (found.rstrip("0").rstrip(".") if "." in found else found) or "0"


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return exact(cell)
    return cell.isoformat() if isinstance(cell, date | datetime) else str(cell)


def _safe(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    is_number = text.lstrip("-").replace(".", "", 1).isdigit()
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t"} and not is_number and len(text) > 2 else text


def _plain(cell: Cell) -> str | int | float | None:
    if isinstance(cell, Decimal):
        return float(exact(cell))
    return cell if cell is None or isinstance(cell, str | int) else _text(cell)


def catalog(sets: Sequence[Dataset], address: Address, publisher: str) -> dict[str, Any]:
    """Return the catalogue by DCAT-AP 2.1. `address` makes a path whole."""
    return {
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/", "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@id": address(""), "@type": "dcat:Catalog", "dct:title": _vi("Dữ liệu mở của cải cách hành chính"),
        "dct:description": _vi("Chương trình, chỉ tiêu và số liệu cải cách hành chính của tỉnh."),
        "dct:publisher": _agent(publisher), "dct:language": _id(f"{_LISTS}/language/VIE"),
        "dct:license": _id(LICENCE_CODE), "foaf:homepage": _id(address("")),
        "dcat:dataset": [_dataset(one, address, publisher) for one in sets],
    }


def _dataset(one: Dataset, address: Address, publisher: str) -> dict[str, Any]:
    changed = one.changed()
    found: dict[str, Any] = {
        "@id": address(f"/{one.slug}"), "@type": "dcat:Dataset", "dct:identifier": one.slug,
        "dct:title": _vi(one.title), "dct:description": _vi(one.about), "dct:publisher": _agent(publisher),
        "dct:language": _id(f"{_LISTS}/language/VIE"), "dct:accessRights": _id(f"{_LISTS}/access-right/PUBLIC"),
        "dct:accrualPeriodicity": _id(f"{_LISTS}/frequency/{one.every}"),
        "dcat:theme": _id(f"{_LISTS}/data-theme/GOVE"), "dcat:keyword": [_vi(word) for word in one.keywords],
        "dcat:landingPage": _id(address(f"/{one.slug}")),
        "dcat:distribution": [_distribution(one, form, address) for form in FORMS],
    }
    if changed is not None:
        found["dct:modified"] = {"@type": "xsd:dateTime", "@value": local(changed).isoformat(timespec="seconds")}
    return found


def _distribution(one: Dataset, form: str, address: Address) -> dict[str, Any]:
    media, code = FORMS[form]
    return {
        "@id": address(f"/{one.slug}.{form}"), "@type": "dcat:Distribution", "dct:title": _vi(f"{one.title} ({code})"),
        "dcat:accessURL": _id(address(f"/{one.slug}")), "dcat:downloadURL": _id(address(f"/{one.slug}.{form}")),
        "dcat:mediaType": _id(f"https://www.iana.org/assignments/media-types/{media}"),
        "dct:format": _id(f"{_LISTS}/file-type/{code}"), "dct:license": _id(LICENCE_CODE),
    }


def _agent(name: str) -> dict[str, Any]:
    return {"@type": "foaf:Agent", "foaf:name": _vi(name)}


def _vi(text: str) -> dict[str, str]:
    return {"@language": "vi", "@value": text}


def _id(address: str) -> dict[str, str]:
    return {"@id": address}
