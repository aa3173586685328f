"""Letters to applicants as papers: what each kind says (one-stop.md 2.7 and 2.8; forms 02 to 05 of the sets)."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from motcua.foundation.core.papers import keeping, qr
from motcua.foundation.core.settings_rows import exercise_note
from motcua.foundation.core.time import local
from motcua.foundation.core.words import clock
from motcua.service.dossiers.models import Dossier, Letter, LetterItem
from motcua.service.dossiers.papers import forms, words
from motcua.service.dossiers.papers.types import Sheet
from motcua.service.dossiers.types import LetterKind

TEMPLATE = "service/dossiers/papers/letter.typ"
TITLES = {
    LetterKind.SUPPLEMENT: "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ",
    LetterKind.REFUSAL: "PHIẾU TỪ CHỐI GIẢI QUYẾT HỒ SƠ",
    LetterKind.APOLOGY: "PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ",
    LetterKind.STOP: "THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ",
}
SIGNERS = {
    LetterKind.SUPPLEMENT: "NGƯỜI HƯỚNG DẪN", LetterKind.REFUSAL: "NGƯỜI TIẾP NHẬN HỒ SƠ",
    LetterKind.APOLOGY: "THỦ TRƯỞNG CƠ QUAN", LetterKind.STOP: "THỦ TRƯỞNG CƠ QUAN",
}
REFUSED_AT_COUNTER = "PHIẾU TỪ CHỐI TIẾP NHẬN HỒ SƠ"
Lines = list[list[str]]


def sheet(letter: Letter) -> Sheet:
    """Return a letter with everything it says; `letter` was read by `selectors.letters` (1 query, 3 once a minute)."""
    kind, dossier = LetterKind(letter.what), letter.dossier
    form = forms.on(kind.form_key, dossier.received_at if dossier else letter.at)
    standing = forms.standing(letter.agency.public_id, letter.at)
    title = TITLES[kind] if dossier else REFUSED_AT_COUNTER
    data: dict[str, Any] = {
        "title": f"{title.capitalize()} số {letter.full_number}", "heading": title, "number": letter.full_number,
        "form": form.printed, "paper": forms.paper_size(letter.at), "agency": words.heading(standing.title),
        "place_date": words.place_date(standing.place, letter.at), "exercise": exercise_note(),
        "facts": _of_dossier(dossier) if dossier else _of_person(letter), "says": _says(letter, kind),
        "items": [_item(item) for item in letter.items.all()], "reason": letter.why,
        "after": _after(letter, kind), "recipients": _recipients(dossier), "signer": SIGNERS[kind],
        "signs": letter.account.full_name if SIGNERS[kind] != "THỦ TRƯỞNG CƠ QUAN" else "",
        "contact": f"{letter.account.full_name}, {standing.title}", "head": keeping.short_head(letter.ref),
    } | _find_it(dossier)
    name = f"{kind.value}-{letter.full_number.replace('/', '-')}-{letter.year}.pdf"
    return Sheet(TEMPLATE, data, letter.at, "letter", name, form, data["head"])


def _find_it(dossier: Dossier | None) -> dict[str, str]:
    if dossier is None:
        return {"qr": "", "code": "", "check_word": "", "track_address": ""}
    address = settings.PUBLIC_ADDRESS
    return {
        "qr": qr.svg(words.tracking_url(address, dossier.code, dossier.check_word, "")), "code": dossier.code,
        "check_word": dossier.check_word, "track_address": f"{address.partition('://')[2]}/tra-cuu",
    }


def _of_dossier(dossier: Dossier) -> Lines:
    received = f"{clock(dossier.received_at)}, {words.date_words(dossier.received_at)}"
    due = dossier.first_due_at
    lines = [
        ["Hồ sơ của", dossier.applicant], ["Địa chỉ", dossier.applicant_address],
        ["Điện thoại", dossier.applicant_phone],
        ["Nội dung yêu cầu giải quyết", dossier.request or dossier.version_of.name],
        ["Mã hồ sơ", dossier.code], ["Nhận lúc", received],
        ["Đã hẹn trả kết quả", f"{clock(due)}, {words.date_words(due)}" if due else "chưa xác định thời hạn"],
    ]
    return [line for line in lines if line[1] or line[0] == "Địa chỉ"]


def _of_person(letter: Letter) -> Lines:
    wish = ". ".join(part for part in (letter.version_of.name if letter.version_of else "", letter.wish) if part)
    return [
        ["Họ và tên người đến nộp", letter.person], ["Địa chỉ", letter.person_address],
        ["Điện thoại", letter.person_phone], ["Nội dung đề nghị giải quyết", wish],
    ]


def _item(item: LetterItem) -> list[str]:
    return [item.name, f"Căn cứ: {item.basis}" if item.basis else ""]


def _says(letter: Letter, kind: LetterKind) -> str:
    if kind is LetterKind.SUPPLEMENT:
        return "Để có đủ căn cứ giải quyết, đề nghị ông/bà bổ sung, hoàn thiện hồ sơ gồm những nội dung sau:"
    if kind is LetterKind.APOLOGY:
        when = "chưa trả được kết quả đúng" if _was_late(letter) else "sẽ không trả kịp kết quả vào"
        return f"Cơ quan {when} ngày đã hẹn. Chúng tôi thành thật xin lỗi ông/bà vì sự chậm trễ này."
    if kind is LetterKind.STOP:
        return "Cơ quan thông báo dừng giải quyết hồ sơ nêu trên."
    if letter.dossier is None:
        return "Bộ phận Tiếp nhận và Trả kết quả không tiếp nhận hồ sơ đề nghị nêu trên."
    return "Cơ quan từ chối giải quyết hồ sơ nêu trên."


def _was_late(letter: Letter) -> bool:
    """Tell whether the promised day was over when the letter was written."""
    due = letter.dossier.first_due_at if letter.dossier else None
    return due is not None and letter.at > due


def _after(letter: Letter, kind: LetterKind) -> str:
    if kind is LetterKind.APOLOGY and letter.new_day:
        return f"Hẹn trả kết quả chậm nhất: ngày {letter.new_day:%d/%m/%Y}"
    if kind is LetterKind.SUPPLEMENT and letter.dossier:
        place = letter.dossier.receiving.name
        stopped = f"Thời hạn giải quyết tạm dừng từ {_at(letter)}."
        return f"Nơi nộp bổ sung: Bộ phận Tiếp nhận và Trả kết quả, {place}. {stopped}"
    return ""


def _at(letter: Letter) -> str:
    return f"{clock(letter.at)} ngày {local(letter.at):%d/%m/%Y}"


def _recipients(dossier: Dossier | None) -> list[str]:
    counter = [f"Bộ phận Một cửa {dossier.receiving.name}"] if dossier else []
    return ["Người nộp hồ sơ", *counter, "Lưu hồ sơ"]
