"""`python -m bench [NAME …]`: every bench, or the named ones. Exit code 1 where a bar is not met."""

from __future__ import annotations

import os
import sys
from importlib import import_module

ALL = ("clock", "slip", "ledger", "intake", "programme", "indicators", "reports", "pages")


def main(names: list[str]) -> int:
    """Run the benches one after another and print one line a measure."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.site.settings")
    unknown = set(names) - set(ALL)
    if unknown:
        print(f"không có phép đo {', '.join(sorted(unknown))}; có: {', '.join(ALL)}", file=sys.stderr)
        return 2
    fine = True
    for name in names or ALL:
        for measure in import_module(f"bench.{name}").run():
            print(measure, flush=True)
            fine = fine and measure.holds
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
