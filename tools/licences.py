"""Write THIRD_PARTY.md anew from requirements.txt and the installed packages' own metadata.

    .venv/bin/python tools/licences.py > THIRD_PARTY.md

Nothing at run time needs it; run it after `make lock`.
"""

from __future__ import annotations

import re
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CORE = "src/motcua/foundation/core"
VENDORED = (
    ("Tabler (pruned)", "1.6.1", "MIT", f"{CORE}/static/core/vendor/tabler-1.6.1", "tools/prune_tabler.py"),
    ("Tabler Icons", "3.51.0", "MIT", f"{CORE}/static/core/icons.svg", "tools/make_icons.py"),
    ("htmx", "2.0.11", "0BSD", f"{CORE}/static/core/vendor/htmx-2.0.11", "as published on npm"),
    ("Be Vietnam Pro", "5.3.0", "OFL-1.1", f"{CORE}/static/core/vendor/be-vietnam-pro-5.3.0", "@fontsource on npm"),
    ("Tinos", "1.33", "OFL-1.1", f"{CORE}/fonts", "Debian's fonts-croscore"),
)
HEAD = """# What motcua is made of besides itself

Written by `tools/licences.py`; the licence texts lie beside the files, or in the packages.

## In this repository

| part | version | licence | where | made by |
|---|---|---|---|---|
"""
PACKAGES = """
## Python packages installed with it (`requirements.txt`)

| package | version | licence |
|---|---|---|
"""


def licence(package: Distribution) -> str:
    """Return the licence a package names: the expression, the trove classifier, or its first words."""
    metadata = package.metadata
    if expressions := metadata.get_all("License-Expression"):
        return str(expressions[0])
    classified = [c.rpartition(" :: ")[2] for c in metadata.get_all("Classifier") or [] if c.startswith("License")]
    said = [name for name in classified if name != "OSI Approved"]
    return ", ".join(said) or str((metadata.get_all("License") or ["not stated"])[0]).splitlines()[0][:60]


def pinned() -> list[tuple[str, str]]:
    """Return names and versions of requirements.txt."""
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    return re.findall(r"^([A-Za-z0-9_.-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", text, flags=re.MULTILINE)


def main() -> int:
    """Write the page to standard output; packages for other systems than this one are named without a licence."""
    lines = [HEAD, *(f"| {' | '.join(row)} |\n" for row in VENDORED), PACKAGES]
    for name, version in pinned():
        try:
            said = licence(distribution(name))
        except PackageNotFoundError:
            said = "not installed on this system"
        lines.append(f"| {name} | {version} | {said} |\n")
    sys.stdout.write("".join(lines))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
