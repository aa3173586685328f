"""The shape of the house, held by tests: keys, templates, routes and files point the way the design says."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db.migrations.loader import MigrationLoader
from django.db.models import ForeignKey, Model
from django.urls import URLPattern, URLResolver, get_resolver

from motcua.foundation.core.policies import Policy
from motcua.testing import CHECKOUT

SOURCE = CHECKOUT / "src" / "motcua"
# From high to low; a room may use only what stands below it.
ROOMS = (
    "site", "demonstration", "steering.reports", "steering.programme", "service.dossiers", "service.procedures",
    "foundation.indicators", "foundation.identity", "foundation.calendar", "foundation.organisations", "foundation.law",
    "foundation.core",
)
RANK = {room: -height for height, room in enumerate(ROOMS)}
TOP_FILES = {"testing.py", "__init__.py"}


def room_of(module: str) -> str | None:
    """Return the room a dotted module belongs to."""
    name = module.removeprefix("motcua.")
    return next((room for room in ROOMS if name == room or name.startswith(room + ".")), None)


def our_models() -> list[type[Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("motcua.")]


def test_foreign_keys_point_downward() -> None:
    wrong = []
    for model in our_models():
        for field in model._meta.get_fields():
            if isinstance(field, ForeignKey):
                here, there = room_of(model.__module__), room_of(field.related_model.__module__)
                if there and RANK[there] > RANK[here or ""]:
                    wrong.append(f"{model.__name__}.{field.name} points up to {there}")
    assert wrong == []


def test_migrations_depend_downward() -> None:
    labels = {config.label: room_of(config.name) for config in apps.get_app_configs()}
    wrong = []
    for (label, name), migration in MigrationLoader(None).disk_migrations.items():
        for needed, _ in migration.dependencies:
            here, there = labels.get(label), labels.get(needed)
            if here and there and RANK[there] > RANK[here]:
                wrong.append(f"{label}.{name} needs {needed}")
    assert wrong == []


def test_each_app_has_one_migration_head() -> None:
    assert MigrationLoader(None).detect_conflicts() == {}


@pytest.mark.parametrize("template", sorted(SOURCE.rglob("templates/**/*.html")), ids=lambda path: path.name)
def test_templates_name_no_higher_room(template: Path) -> None:
    here = room_of(".".join(template.relative_to(SOURCE).parts[:2])) or ""
    owners = {url: room for room, urls in url_names_by_room().items() for url in urls}
    folders = {room.rpartition(".")[2]: room for room in ROOMS}
    text = template.read_text()
    for folder in re.findall(r"""{%\s*(?:extends|include)\s+["']([a-z_]+)/""", text):
        assert RANK[folders[folder]] <= RANK[here], f"{template.name} takes a template of {folder}"
    for name in re.findall(r"""{%\s*url\s+["']([a-z\-]+)["']""", text):
        assert name in owners, f"{template.name} names the route {name}, which does not exist"
        assert RANK[owners[name]] <= RANK[here], f"{template.name} names {name} of {owners[name]}"


def patterns(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry)
        else:
            yield entry


def url_names_by_room() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for pattern in patterns():
        room = room_of(getattr(pattern.callback, "__module__", ""))
        if room and pattern.name:
            found.setdefault(room, set()).add(pattern.name)
    return found


def test_every_route_names_its_policy() -> None:
    bare = [
        str(pattern.pattern) for pattern in patterns()
        if room_of(pattern.callback.__module__) and not isinstance(getattr(pattern.callback, "policy", None), Policy)
    ]
    assert bare == []


def test_no_identity_number_can_be_in_an_address() -> None:
    for pattern in patterns():
        assert not re.search(r"identity|phone|cccd|cmnd", str(pattern.pattern)), pattern.pattern


def test_every_folder_is_a_package_and_no_file_is_over_400_lines() -> None:
    files = [path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts]
    for path in files:
        assert (path.parent / "__init__.py").exists(), f"{path.parent} lacks __init__.py"
        assert path.read_text().count("\n") <= 400, f"{path} has over 400 lines"


def test_rules_are_pure() -> None:
    """`rules` know no store, no clock and no settings."""
    for path in [*SOURCE.rglob("rules.py"), *SOURCE.rglob("rules/*.py")]:
        for node in ast.walk(ast.parse(path.read_text())):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            for name in names:
                assert not name.startswith("django"), f"{path} imports {name}"
                assert not name.endswith((".models", ".selectors", ".core.time", ".settings")), f"{path} imports {name}"


def test_views_have_at_most_25_lines() -> None:
    for path in [*SOURCE.rglob("desk.py"), *SOURCE.rglob("public.py"), *SOURCE.rglob("desk/*.py")]:
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef) and any("screen" in ast.unparse(d) for d in node.decorator_list):
                length = (node.end_lineno or 0) - node.lineno + 1
                assert length <= 25, f"{path.name}:{node.name} has {length} lines"


def test_templates_have_no_inline_script_or_style() -> None:
    """The content policy would refuse them in the browser; this finds them before."""
    for path in SOURCE.rglob("*.html"):
        text = path.read_text()
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"|<script(?![^>]*\ssrc=)", text), path
