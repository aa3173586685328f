"""The one way in which text is made even, whatever file it came from; all else stays as printed."""

from __future__ import annotations

import re
import unicodedata

NOTHING = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
BLANK = "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
BREAK = ("\r\n", "\r", "\v", "\f", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029")
CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")


def tidy(text: str) -> str:
    """Return `text` in NFC with \\n and plain spaces alone, without invisible marks and trailing blanks of lines."""
    for one in BREAK:
        if one in text:
            text = text.replace(one, "\n")
    for one in NOTHING:
        if one in text:
            text = text.replace(one, "")
    for one in BLANK:
        if one in text:
            text = text.replace(one, " ")
    text = CONTROL.sub("", text) if CONTROL.search(text) else text
    return unicodedata.normalize("NFC", _without_trailing(text))


def _without_trailing(text: str) -> str:
    """Drop blanks before line ends; by lines, since a long row of blanks inside one would make the pattern crawl."""
    if " \n" not in text and not text.endswith(" "):
        return text
    return "\n".join(line.rstrip(" ") for line in text.split("\n"))


def cell(text: str) -> str:
    """Return the text of a paragraph or cell: tidy, without blank lines before and after it."""
    return tidy(text).strip("\n ")
