"""Compile our catalogues to the `.mo` files that are committed: `make messages`. Needs polib, no gettext."""

from __future__ import annotations

from pathlib import Path

import polib

LOCALE = Path(__file__).resolve().parents[1] / "src" / "motcua" / "locale"


def compiled(source: Path) -> bytes:
    """Return what a catalogue compiles to. Raises OSError where polib cannot read it."""
    return bytes(polib.pofile(str(source), check_for_duplicates=True).to_binary())


def main() -> None:
    for source in sorted(LOCALE.rglob("*.po")):
        source.with_suffix(".mo").write_bytes(compiled(source))
        print(source.relative_to(LOCALE.parent))  # noqa: T201


if __name__ == "__main__":
    main()
