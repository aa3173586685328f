"""What verbs and subjects are called where a page lists them for people: “Chuyển hồ sơ”, and the code of the dossier.

A room whose subjects have a name of their own declares how to find it; whoever may not read one is told its kind.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from motcua.foundation.core.policies import Actor
from motcua.foundation.core.refs import Ref, split

VERBS = {
    "accept": "Nhận", "apologise": "Xin lỗi, hẹn lại", "attach": "Đính kèm tệp", "change": "Sửa",
    "change_own": "Sửa phần riêng", "choose": "Chọn", "choose_heir": "Chọn cơ quan nhận việc", "close": "Kết thúc",
    "decline": "Trả lại bên giao", "detach": "Rút tệp", "draft": "Soạn bản mới", "edit": "Sửa",
    "edit_draft": "Sửa bản soạn", "end": "Kết thúc", "end_import": "Kết thúc nạp", "end_sessions": "Kết thúc phiên",
    "enter": "Nhập", "erase_note": "Xóa ghi chú", "expire": "Cho hết hiệu lực", "finish": "Kết thúc xử lý",
    "found": "Lập mới", "give": "Giao", "hand_over": "Chuyển", "import": "Nạp", "keep_dates": "Giữ hạn",
    "leave_desk": "Rời bàn làm việc", "lend": "Ủy quyền", "load": "Nạp", "lock": "Khóa", "lock_pin": "Khóa mã PIN",
    "merge": "Nhập, hợp nhất", "move": "Chuyển, xử lý", "open": "Mở", "oversee": "Xem trang lãnh đạo",
    "print": "In giấy tờ", "publish": "Công bố", "read": "Xem", "read_import": "Xem lần nạp", "receive": "Tiếp nhận",
    "recompute": "Tính lại hạn", "record_dates": "Ghi ngày hiệu lực", "refuse": "Từ chối tiếp nhận",
    "register": "In sổ theo dõi", "rename": "Đổi tên", "reparent": "Đổi cơ quan cấp trên",
    "reset_face_to_face": "Cấp lại mật khẩu tại chỗ", "resume": "Tiếp tục giải quyết", "return": "Trả kết quả",
    "see": "Xem", "set_fee": "Sửa phí, lệ phí", "set_limit": "Sửa thời hạn", "set_password": "Đổi mật khẩu",
    "set_pin": "Đặt mã PIN", "split": "Chia", "start_import": "Bắt đầu nạp", "stop": "Dừng giải quyết",
    "succeed": "Chuyển do sắp xếp cơ quan", "suspend": "Tạm dừng", "switch_agency": "Đổi cơ quan làm việc",
    "take_effect": "Cho có hiệu lực", "track": "Tra cứu", "unlock": "Mở khóa", "use_code": "Dùng mã một lần",
    "withdraw": "Ghi nhận rút", "write_note": "Ghi chú",
    "add": "Thêm", "amend": "Sửa đổi", "answer": "Trả lời câu hỏi về", "approve": "Duyệt", "bind": "Giao số liệu của",
    "correct_head": "Sửa phần đầu của", "drop": "Cho thôi", "enter_value": "Nhập số liệu", "issue": "Ban hành",
    "plan_money": "Ghi kinh phí của",
    "progress": "Báo tiến độ", "read_anew": "Đọc lại", "set_ladder": "Đặt nấc đôn đốc của",
    "set_product": "Đặt loại sản phẩm của", "spend": "Ghi chi của", "submit": "Trình", "task_target": "Gắn chỉ tiêu",
    "undo": "Bỏ gắn chỉ tiêu", "wait": "Chờ hướng dẫn cho",
    "contest": "Nêu số khác cho", "correct": "Làm bản sửa của", "count": "Chọn cách đếm cho",
    "end_hand_in": "Đọc xong", "give_back": "Trả lại", "hand_in": "Gửi", "offer": "Đặt các cách đếm cho",
    "refill": "Lấy lại số liệu cho", "refresh": "Lấy lại số liệu cho", "send": "Gửi",
    "state_service": "Ghi cách phục vụ của", "take_back": "Rút lại", "write": "Viết",
}  # fmt: skip
KINDS = {
    "account": "tài khoản", "agency": "cơ quan", "attachment": "tệp của hồ sơ", "calendar": "lịch làm việc",
    "delegation": "ủy quyền", "denial": "việc bị từ chối", "document": "văn bản", "dossier": "hồ sơ",
    "exercise": "bài tập", "home": "trang đầu", "kit": "bộ mẫu giao diện", "law": "quy định",
    "letter": "văn bản gửi người nộp", "message": "tin nhắn", "note": "ghi chú", "paper": "giấy tờ đã in",
    "privacy": "dữ liệu cá nhân", "procedure": "thủ tục", "procedure-import": "lần nạp thủ tục",
    "procedure-version": "bản thủ tục", "process": "quy trình", "role": "vai trò", "rule-set": "bộ quy tắc",
    "rule_set": "bộ quy tắc", "seal": "niêm phong", "session": "phiên làm việc", "test": "bài thử",
    "entry": "số liệu", "link": "", "measure": "chỉ tiêu", "occurrence": "kỳ của nhiệm vụ", "programme": "chương trình",
    "programme-project": "dự án", "programme-task": "nhiệm vụ", "project": "dự án", "reminder": "văn bản đôn đốc",
    "needle": "chỉ tiêu", "programme-hand-in": "tệp quyết định", "report": "báo cáo", "report-period": "kỳ báo cáo",
    "report-regimes": "chế độ báo cáo", "report_period": "kỳ báo cáo", "report_regimes": "chế độ báo cáo",
    "task": "nhiệm vụ",
}  # fmt: skip
OTHER = "việc khác"


@dataclass(frozen=True, slots=True)
class Called:
    """What a subject is called; without an address nobody is led to it."""

    name: str
    url: str = ""


#: What an actor may know of the public ids that he asks for.
Naming = Callable[[Actor, Collection[str]], Mapping[str, Called]]
_namings: dict[str, Naming] = {}


def declare_naming(kind: str, naming: Naming) -> None:
    """Say how subjects of a kind are called to somebody who may read them."""
    _namings[kind] = naming


def verb(name: str) -> str:
    """Return a verb in words, “Chuyển hồ sơ”; never its code."""
    kind, _, what = name.rpartition(".")
    said = VERBS.get(what)
    return f"{said} {KINDS.get(kind, '')}".strip() if said else OTHER.capitalize()


def subjects(actor: Actor, references: Collection[str]) -> dict[str, Called]:
    """Return what each reference is called to the actor (as many queries as kinds have names of their own)."""
    by_kind: dict[str, set[str]] = {}
    for reference in references:
        kind, public_id = split(Ref(reference))
        by_kind.setdefault(kind, set()).add(public_id)
    found: dict[str, Called] = {}
    for kind, ids in by_kind.items():
        known = _namings[kind](actor, ids) if kind in _namings else {}
        general = Called(KINDS.get(kind, OTHER).capitalize())
        found |= {f"{kind}:{public_id}": known.get(public_id, general) for public_id in ids}
    return found
