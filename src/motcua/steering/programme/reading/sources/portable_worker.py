"""The process in which a PDF is read: takes the file on its input, limits itself, and answers in JSON."""

from __future__ import annotations

import contextlib
import json
import resource
import sys
from typing import Any

from motcua.steering.programme.reading.blocks import Paragraph

from . import sheets
from .unreadable import AGAIN, Unreadable

BROKEN = "là PDF hỏng hoặc bị cắt dở"


def main(memory: int, seconds: int) -> int:
    """Read, and answer either the blocks or what the file is and what can be done."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    content = sys.stdin.buffer.read()
    out = sys.stdout
    with contextlib.redirect_stdout(sys.stderr):  # libraries may print; only the answer belongs there
        answer = _answer(content)
    json.dump(answer, out, ensure_ascii=True)
    return 0


def _answer(content: bytes) -> dict[str, Any]:
    try:
        blocks = sheets.blocks_of(content)
    except Unreadable as reason:
        return {"what": reason.what, "advice": reason.advice}
    except MemoryError:
        raise
    except Exception:
        return {"what": BROKEN, "advice": AGAIN}
    return {"blocks": [block.text if isinstance(block, Paragraph) else block.rows for block in blocks]}


if __name__ == "__main__":
    raise SystemExit(main(int(sys.argv[1]), int(sys.argv[2])))
