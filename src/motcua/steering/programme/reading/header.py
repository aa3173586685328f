"""The head and foot of a decision, and what a legal site printed around it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from motcua.steering.programme.reading.citations import TYPES
from motcua.steering.programme.reading.text import date_in, fold, is_capitals, one_line
from motcua.steering.programme.types import Anomaly, AnomalyKind, Header

_TYPE_LINES = {fold(name): name for name in (*TYPES, "Quyết định")}
_BY_SIGN = {
    "qd": "Quyết định", "nq": "Nghị quyết", "kh": "Kế hoạch", "ct": "Chỉ thị", "ctr": "Chương trình", "da": "Đề án",
    "tb": "Thông báo", "hd": "Hướng dẫn", "nd": "Nghị định", "tt": "Thông tư",
}
_NUMBER = re.compile(
    r"\bs[ốo]\s*:?\s*(\d{0,5}[a-z]?(?:/\d{4})?)\s*(/\s*[A-ZĐ][\wĐđ&.]*(?:\s*-\s*[A-ZĐ][\wĐđ&.]*)*)", re.IGNORECASE
)
_PLACED = re.compile(r"^(?:.*\n)?\s*([^\n\d,]{2,40}?)\s*,\s*ng[àa]y\b", re.IGNORECASE)
_BODIES = ("uy ban nhan dan", "hoi dong nhan dan", "ubnd", "hdnd", "chinh phu", "thu tuong", "bo ", "tinh uy", "so ")
_ENACTS = re.compile(r"(quyet din?h?|quyet nghi|nghi quyet)\s*:?\s*$")
_RANKS = re.compile(
    r"(?:q\. ?)?(?:pho )?(?:chu tich|giam doc|bo truong|thu truong|thu tuong|chu nhiem|bi thu|chanh van phong|"
    r"cuc truong|truong phong|truong ban)"
)
_SIGNED = re.compile(r"(?:tm|kt|tl|tuq|q)\.")
_NAME = re.compile(r"(?:[A-ZĐ]\w*)(?:\s+[A-ZĐ]\w*){1,5}")
_FURNITURE = re.compile(r"^\W*([^:\n]{4,40}?)\s*:\s*(.+)$")
_FIELDS = {
    "so hieu": "number", "loai van ban": "type", "ngay ban hanh": "issue_date", "nguoi ky": "signer",
    "ngay hieu luc": "effective_date", "ngay co hieu luc": "effective_date", "tinh trang hieu luc": "status",
    "tinh trang": "status", "hieu luc": "status", "noi ban hanh": "issuing_body", "co quan ban hanh": "issuing_body",
}
_YEARS = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*(?:-|den nam|den)\s*((?:19|20)\d\d)(?!\d)")
_YEAR = re.compile(r"(?:nam)\s+((?:19|20)\d\d)(?!\d)")
_FROM_SIGNING = re.compile(r"hieu luc (?:thi hanh )?(?:ke )?tu ngay ky")
_AFTER_DAYS = re.compile(r"hieu luc (?:thi hanh )?sau (\d{1,3}) ngay")
_FROM_DAY = re.compile(r"hieu luc (?:thi hanh )?(?:ke )?tu (ngay [\d/.\- thangnm]+)")
HEAD, _TAIL = 40, 60


def read_header(texts: Sequence[str]) -> tuple[Header, list[Anomaly]]:
    """Return the head of the document, and where the site around it says something else."""
    head = [text for text in texts[:HEAD] if text.strip()]
    number, after = _number(head)
    title_at, kind = _type(head, after)
    day, place = issued(head)
    title = _title(head, title_at)
    signer, office = _signer(texts)
    printed = Header(
        number=number, type=kind or _type_by_sign(number), issuing_body=_body(head[: after or 6]), place=place,
        issue_date=day, effective_date=_effective(texts, day), signer=signer, signer_office=office, title=title,
    )
    first, last = _programme_years(title, texts)
    said, odd = _with_furniture(printed, texts)
    return replace(said, first_year=first, last_year=last), odd


def _number(head: Sequence[str]) -> tuple[str, int]:
    """Return the document's number as printed without blanks, and the place of the paragraph that has it."""
    for at, text in enumerate(head):
        found = _NUMBER.search(text)
        if found and len(text) < 200:
            return re.sub(r"\s", "", found[1] + found[2]).rstrip("."), at
        if fold(text).startswith("can cu"):
            break
    return "", 0


def _type(head: Sequence[str], after: int) -> tuple[int, str]:
    for at, text in enumerate(head[after:], after):
        first = fold(text.split("\n")[0]).rstrip(": ")
        if first in _TYPE_LINES and (is_capitals(text) or len(text) < 30):
            return at, _TYPE_LINES[first]
        if fold(text).startswith("can cu"):
            break
    return -1, ""


def _type_by_sign(number: str) -> str:
    found = re.search(r"/([a-zđ]+)-", number.lower())
    return _BY_SIGN.get(fold(found[1]), "") if found else ""


def issued(head: Sequence[str]) -> tuple[date | None, str]:
    """Return the day and the place printed at the head; what stands after the first basis is another document's."""
    for text in head:
        if fold(text).startswith("can cu"):
            break
        day = date_in(text)
        if day:
            place = _PLACED.match(text)
            return day, place[1].strip() if place else ""
    return None, ""


def _title(head: Sequence[str], at: int) -> str:
    """Return the title: what stands below the type, up to the body's own line or the first basis."""
    if at < 0:
        return ""
    parts = head[at].split("\n")[1:]
    for text in head[at + 1 : at + 6]:
        folded = fold(text)
        if folded.startswith(("can cu", "dieu 1", "xet ", "thuc hien", "-", "phan ", "i.")) or _is_body(folded):
            break
        parts.append(text)
    return one_line(" ".join(parts)).strip("-– ")


def _is_body(folded: str) -> bool:
    return folded.startswith(_BODIES) and len(folded) < 80


def _body(head: Sequence[str]) -> str:
    """Return who decides, from the capitals at the top, in ordinary letters."""
    for at, text in enumerate(head):
        lines = [line for line in text.split("\n") if re.search(r"\w", line)]
        kept: list[str] = []
        for line in lines:
            folded = fold(line)
            if folded.startswith(("cong hoa", "doc lap", "so:", "so ")) and not folded.startswith("so n"):
                break
            if is_capitals(line) and (kept or _is_body(folded)):
                kept.append(line)
        if len(kept) == 1 and fold(kept[0]) in _WITHOUT_PLACE:
            below = (later for later in head[at + 1 : at + 4] if is_capitals(later) and _OF_PLACE.match(fold(later)))
            kept.append(next(below, ""))
        if kept:
            return _ordinary(" ".join(kept))
    return ""


_WITHOUT_PLACE = {"uy ban nhan dan", "hoi dong nhan dan"}
_OF_PLACE = re.compile(r"(?:tinh|thanh pho|huyen|thi xa|quan|xa|phuong|thi tran) \w")


_PLACES = re.compile(r"\b(tỉnh|thành phố|huyện|thị xã|quận|xã|phường|thị trấn|bộ|sở|thủ tướng)\s+(.+)$")


def _ordinary(capitals: str) -> str:
    """Return a name in capitals as it is written in a sentence: Ủy ban nhân dân tỉnh Bắc Kạn."""
    small = one_line(capitals).strip("-–_ ").lower()
    found = _PLACES.search(small)
    if found:
        named = " ".join(word[:1].upper() + word[1:] if word not in {"và"} else word for word in found[2].split())
        small = small[: found.start(2)] + named
    return small[:1].upper() + small[1:]


def _signer(texts: Sequence[str]) -> tuple[str, str]:
    """Return who signed and as what: the name below the signing form."""
    for at, text in enumerate(texts):
        lines = [line for line in text.split("\n") if line.strip()]
        if not lines or not _begins_signature(lines[0]):
            continue
        following = [line for later in texts[at + 1 : at + 12] for line in later.split("\n") if line.strip()]
        office = [line for line in lines if _RANKS.search(fold(line))]
        for line in (*lines[1:], *following[:8]):
            folded = fold(line)
            if _RANKS.search(folded) or _SIGNED.match(folded):
                office.append(line)
            elif "da ky" not in folded and _NAME.fullmatch(line.strip()) and not _is_body(folded) and len(folded) < 40:
                return _name(line.strip()), one_line(office[-1]) if office else ""
            elif len(folded) > 60:
                break
    return "", ""


def _begins_signature(line: str) -> bool:
    folded = fold(line)
    return bool(_SIGNED.match(folded) or (is_capitals(line) and _RANKS.fullmatch(folded)))


def _name(text: str) -> str:
    return text.title() if is_capitals(text) else text


def _effective(texts: Sequence[str], issued: date | None) -> date | None:
    for text in texts:
        folded = fold(text)
        if "hieu luc" not in folded or ("quyet dinh" not in folded and "ke tu" not in folded):
            continue
        if _FROM_SIGNING.search(folded):
            return issued
        if (after := _AFTER_DAYS.search(folded)) and issued:
            return issued + timedelta(days=int(after[1]))
        if (found := _FROM_DAY.search(folded)) and (day := date_in(found[1])):
            return day
    return None


def _programme_years(title: str, texts: Sequence[str]) -> tuple[int | None, int | None]:
    """Return the first and last year of the programme: from the title, else from a whole line that names the term."""
    for text in (title, *(text for text in texts if len(text) < 300 and is_capitals(text))):
        folded = fold(text)
        if span := _YEARS.search(folded):
            return int(span[1]), int(span[2])
        if year := _YEAR.search(folded):
            return int(year[1]), int(year[1])
    return None, None


def _with_furniture(header: Header, texts: Sequence[str]) -> tuple[Header, list[Anomaly]]:
    """Fill what the document leaves open from the site's list, and say where the two differ."""
    odd: list[Anomaly] = []
    for name, value in _furniture(texts):
        known = getattr(header, name)
        said: object = date_in(value) if name.endswith("_date") else one_line(value)
        if not said or fold(str(value)).startswith(("dang cap nhat", "dang tai")):
            continue
        if not known:
            header = replace(header, **{name: said})  # type: ignore[arg-type]  # the name is one of our own table
        elif name not in {"issuing_body", "status"} and not fold(str(known)).startswith(fold(str(said))):
            odd.append(Anomaly(AnomalyKind.HEADER_DIFFERS, name, value, (str(known), str(said))))
    return header, odd


def _furniture(texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    for text in (*texts[:HEAD], *texts[-_TAIL:]):
        for line in re.split(r"[\n•·]", text):
            found = _FURNITURE.match(line)
            name = _FIELDS.get(fold(found[1])) if found else None
            if found and name:
                yield name, found[2].strip()


def is_enacting(text: str) -> bool:
    """Return whether a paragraph is the line “QUYẾT ĐỊNH:” from which on the document decides."""
    return bool(_ENACTS.fullmatch(fold(text).strip())) and is_capitals(text)
