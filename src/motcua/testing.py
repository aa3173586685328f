"""What tests of every room share: where the real data lies, if it is there at all."""

import os
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]


def shared_data(*parts: str) -> Path:
    """Return a path in the folder of real data, or skip the test where that folder is absent.

    The texts in it are not ours to copy, so tests read them from where they lie.
    """
    root = Path(os.environ.get("MOTCUA_SHARED", CHECKOUT.parent / "shared" / "data"))
    path = root.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"real data is not here: {'/'.join(parts)}")
    return path


def examples(few: int, many: int) -> int:
    """Return how much a random test tries: `few` in everyday runs, `many` with HYPOTHESIS_PROFILE=thorough."""
    return many if os.environ.get("HYPOTHESIS_PROFILE") == "thorough" else few
