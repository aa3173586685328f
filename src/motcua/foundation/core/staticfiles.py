"""Static files served with a version in their address, without a build step: the version is their content's digest."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage


@cache
def _version(name: str) -> str:
    path = finders.find(name)
    if not isinstance(path, str):
        return ""
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()[:10]


class VersionedStaticFiles(StaticFilesStorage):
    """`/static/core/motcua.css?v=<digest>`: a new release is fetched at once, an old one never twice."""

    def url(self, name: str | None) -> str:
        address = super().url(name)
        # What is vendored lies in a folder that names its version, and style sheets ask for it by that plain name.
        version = "" if "/vendor/" in (name or "") else _version(name or "")
        return f"{address}?v={version}" if version else address
