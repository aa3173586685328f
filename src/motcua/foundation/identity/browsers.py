"""A browser's name in plain words, for the list of sessions: “Chrome trên Windows”."""

from __future__ import annotations

# The order matters: Edge and Cốc Cốc call themselves Chrome too, and everyone calls himself Safari.
_BROWSERS = (
    ("Edg/", "Edge"), ("coc_coc", "Cốc Cốc"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def browser_name(agent: str) -> str:
    """Return browser and system of a User-Agent header, or that they are not known."""
    browser = next((name for mark, name in _BROWSERS if mark in agent), "")
    system = next((name for mark, name in _SYSTEMS if mark in agent), "")
    return " trên ".join(word for word in (browser, system) if word) or "Trình duyệt không rõ"
