"""Records written by hand in the portal's glued manner; no text is copied from a real one."""

from __future__ import annotations

from motcua.service.procedures.reading.channels import HEADING as CHANNELS
from motcua.service.procedures.reading.papers import HEADING as PAPERS

WHOLE: dict[str, str] = {
    "ma_thu_tuc": "1.900001",
    "detail_url": "https://portal.example/1",
    "ten_thu_tuc": "Cấp giấy phép mở quán nước ven hồ",
    "so_quyet_dinh": "12/QĐ-UBND",
    "cap_thuc_hien": "Cấp tỉnh, Cấp xã",
    "loai_thu_tuc": "Loại khác",
    "linh_vuc": "Du lịch",
    "doi_tuong_thuc_hien": "Cán bộ, công chức, viên chức, Doanh nghiệp, Tổ chức (không bao gồm doanh nghiệp, HTX)",
    "co_quan_thuc_hien": "Sở Văn hóa, Thể thao và Du lịch",
    "co_quan_phoi_hop": "Không có thông tin",
    "trinh_tu_thuc_hien": "Nộp 01 (một) bộ hồ sơ rồi chờ kết quả.",
    "cach_thuc_thuc_hien": f"{CHANNELS}Trực tuyến5 Ngày làm việc200,000 Việt Nam Đồng(/hồ sơ)Trực tiếp5 NgàyMiễn phí",
    "thanh_phan_ho_so": f"--{PAPERS}Đơn xin mở quánMẫu số 01.docx1 bản chínhSơ đồ hồ0 bản chính,2 bản sao",
    "can_cu_phap_ly": "Tên văn bản pháp lýMã văn bảnLuật Hồ nước7/2011/QH13Nghị định về quán nước5/2012/NĐ-CP",
    "yeu_cau_dieu_kien": "Không có thông tin",
    "ket_qua_xu_ly": (
        "Giấy phép mở quánMã: KQ.G15.000001Từ khóaKhông có thông tinMô tảKhông có thông tin"
        "Chọn cơ quan thực hiệnTỉnh/ Thành phốNộp hồ sơ"
    ),
}


def record(**changes: object) -> dict[str, object]:
    """Return the whole record with some parts changed."""
    return {**WHOLE, **changes}


def channels(*rows: str) -> str:
    """Return a glued table of channels."""
    return CHANNELS + "".join(rows)
