"""The pages for what went wrong. Each says what happened, what was kept and what to do."""

from __future__ import annotations

import sys
from typing import Any

from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from motcua.foundation.core import settings_rows
from motcua.foundation.core.errors import Refusal, StoreAway
from motcua.foundation.core.faults import refusal_of

TITLES = {
    400: "Trình duyệt gửi yêu cầu không đọc được",
    403: "Việc này ngoài quyền của anh/chị",
    404: "Không tìm thấy trang này",
    409: "Có người khác vừa xử lý trước",
    422: "Chưa làm được việc này",
    500: "Hệ thống gặp lỗi",
    503: "Hệ thống đang bận",
    507: "Máy chủ hết chỗ lưu",
}
TITLE_AWAY = "Hệ thống tạm ngừng trong ít phút"
RETRY_AFTER = 60  # seconds


def refusal(request: HttpRequest, error: Refusal) -> HttpResponse:
    """Show a refusal."""
    if isinstance(error, StoreAway):
        return _bare(TITLE_AWAY, error.message, error.status)
    return _page(request, error.status, error.message)


def _page(request: HttpRequest, status: int, message: str) -> HttpResponse:
    title = TITLES.get(status, TITLES[422])
    try:
        return render(request, "core/refusal.html", _said(title, message, status), status=status)
    except Error:  # the page itself asked a store that has gone meanwhile
        return _bare(title, message, status)


def _said(title: str, message: str, status: int) -> dict[str, Any]:
    return {"title": title, "message": message, "status": status}


def _bare(title: str, message: str, status: int) -> HttpResponse:
    """Show a page that asks the store nothing: neither who it is nor what stands in the shell."""
    context = _said(title, message, status) | {"exercise": settings_rows.remembered("exercise")}
    answer = HttpResponse(render_to_string("core/refusal.html", context), status=status)
    if status == StoreAway.status:
        answer.headers["Retry-After"] = str(RETRY_AFTER)
    return answer


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 400, "Chưa có gì được ghi. Anh/chị quay lại trang trước, tải lại rồi làm lại.")


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 403, "Nếu anh/chị cần làm việc này, đề nghị quản trị của cơ quan giao vai trò phù hợp.")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 404, "Địa chỉ có thể đã gõ sai, hoặc anh/chị không có quyền xem trang đó.")


def server_error(request: HttpRequest) -> HttpResponse:
    """Show what no view and no middleware caught; Django calls this while the error is being handled."""
    said = refusal_of(sys.exc_info()[1])
    if said is not None:
        return refusal(request, said)
    message = "Việc vừa rồi chưa được ghi, các việc trước đó vẫn còn nguyên. Anh/chị thử lại sau ít phút."
    return _page(request, 500, message)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    message = "Phiên làm việc đã hết hạn nên chưa ghi gì. Anh/chị tải lại trang, đăng nhập và gửi lại."
    return _page(request, 403, message)
