"""Taking the glued tables of legal bases and of results apart."""

from __future__ import annotations

import re

from motcua.service.procedures.reading.codes import RESULT
from motcua.service.procedures.reading.text import line, said
from motcua.service.procedures.types import LegalBasis, Result

BASES_HEADING = "Tên văn bản pháp lýMã văn bản"
# A number's last part has no end of its own in a glued text: "18/2026/NĐ-CPThông tư". Known issuers are cut first,
# longest first; for others a capital that begins a word is given back to the next title.
_ISSUERS = (
    *("UBTƯMTTQVN", "BNNPTNT", "BVHTTDL", "VKSNDTC", "BLĐTBXH", "UBTVQH", "TANDTC", "BTNMT", "BNNMT"),
    *("BKHCN", "BGDĐT", "BGTVT", "BTTTT", "BDTTG", "CTUBND", "BKHĐT", "NHNN", "TTCP", "VPCP", "UBDT", "UBND", "HĐND"),
    *("KTNN", "MTTW", "TTg", "BTP", "BTC", "BCA", "BNV", "BYT", "BCT", "BXD", "BQP", "BNG", "CTN", "CP"),
)
_ISSUER = rf"(?:{'|'.join(_ISSUERS)}|[A-ZĐ]+(?![a-zà-ỹđ]))"
_START = r"(?:(?<![0-9/])(?<![0-9]\.)(?!(?<=năm )[0-9]{5})|(?<=QH[0-9]{2})|(?<=năm [0-9]{4}))"
_NUMBER = re.compile(
    rf"{_START}[0-9]+[a-z]?(?:\.[0-9]+)?/(?:"
    rf"(?:[0-9]{{4}}/)?(?:QĐ|QD|NĐ|ND|TT|TTLT|NQ|NQLT|CT|CV|PL|VBHN|HD|L|UBTVQH[0-9]{{1,2}})(?:-{_ISSUER})+"
    rf"|[0-9]{{4}}/(?:QH|UBTVQH|L-CTN|PL-UBTVQH)[0-9]{{2}}"
    rf"|[0-9]{{4}}(?!/|[0-9]))"
)
_ENDS_ROW = re.compile(r"\s*$|\s*\n|\s?[“\"(]?[A-ZĐÀ-Ỹ]|[0-9a-zà-ỹđ]")
_TYPE_LEFT_OVER = re.compile(
    r"(?<=[a-zà-ỹđ.])(?:Thông tư|Nghị định|Nghị quyết|Quyết định|Luật)(?: liên tịch)?(?: số)? *$"
)
_RESULT_CODE = re.compile(rf"Mã:\s?(?P<code>{RESULT.pattern}|[^\s]*?(?=[A-ZĐÀ-Ỹ][a-zà-ỹđ]|\s|$))")
PORTAL_TAIL = re.compile(r"Chọn cơ quan thực hiện.*|(?<=Không có thông tin)Nộp hồ sơ$", re.S)


def legal_bases(text: str) -> tuple[LegalBasis, ...]:
    """Return the rows title + number. What follows the last number is a row without a number."""
    body = text.removeprefix(BASES_HEADING)
    rows: list[LegalBasis] = []
    start = 0
    matches = list(_NUMBER.finditer(body))
    for place, match in enumerate(matches):
        following = matches[place + 1] if place + 1 < len(matches) else None
        if not _is_row_end(body, match, following):
            continue
        rows.append(_basis(body[start : match.start()], match[0], body[start : match.end()]))
        start = match.end()
    rest = body[start:]
    return (*rows, LegalBasis(line(rest), None, rest)) if said(rest) is not None else tuple(rows)


def _is_row_end(body: str, match: re.Match[str], following: re.Match[str] | None) -> bool:
    """Tell whether a number closes its row: a number in a title goes on with a blank and a small letter."""
    if following is not None and not body[match.end() : following.start()].strip():
        return False  # "Luật 60/2014/QH13" + "60/2014/QH13": the first one is the title's
    return _ENDS_ROW.match(body, match.end()) is not None


def _basis(title: str, number: str, verbatim: str) -> LegalBasis:
    return LegalBasis(line(_TYPE_LEFT_OVER.sub("", title)), line(number), verbatim)


def results(text: str) -> tuple[tuple[Result, ...], str]:
    """Return the results, and the text behind them (keywords and description) without the portal's buttons."""
    body, key, rest = text.partition("Từ khóa")
    if not key:
        body, rest = PORTAL_TAIL.sub("", text), ""
    found: list[Result] = []
    start = 0
    for match in _RESULT_CODE.finditer(body):
        code = match["code"]
        found.append(Result(line(body[start : match.start()]), code if RESULT.fullmatch(code) else None, code))
        start = match.end()
    if said(body[start:]) is not None:
        found.append(Result(line(body[start:]), None, ""))
    return tuple(found), PORTAL_TAIL.sub("", rest)
