"""What the reading of a decision is called in front of people."""

from __future__ import annotations

from motcua.steering.programme.types import AnomalyKind

ANOMALY_WORDS: dict[AnomalyKind, str] = {
    AnomalyKind.DUPLICATE_NUMBER: "số thứ tự in trùng",
    AnomalyKind.NUMBER_GAP: "số thứ tự bị cách quãng",
    AnomalyKind.ROW_WITHOUT_NUMBER: "dòng không có số thứ tự",
    AnomalyKind.ROW_WITHOUT_PERIOD: "dòng không ghi thời gian",
    AnomalyKind.PERIOD_UNREAD: "thời gian chưa hiểu được",
    AnomalyKind.PERIOD_SEVERAL: "mỗi năm làm nhiều lần, mới lập một kỳ mỗi năm; cần anh/chị thêm các kỳ còn lại",
    AnomalyKind.YEAR_OUTSIDE: "năm nằm ngoài thời gian của chương trình",
    AnomalyKind.PERIOD_REVERSED: "năm cuối trước năm đầu",
    AnomalyKind.SUM: "tổng không bằng các số cộng lại",
    AnomalyKind.PERCENTAGE: "tỷ lệ không khớp với hai số nêu bên cạnh",
    AnomalyKind.DIFFERENCE: "mức tăng, giảm không khớp với hai số nêu bên cạnh",
    AnomalyKind.TWO_DATES: "một văn bản được dẫn với hai ngày khác nhau",
    AnomalyKind.BUDGET_TOTAL: "tổng kinh phí in khác tổng các dòng",
    AnomalyKind.BUDGET_UNREAD: "số tiền viết bằng chữ hoặc chưa đọc được",
    AnomalyKind.BUDGET_YEARLY: "số tiền mỗi năm nhân số năm khác tổng",
    AnomalyKind.BLANK_REFERENCE: "số hoặc ngày của văn bản còn để trống",
    AnomalyKind.UNIT_UNRESOLVED: "cơ quan chưa xác định được, cần anh/chị chọn",
    AnomalyKind.CELLS_UNSURE: "chưa chắc đã chia đúng các ô",
    AnomalyKind.HEADER_DIFFERS: "phần đầu văn bản khác thông tin trang đăng",
    AnomalyKind.NO_ANNEX: "không tìm thấy phụ lục nhiệm vụ",
    AnomalyKind.NO_TARGETS: "không tìm thấy mục tiêu",
}
