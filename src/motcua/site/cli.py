"""Commands of this room."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace

from motcua.foundation.core.cli import Command, CommandError
from motcua.site import serve as serving

MOST_PORT = 65_535


def _serve_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--only", choices=serving.PARTS, help="chỉ chạy một phần (dùng với systemd)")
    bind = os.environ.get("MOTCUA_BIND", "127.0.0.1")
    parser.add_argument("--host", default=bind, metavar="ĐỊA_CHỈ", help="địa chỉ nghe")
    parser.add_argument("--port", type=int, default=8000, metavar="CỔNG", help="cổng web (mặc định 8000)")


def _serve(chosen: Namespace) -> int:
    import django

    if not 1 <= chosen.port <= MOST_PORT:
        raise CommandError(f"Cổng phải từ 1 đến {MOST_PORT}, không phải {chosen.port}. Chưa khởi động gì.")
    django.setup()
    serving.prepare()
    if chosen.only:
        return serving.serve_only(chosen.only, chosen.host, chosen.port)
    return serving.serve(chosen.host, chosen.port)


COMMANDS: tuple[Command, ...] = (
    Command(
        ("serve",), "chạy trang web, bộ xử lý nền và bộ lập lịch", _serve, _serve_arguments, needs_store=False,
        examples=("motcua serve", "motcua serve --only worker", "motcua serve --host 0.0.0.0 --port 80"),
    ),
)
