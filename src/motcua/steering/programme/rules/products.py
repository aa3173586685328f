"""What a row is to bring about, read from its product cell. The steward can set it otherwise."""

from __future__ import annotations

import re
import unicodedata

from motcua.steering.programme.kinds import ProductKind

# The first that fits counts. A project (dự án) is works or a system by what the row is about.
_SAID: tuple[tuple[ProductKind, str], ...] = (
    (ProductKind.EVENT, r"hội nghị|hội thảo|cuộc thi|lễ |sự kiện"),
    (ProductKind.SYSTEM, r"phần mềm|phầm mềm|cơ sở dữ liệu|hạ tầng|hệ thống|(?:cổng|trang) thông tin|ứng dụng$"),
    (ProductKind.DOCUMENT, r"^(?:các )?(?:quyết định|kế hoạch|đề án|nghị quyết|chỉ thị|văn bản|hướng dẫn|báo cáo"
                           r"|tờ trình|quy chế|quy định|chương trình|công văn|thông báo)"),
    (ProductKind.STANDING, r"^(?:các )?(?:kết quả|chất lượng|bảng niêm yết|chuyên trang|chuyên mục|cơ sở khám|tỷ lệ)"),
    (ProductKind.BODY, r"hội đồng|ban chỉ đạo|tổ công tác|^(?:tổ|ban) "),
    (ProductKind.WORKS, r"công trình|trụ sở|nhà làm việc"),
)  # fmt: skip
_PROJECT = re.compile(r"^(?:các )?dự án")
_BUILT = re.compile(r"trụ sở|nhà làm việc|phòng học|công trình|xây dựng, cải tạo")


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).lower().split())


def product_kind(product: str, row: str = "") -> ProductKind | None:
    """Return the kind of product that a cell names; None where it does not say, to be asked."""
    cell = _plain(product)
    if not cell:
        return None
    if _PROJECT.search(cell):
        return ProductKind.WORKS if _BUILT.search(f"{cell} {_plain(row)}") else ProductKind.SYSTEM
    return next((kind for kind, said in _SAID if re.search(said, cell)), None)
