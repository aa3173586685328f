"""Why a record was flagged or rejected: a stable code, and for people what it means and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ReasonCode(StrEnum):
    """The codes are a contract: reports, filters and scripts rely on them."""

    # the file
    FILE_MISSING = "file_missing"
    FILE_UNREADABLE = "file_unreadable"
    FILE_EMPTY = "file_empty"
    FILE_TOO_LARGE = "file_too_large"
    FILE_WRONG_TYPE = "file_wrong_type"
    FILE_NOT_UTF8 = "file_not_utf8"
    JSON_BROKEN = "json_broken"
    WORKBOOK_BROKEN = "workbook_broken"
    WORKBOOK_BOMB = "workbook_bomb"
    WORKBOOK_NO_HEADING = "workbook_no_heading"
    WORKBOOK_TOO_LONG = "workbook_too_long"
    # the record cannot be taken in
    NOT_A_PROCEDURE = "not_a_procedure"
    RECORD_TOO_LARGE = "record_too_large"
    CODE_MISSING = "code_missing"
    CODE_INVALID = "code_invalid"
    CODE_REPEATED = "code_repeated"
    NAME_MISSING = "name_missing"
    # the record is taken in, and somebody has to look
    LIST_ROW_ONLY = "list_row_only"
    FIELD_WRONG_TYPE = "field_wrong_type"
    CHARACTERS_LOST = "characters_lost"
    TEXT_CUT = "text_cut"
    STEPS_MISSING = "steps_missing"
    CHANNELS_MISSING = "channels_missing"
    CHANNELS_UNREAD = "channels_unread"
    CHANNEL_REPEATED = "channel_repeated"
    PAPERS_MISSING = "papers_missing"
    PAPER_QUANTITY_MISSING = "paper_quantity_missing"
    PAPER_QUANTITY_UNCLEAR = "paper_quantity_unclear"
    FORM_UNCLEAR = "form_unclear"
    SUBJECTS_MISSING = "subjects_missing"
    SUBJECT_UNKNOWN = "subject_unknown"
    AGENCY_MISSING = "agency_missing"
    AGENCY_IS_PROSE = "agency_is_prose"
    LEVEL_MISSING = "level_missing"
    LEVEL_UNKNOWN = "level_unknown"
    FIELD_MISSING = "field_missing"
    DECISION_MISSING = "decision_missing"
    DECISION_ODD = "decision_odd"
    LEGAL_BASES_MISSING = "legal_bases_missing"
    LEGAL_BASES_UNREAD = "legal_bases_unread"
    RESULT_CODE_ODD = "result_code_odd"
    LIMIT_WITHOUT_UNIT = "limit_without_unit"
    LIMIT_NO_INFORMATION = "limit_no_information"
    LIMIT_IMMEDIATE = "limit_immediate"
    LIMIT_SAME_DAY = "limit_same_day"
    LIMIT_GLUED = "limit_glued"
    LIMIT_NONSENSE = "limit_nonsense"
    LIMIT_DIFFERS_FROM_TEXT = "limit_differs_from_text"
    FEE_CONTRADICTORY = "fee_contradictory"
    FEE_BY_COUNCIL = "fee_by_council"
    FEE_BY_RULE = "fee_by_rule"
    FEE_UNKNOWN = "fee_unknown"
    FEE_IMPLAUSIBLE = "fee_implausible"


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a reason means and what to do, in Vietnamese."""

    what: str
    todo: str


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason at one place of a record: `where` names the part or channel, `detail` quotes what stood there."""

    code: ReasonCode
    where: str = ""
    detail: str = ""

    @property
    def todo(self) -> str:
        """Return what to do about it."""
        return EXPLANATIONS[self.code].todo

    @property
    def text(self) -> str:
        """Return the reason as one Vietnamese sentence with place and quotation."""
        place = f" ({self.where})" if self.where else ""
        quoted = f": “{self.detail}”" if self.detail else ""
        return f"{EXPLANATIONS[self.code].what}{place}{quoted}."


_CODE = ReasonCode
_SET_LIMIT = "Người kiểm soát TTHC bổ sung thời hạn và đơn vị, kèm căn cứ; trước đó hồ sơ ghi “chưa xác định thời hạn”"
_SOURCE = "Đối chiếu quyết định công bố; bản gốc được giữ nguyên để so"
_SET_FEE = "Người kiểm soát TTHC nhập mức thu của tỉnh kèm văn bản quy định"
_SEND_AGAIN = "Kiểm tra tệp rồi gửi lại; chưa có gì của tệp này được ghi"

EXPLANATIONS: dict[ReasonCode, Explanation] = {
    _CODE.FILE_MISSING: Explanation("Không tìm thấy tệp hoặc thư mục", "Kiểm tra lại đường dẫn"),
    _CODE.FILE_UNREADABLE: Explanation("Không mở được tệp", "Kiểm tra quyền đọc tệp rồi thử lại"),
    _CODE.FILE_EMPTY: Explanation("Tệp rỗng", _SEND_AGAIN),
    _CODE.FILE_TOO_LARGE: Explanation("Tệp lớn quá mức cho phép", "Chia nhỏ tệp rồi gửi lại"),
    _CODE.FILE_WRONG_TYPE: Explanation(
        "Nội dung tệp không phải JSON hay XLSX", "Xuất lại danh mục dưới dạng .json hoặc .xlsx"
    ),
    _CODE.FILE_NOT_UTF8: Explanation("Tệp không dùng bảng mã UTF-8", "Lưu lại tệp với bảng mã UTF-8 rồi gửi lại"),
    _CODE.JSON_BROKEN: Explanation(
        "Tệp JSON bị cắt dở hoặc sai cú pháp", "Tải lại tệp; những bản ghi đứng trước chỗ hỏng vẫn được nhận"
    ),
    _CODE.WORKBOOK_BROKEN: Explanation("Tệp Excel bị hỏng", "Mở và lưu lại bằng Excel rồi gửi lại"),
    _CODE.WORKBOOK_BOMB: Explanation(
        "Tệp Excel bung ra lớn bất thường nên không được mở", "Dùng tệp xuất từ Cổng Dịch vụ công"
    ),
    _CODE.WORKBOOK_NO_HEADING: Explanation(
        "Không thấy dòng tiêu đề có “Mã số” và “Tên”", "Giữ nguyên dòng tiêu đề của danh mục xuất từ Cổng"
    ),
    _CODE.WORKBOOK_TOO_LONG: Explanation("Bảng có quá nhiều dòng", "Chia bảng thành nhiều tệp rồi gửi lại"),
    _CODE.NOT_A_PROCEDURE: Explanation("Không phải bản ghi thủ tục hành chính", _SEND_AGAIN),
    _CODE.RECORD_TOO_LARGE: Explanation("Bản ghi dài quá mức cho phép", _SEND_AGAIN),
    _CODE.CODE_MISSING: Explanation("Thiếu mã thủ tục", "Bổ sung mã quốc gia dạng 1.001612"),
    _CODE.CODE_INVALID: Explanation("Mã thủ tục sai dạng", "Mã quốc gia có dạng 1.001612 (ô Excel phải là văn bản)"),
    _CODE.CODE_REPEATED: Explanation(
        "Mã đã có trong lần nhập này với nội dung khác", "Giữ một bản; bản gặp trước đã được nhận"
    ),
    _CODE.NAME_MISSING: Explanation("Thiếu tên thủ tục", "Bổ sung tên theo quyết định công bố"),
    _CODE.LIST_ROW_ONLY: Explanation(
        "Chỉ là một dòng danh mục, chưa có nội dung thủ tục", "Nhập thêm bản ghi đầy đủ của thủ tục này"
    ),
    _CODE.FIELD_WRONG_TYPE: Explanation("Trường có kiểu dữ liệu lạ nên không đọc", _SOURCE),
    _CODE.CHARACTERS_LOST: Explanation("Có ký tự hỏng không khôi phục được", _SOURCE),
    _CODE.TEXT_CUT: Explanation("Đoạn văn có vẻ bị cắt dở ở nguồn", _SOURCE),
    _CODE.STEPS_MISSING: Explanation("Thiếu trình tự thực hiện", "Bổ sung theo quyết định công bố"),
    _CODE.CHANNELS_MISSING: Explanation("Thiếu cách thức thực hiện", "Bổ sung theo quyết định công bố"),
    _CODE.CHANNELS_UNREAD: Explanation("Không tách được cách thức thực hiện", _SOURCE),
    _CODE.CHANNEL_REPEATED: Explanation(
        "Một hình thức nộp có nhiều dòng, mỗi dòng cho một trường hợp",
        "Cán bộ tiếp nhận chọn đúng trường hợp khi tính thời hạn",
    ),
    _CODE.PAPERS_MISSING: Explanation("Thiếu thành phần hồ sơ", "Bổ sung theo quyết định công bố"),
    _CODE.PAPER_QUANTITY_MISSING: Explanation("Giấy tờ không ghi số lượng", _SOURCE),
    _CODE.PAPER_QUANTITY_UNCLEAR: Explanation("Số lượng giấy tờ dính liền chữ số khác nên không đọc", _SOURCE),
    _CODE.FORM_UNCLEAR: Explanation("Không tách chắc chắn được tên tệp mẫu đơn", _SOURCE),
    _CODE.SUBJECTS_MISSING: Explanation("Thiếu đối tượng thực hiện", "Bổ sung theo quyết định công bố"),
    _CODE.SUBJECT_UNKNOWN: Explanation("Có đối tượng thực hiện ngoài danh mục", _SOURCE),
    _CODE.AGENCY_MISSING: Explanation("Thiếu cơ quan giải quyết", "Bổ sung cơ quan theo quyết định công bố"),
    _CODE.AGENCY_IS_PROSE: Explanation("Ô cơ quan chứa một đoạn văn lẫn từ phần khác", _SOURCE),
    _CODE.LEVEL_MISSING: Explanation("Thiếu cấp thực hiện", "Bổ sung theo quyết định công bố"),
    _CODE.LEVEL_UNKNOWN: Explanation("Có cấp thực hiện ngoài danh mục", _SOURCE),
    _CODE.FIELD_MISSING: Explanation("Thiếu lĩnh vực", "Bổ sung theo quyết định công bố"),
    _CODE.DECISION_MISSING: Explanation("Thiếu số quyết định công bố", "Bổ sung số và ngày quyết định"),
    _CODE.DECISION_ODD: Explanation("Số quyết định công bố viết khác quy cách", "Sửa lại theo bản quyết định"),
    _CODE.LEGAL_BASES_MISSING: Explanation("Thiếu căn cứ pháp lý", "Bổ sung theo quyết định công bố"),
    _CODE.LEGAL_BASES_UNREAD: Explanation("Không tách được hết số hiệu căn cứ pháp lý", _SOURCE),
    _CODE.RESULT_CODE_ODD: Explanation("Mã kết quả không đúng dạng quốc gia", "Sửa lại theo danh mục kết quả"),
    _CODE.LIMIT_WITHOUT_UNIT: Explanation("Thời hạn chỉ có con số, không có đơn vị", _SET_LIMIT),
    _CODE.LIMIT_NO_INFORMATION: Explanation("Nguồn không ghi thời hạn", _SET_LIMIT),
    _CODE.LIMIT_IMMEDIATE: Explanation("Nguồn ghi giải quyết ngay, không có con số", _SET_LIMIT),
    _CODE.LIMIT_SAME_DAY: Explanation("Nguồn ghi giải quyết trong ngày, không có con số", _SET_LIMIT),
    _CODE.LIMIT_GLUED: Explanation("Con số thời hạn dính liền số tiền nên không đọc", _SET_LIMIT),
    _CODE.LIMIT_NONSENSE: Explanation("Thời hạn vô lý", _SET_LIMIT),
    _CODE.LIMIT_DIFFERS_FROM_TEXT: Explanation("Thời hạn ở bảng khác thời hạn trong phần mô tả", _SOURCE),
    _CODE.FEE_CONTRADICTORY: Explanation("Nguồn ghi hai điều khác nhau về phí, lệ phí; cả hai được giữ", _SET_FEE),
    _CODE.FEE_BY_COUNCIL: Explanation("Mức thu do Hội đồng nhân dân cấp tỉnh quyết định", _SET_FEE),
    _CODE.FEE_BY_RULE: Explanation("Mức thu dẫn sang văn bản khác, không có con số", _SET_FEE),
    _CODE.FEE_UNKNOWN: Explanation("Nguồn không ghi phí, lệ phí", _SET_FEE),
    _CODE.FEE_IMPLAUSIBLE: Explanation("Số tiền nhỏ bất thường, có thể thiếu số 0", _SET_FEE),
}
