"""A small province of our own for the tests of the reading, so that they need no register."""

from __future__ import annotations

from motcua.steering.programme.reading.names import Named, Roster, roster_of

DEPARTMENTS = (
    ("SNV", "Sở Nội vụ"), ("STP", "Sở Tư pháp"), ("STC", "Sở Tài chính"), ("SYT", "Sở Y tế"),
    ("SKHDT", "Sở Kế hoạch và Đầu tư"), ("SVH", "Sở Văn hóa, Thể thao và Du lịch"), ("SXD", "Sở Xây dựng"),
    ("STTTT", "Sở Thông tin và Truyền thông"), ("SGDDT", "Sở Giáo dục và Đào tạo"), ("VP", "Văn phòng UBND tỉnh"),
    ("STNMT", "Sở Tài nguyên và Môi trường"), ("SKHCN", "Sở Khoa học và Công nghệ"),
)


def roster() -> Roster:
    """Return the roster of a province with twelve departments, two districts and three communes."""
    return roster_of([
        Named("T", ("UBND tỉnh Thử", "Tỉnh Thử", "UBND tỉnh"), "province"),
        *(Named(code, (name,), "department") for code, name in DEPARTMENTS),
        Named("H1", ("UBND huyện Một",), "district"), Named("H2", ("UBND thành phố Hai",), "district"),
        *(Named(f"X{n}", (f"UBND xã Số {n}",), "commune") for n in (1, 2, 3)),
    ])
