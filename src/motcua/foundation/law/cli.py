"""`motcua law load`: the documents and rule sets that come with the product, into the store."""

from __future__ import annotations

from argparse import Namespace

from motcua.foundation.core.cli import Command, say


def load(_chosen: Namespace) -> int:
    """Enter what is new or changed; after an upgrade this brings newer law in."""
    from motcua.foundation.core.actors import SYSTEM_ACTOR
    from motcua.foundation.core.verbs import Call
    from motcua.foundation.law import actions

    loaded = actions.load_shipped(Call(SYSTEM_ACTOR))
    say(f"Mới hoặc thay đổi: {loaded.documents} văn bản, {loaded.rule_sets} bộ quy tắc.")
    return 0


COMMANDS: tuple[Command, ...] = (
    Command(("law", "load"), "nạp văn bản và bộ quy tắc đi kèm phần mềm", load, examples=("motcua law load",)),
)
