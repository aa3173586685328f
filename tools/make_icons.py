"""Gather the icons named in tools/icons.txt into one sprite, once, when the list changes.

python tools/make_icons.py node_modules/@tabler/icons > src/motcua/foundation/core/static/core/icons.svg
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

NAMES = Path(__file__).with_name("icons.txt")
HEAD = '<svg xmlns="http://www.w3.org/2000/svg"><!-- Tabler Icons 3.51.0, MIT, Copyright 2020-2026 Paweł Kuna -->'


def symbol(package: Path, name: str) -> str:
    """Return one icon as a symbol, without the empty square that Tabler draws behind each."""
    drawn = (package / "icons" / "outline" / f"{name}.svg").read_text(encoding="utf-8")
    shapes = re.findall(r"<(?:path|circle|rect|line|polyline)\b[^>]*/>", drawn)
    inner = "".join(re.sub(r"\s*/>", "/>", shape) for shape in shapes if 'd="M0 0h24v24H0z"' not in shape)
    return f'<symbol id="{name}" viewBox="0 0 24 24">{inner}</symbol>'


def main() -> int:
    """Write the sprite to standard output; a name that Tabler does not have stops with its file name."""
    names = sorted(NAMES.read_text(encoding="utf-8").split())
    sys.stdout.write("\n".join([HEAD, *(symbol(Path(sys.argv[1]), name) for name in names), "</svg>"]) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
