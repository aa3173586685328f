"""The pages for what went wrong. Each says what happened, what was kept and what to do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from motcua.foundation.core.errors import Refusal

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


def refusal(request: HttpRequest, error: Refusal) -> HttpResponse:
    """Show a refusal."""
    context = {"title": TITLES.get(error.status, TITLES[422]), "message": error.message, "status": error.status}
    return render(request, "core/refusal.html", context, status=error.status)


def _page(request: HttpRequest, status: int, message: str) -> HttpResponse:
    context = {"title": TITLES[status], "message": message, "status": status}
    return render(request, "core/refusal.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 400, "Chưa có gì được ghi. Anh/chị quay lại trang trước, tải lại rồi làm lại.")


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 403, "Nếu anh/chị cần làm việc này, đề nghị quản trị của cơ quan giao vai trò phù hợp.")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 404, "Địa chỉ có thể đã gõ sai, hoặc anh/chị không có quyền xem trang đó.")


def server_error(request: HttpRequest) -> HttpResponse:
    message = "Việc vừa rồi chưa được ghi, các việc trước đó vẫn còn nguyên. Anh/chị thử lại sau ít phút."
    return _page(request, 500, message)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    message = "Phiên làm việc đã hết hạn nên chưa ghi gì. Anh/chị tải lại trang, đăng nhập và gửi lại."
    return _page(request, 403, message)
