"""Letters of the time before Unicode: TCVN3 (ABC), VNI and Windows-1258, told apart by whether they spell Vietnamese.

A wrong table gives words that no Vietnamese syllable can be, so every table is tried and the spelling decides. When
none is convincing nothing is guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial

SAMPLE = 60_000
FEWEST_WORDS = 5
SURE = 0.9
UNSURE = 0.6
PIECE = 2_000
FEWEST_PIECES = 2
MODERN = re.compile("[\u1ea0-\u1ef9]")
SELDOM = 50  # in Vietnamese every tenth letter or so is of these; one in fifty is enough to be sure
WORD = re.compile(r"[^\W\d_]+")
TONES = "\u0300\u0301\u0303\u0309\u0323"
ONSET = "(?:b|ch|c|d|đ|gh|gi|g|h|kh|k|l|m|ngh|ng|nh|n|ph|p|qu|r|s|th|tr|t|v|x)?"
RIMES = """
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eng eo ep et ê êch êm
ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu o oa oac oach oai oam oan oang oanh oao oap
oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u
ua uân uâng uât uây uc ui um un ung uôc uôi uôm uôn uông uôt up ut uê uêch uênh uêu uơ uy uya uych uyên uyêt uyn uynh
uyt uyu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu y yêm yên yêng yêt yêu yt yn
"""
SYLLABLE = re.compile(f"{ONSET}(?:{'|'.join(RIMES.split())})")

TCVN3 = str.maketrans(
    dict(
        zip(
            "µ¶·¸¹¨»¼½¾Æ©ÇÈÉÊË®ÌÎÏÐÑªÒÓÔÕÖ×ØÜÝÞßáâãä«åæçèé¬êëìíîïñòóô\u00adõö÷øùúûüýþ¡¢£¤¥¦§",
            "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵĂÂÊÔƠƯĐ",
            strict=True,
        )
    )
)
VNI_MARKS = {
    "ø": "\u0300", "ù": "\u0301", "õ": "\u0303", "û": "\u0309", "ï": "\u0323",
    "â": "\u0302", "à": "\u0302\u0300", "á": "\u0302\u0301", "ã": "\u0302\u0303", "å": "\u0302\u0309",
    "ä": "\u0302\u0323", "ê": "\u0306", "è": "\u0306\u0300", "é": "\u0306\u0301", "ü": "\u0306\u0303",
    "ú": "\u0306\u0309", "ë": "\u0306\u0323",
}  # fmt: skip
VNI_LETTERS = {"ô": "ơ", "ö": "ư", "ñ": "đ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
VNI_LETTER = re.compile(f"([{''.join(VNI_LETTERS)}])", re.IGNORECASE)
VNI_MARKED = re.compile(f"([aeouyôö])([{''.join(VNI_MARKS)}])", re.IGNORECASE)


def recoded_bytes(content: bytes) -> str:
    """Return the text of bytes in an old Vietnamese table, or "" where none spells Vietnamese surely enough."""
    western = content.decode("cp1252", errors="replace")
    tables = {"1258": content.decode("cp1258", errors="replace"), "tcvn3": western, "vni": western}
    readings = {name: READ[name](text) for name, text in tables.items()}
    shares = {name: spelled(text) for name, text in readings.items()}
    best = max(shares, key=lambda name: shares[name])
    return readings[best] if shares[best] >= SURE else ""


def reader_for(texts: Iterable[str]) -> Callable[[str], str] | None:
    """Return what turns text typed for TCVN3 or VNI fonts into Unicode, or None for text that is Unicode already.

    A document may be half and half, so each text is turned only where that spells more Vietnamese than before.
    """
    pieces = list(_pieces(texts))
    if all(_is_unicode(piece) for piece in pieces):
        return None
    for name in ("tcvn3", "vni"):
        typed_so = [piece for piece in pieces if spelled(piece) < UNSURE and spelled(READ[name](piece)) >= SURE]
        if typed_so and len(typed_so) >= min(FEWEST_PIECES, len(pieces)):
            return partial(_if_better, READ[name], len(typed_so) > len(pieces) / 2)
    return None


def _is_unicode(piece: str) -> bool:
    """Say whether the piece has letters that no font of old has: most files are told by this alone, and at once."""
    return len(MODERN.findall(piece)) * SELDOM >= len(piece)


def from_font(font: str, text: str) -> str:
    """Return text in Unicode when the name of its font says in which table it was typed."""
    if font.startswith(".Vn"):
        return _from_tcvn3(text).upper() if font.endswith("H") else _from_tcvn3(text)
    return _from_vni(text) if font.startswith("VNI-") else text


def spelled(text: str) -> float:
    """Return which share of the words with marks can be Vietnamese syllables; 0 where there are too few to judge."""
    right, marked = _counted(text[:SAMPLE])
    return right / marked if marked >= FEWEST_WORDS else 0.0


def _counted(text: str) -> tuple[int, int]:
    """Return how many words with marks can be Vietnamese, and how many there are."""
    words = [word for word in WORD.findall(text) if not word.isascii()]
    return sum(map(_is_syllable, words)), len(words)


def _if_better(read: Callable[[str], str], most_is_old: bool, text: str) -> str:
    if text.isascii():
        return text
    turned = read(text)
    before, after = _counted(text)[0], _counted(turned)[0]
    return turned if after > before or (most_is_old and after == before) else text


def _pieces(texts: Iterable[str]) -> Iterator[str]:
    """Yield the texts joined to pieces long enough to judge, up to a sample of the document."""
    held, room = "", SAMPLE
    for text in texts:
        held += f"{text[:room]}\n"
        if len(held) >= PIECE:
            yield held
            room -= len(held)
            held = ""
        if room <= 0:
            return
    if held:
        yield held


@lru_cache(20_000)
def _is_syllable(word: str) -> bool:
    apart = unicodedata.normalize("NFD", word.lower())
    plain = "".join(one for one in apart if one not in TONES)
    toned = len(apart) - len(plain)
    return toned <= 1 and SYLLABLE.fullmatch(unicodedata.normalize("NFC", plain)) is not None


def _unicode(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _from_tcvn3(text: str) -> str:
    return text.translate(TCVN3)


def _from_vni(text: str) -> str:
    """Put the marks onto the letters before them; "ô" and "ö" are themselves letters that take marks."""
    marked = VNI_MARKED.sub(lambda found: VNI_LETTER.sub(_letter, found[1]) + VNI_MARKS[found[2].lower()], text)
    return unicodedata.normalize("NFC", VNI_LETTER.sub(_letter, marked))


def _letter(found: re.Match[str]) -> str:
    letter = VNI_LETTERS[found[0].lower()]
    return letter.upper() if found[0].isupper() else letter


READ: dict[str, Callable[[str], str]] = {"1258": _unicode, "tcvn3": _from_tcvn3, "vni": _from_vni}
