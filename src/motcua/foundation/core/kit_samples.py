"""Believable content for the kit's living page: each part in all its states. Names and figures are invented."""

from __future__ import annotations

from datetime import UTC, datetime

from django import forms

from motcua.foundation.core.days import DayField
from motcua.foundation.core.looks import Fact, QueueGroup, QueueRow, Step, StepState, StoryItem, TimeState, Tone
from motcua.foundation.core.strip import Captions, Span, Strip, lay_out

DAY = 480


def at(day: int, hour: int, minute: int = 0, month: int = 4) -> datetime:
    """Return an instant of spring 2025, given in local time."""
    return datetime(2025, month, day, hour - 7, minute, tzinfo=UTC)


class SampleForm(forms.Form):
    """Every kind of field."""

    name = forms.CharField(label="Họ và tên người nộp", help_text="Viết như trên giấy tờ tùy thân, có dấu.")
    born = DayField(label="Ngày sinh", required=False, help_text="Gõ, hay chọn trên lịch.")
    fee = forms.CharField(label="Lệ phí đã thu", initial="8.000")
    procedure = forms.ChoiceField(
        label="Thủ tục",
        choices=[("", "Chọn thủ tục"), ("1", "Chứng thực bản sao từ bản chính"), ("2", "Đăng ký khai sinh")],
    )
    channel = forms.ChoiceField(
        label="Nhận kết quả ở đâu",
        choices=[("counter", "Tại bộ phận một cửa"), ("post", "Qua bưu điện, đến tận nhà"), ("online", "Bản điện tử")],
        widget=forms.RadioSelect,
        initial="counter",
    )
    papers = forms.MultipleChoiceField(
        label="Giấy tờ đã nộp",
        choices=[("a", "Tờ khai theo mẫu (1 bản chính)"), ("b", "Giấy chứng sinh (1 bản chính)")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Đánh dấu giấy tờ đã cầm trên tay.",
    )
    note = forms.CharField(label="Ghi chú", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    agree = forms.BooleanField(label="Đã đối chiếu bản sao với bản chính", required=False)
    scan = forms.FileField(label="Bản quét giấy tờ", required=False, help_text="PDF hoặc ảnh, mỗi tệp tối đa 20 MB.")


def refused_form() -> SampleForm:
    """Return the form as it comes back with faults."""
    form = SampleForm({"name": "", "born": "31/2/1985", "fee": "8.000", "procedure": "1", "channel": "post"})
    form.fields["name"].error_messages["required"] = "Chưa nhập họ và tên."
    form.full_clean()
    return form


def strips() -> list[tuple[str, Strip]]:
    """Return a strip for each thing that may happen to a dossier."""
    counter, justice, land = Span("Một cửa Sở Tư pháp", 120), "Phòng Hành chính tư pháp", "Sở Tài nguyên và Môi trường"
    received, due = "Thứ Hai, 14/4/2025 lúc 08:10", "Thứ Sáu, 25/4/2025"
    start = Captions(start=received, first_due=due, now="Thứ Năm, 24/4 lúc 09:00")
    moved = Captions(received, "Thứ Sáu, 25/4/2025", "Thứ Ba, 6/5/2025", "Thứ Hai, 28/4 lúc 14:30")
    checked, asked = Span(justice, 3 * DAY, note="Thẩm định"), Span("Công dân", 4 * DAY, True, "chờ bổ sung giấy tờ")
    return [
        (
            "Đúng hạn",
            lay_out([counter, checked, Span("Lãnh đạo Sở", 600, note="Ký")], first_due=3440, due=3440, captions=start),
        ),
        (
            "Tạm dừng, hạn đã dời",
            lay_out(
                [counter, checked, asked, Span(justice, 700, note="Thẩm định lại")],
                first_due=9 * DAY,
                due=13 * DAY,
                captions=moved,
            ),
        ),
        (
            "Đang tạm dừng",
            lay_out(
                [counter, checked, Span("Công dân", 900, True, "chờ nộp lệ phí")],
                first_due=9 * DAY,
                due=12 * DAY,
                captions=moved,
            ),
        ),
        (
            "Quá hạn",
            lay_out(
                [counter, Span(justice, 4 * DAY), Span(land, 3 * DAY, note="Lấy ý kiến"), Span("Lãnh đạo Sở", 300)],
                first_due=6 * DAY,
                due=6 * DAY,
                captions=start,
            ),
        ),
        (
            "Chưa xác định thời hạn",
            lay_out([counter, Span(justice, 2 * DAY)], first_due=None, due=None, captions=start),
        ),
        (
            "Đã xong, trả sớm",
            lay_out(
                [counter, checked, Span("Lãnh đạo Sở", DAY)],
                first_due=9 * DAY,
                due=9 * DAY,
                finished=True,
                captions=start,
            ),
        ),
    ]


_JUSTICE = "Sở Tư pháp"
_TODAY = (
    QueueRow(
        "STP-250414-0012", "#", "Cấp phiếu lý lịch tư pháp số 1", "Hoàng Thị Ngân", _JUSTICE, at(22, 17),
        TimeState.LATE, -960, 1.0, key="a", note="bước Thẩm định",
    ),
    QueueRow(
        "STP-250421-0003", "#", "Đăng ký hành nghề công chứng", "Nông Văn Khánh", _JUSTICE, at(24, 17),
        TimeState.DUE_SOON, 200, 0.93, key="b", note="bước Ký",
    ),
    QueueRow(
        "STP-250422-0008", "#", "Cấp bản sao trích lục hộ tịch", "Lý Thị Mai", "Phòng Hành chính tư pháp", at(24, 17),
        TimeState.DUE_SOON, 430, 0.71, key="c",
    ),
)
_WEEK = (
    QueueRow(
        "STP-250423-0001", "#", "Thành lập văn phòng luật sư", "Văn phòng luật sư Ba Bể", _JUSTICE, at(28, 17),
        TimeState.ON_TIME, 1660, 0.3, key="d", note="bước Thẩm định",
    ),
    QueueRow(
        "STP-250423-0005", "#", "Nhập quốc tịch Việt Nam", "Triệu Tiến Dũng", _JUSTICE, None,
        TimeState.UNDETERMINED, key="e",
    ),
)
_WAITING = (
    QueueRow(
        "STP-250410-0009", "#", "Công nhận giám định viên tư pháp", "Đàm Quang Huy", "Công dân", at(6, 17, month=5),
        TimeState.SUSPENDED, share=0.4, key="g", note="chờ bổ sung giấy tờ từ 15/4",
    ),
    QueueRow(
        "STP-250408-0002", "#", "Cấp phiếu lý lịch tư pháp số 2", "Bàn Thị Hương", "Một cửa Sở Tư pháp", at(18, 17),
        TimeState.DONE, share=1.0, key="h", note="chờ người dân đến nhận",
    ),
)
QUEUE = (
    QueueGroup("Hôm nay", _TODAY, "một hồ sơ đã quá hạn"),
    QueueGroup("Tuần này", _WEEK),
    QueueGroup("Đang chờ người khác", _WAITING),
)
STEPS = [
    Step("Thủ tục", StepState.DONE),
    Step("Người nộp", StepState.DONE),
    Step("Giấy tờ", StepState.CURRENT, "3 trong 4 loại"),
    Step("Phiếu hẹn", StepState.AHEAD),
]
PATH = [
    Step("Một cửa UBND xã Cẩm Giàng", StepState.DONE, "14/4, 2 giờ"),
    Step("Phòng Tư pháp huyện Bạch Thông", StepState.CURRENT, "còn 1 ngày 3 giờ"),
    Step("Sở Tư pháp", StepState.AHEAD, "2 ngày"),
    Step("Trả kết quả tại xã", StepState.AHEAD),
]
STORY = [
    StoryItem(
        at(24, 9),
        "Phòng Tư pháp huyện Bạch Thông đã nhận hồ sơ",
        "Nguyễn Văn Bình",
        "bước Thẩm định",
        "transfer-in",
        Tone.INK,
    ),
    StoryItem(
        at(22, 10, 30), "Công dân đã bổ sung giấy chứng sinh, đồng hồ chạy tiếp", "", "", "player-play", Tone.GOOD
    ),
    StoryItem(
        at(15, 14, 5),
        "Tạm dừng để bổ sung giấy tờ",
        "Lý Thị Mai",
        "thiếu giấy chứng sinh bản chính",
        "player-pause",
        Tone.CARE,
    ),
    StoryItem(at(14, 8, 10), "Đã tiếp nhận và in giấy hẹn trả kết quả", "Một cửa UBND xã Cẩm Giàng", "", "inbox"),
]
FACTS = [
    Fact("Mã hồ sơ", "H03.22-250414-0007", code=True),
    Fact("Người nộp", "Hoàng Thị Ngân", "thôn Nà Tu, xã Cẩm Giàng"),
    Fact("Lệ phí", "8.000 đ", "đã nộp 14/4/2025"),
    Fact("Điện thoại", ""),
    Fact("Căn cứ", "Luật Hộ tịch số 60/2014/QH13, Điều 16; Quyết định công bố của Chủ tịch UBND tỉnh", wide=True),
]
