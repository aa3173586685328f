"""Receiving a dossier over HTTP, with validation, ledger and numbering, against six plain statements a commit."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from urllib.parse import urlencode

from bench import load, store
from bench.browser import Browser, hidden
from bench.measures import Measure, interleaved
from motcua.demonstration.entrance import PASSWORD

SOUGHT = {"xa.motcua": "9.000104", "huyen.motcua": "9.000301", "so.motcua": "9.000401"}
SECONDS = 4
# Each request signs with one of the officers in turn and brings a request key of its own: every one is a new dossier.
SCRIPT = """
local posts = {{ {posts} }}
local n = 0
local run = "{run}"
request = function()
  n = n + 1
  local post = posts[(n % #posts) + 1]
  local body = post.body .. "&request_key=" .. run .. string.format("%012d", n)
  return wrk.format("POST", post.path, {{["Cookie"]=post.cookie, ["Content-Type"]="application/x-www-form-urlencoded",
    ["Referer"]="{address}"}}, body)
end
local wrong = 0
response = function(status)
  if status ~= 303 and status ~= 302 then
    wrong = wrong + 1
    if wrong == 1 then print("Non-2xx " .. status) end
  end
end
"""


def run() -> list[Measure]:
    """Interleave pgbench and wrk; every answer must lead to a received dossier, and each must be in the store."""
    if shutil.which("wrk") is None:
        print("bỏ qua intake: chưa cài wrk (make services)")
        return []
    with store.cluster() as (url, folder):
        place = store.furnish(url, "intake", folder)
        place.sql((Path(__file__).parent / "tables.sql").read_text())
        with store.served(place, 8741) as address:
            posts = [post_of(address, name) for name in SOUGHT]
            before, rounds = _count(place), 0

            def ours() -> float:
                nonlocal rounds
                rounds += 1
                script = SCRIPT.format(posts=", ".join(posts), run=f"bench{rounds:04d}", address=address)
                return load.wrk(address, SECONDS, script, folder)

            ratio, mine, limit = interleaved(ours, lambda: load.pgbench(place.url, SECONDS), rounds=5)
            made = _count(place) - before
        assert made >= mine * SECONDS * 5 * 0.8, f"only {made} dossiers in the store"
    detail = f"{mine:,.0f}/s against {limit:,.0f}/s; {made:,} dossiers received"
    return [Measure("intake over HTTP / six plain statements a commit", ratio, 0.20, at_least=True, detail=detail)]


def _count(place: store.Store) -> int:
    return int(place.sql("SELECT count(*) FROM dossiers_dossier", "-t", "-A"))


def post_of(address: str, username: str) -> str:
    """Sign in, fill the counter's form once as an officer would, and return it as a line of Lua."""
    browser = Browser(address)
    browser.sign_in(username, PASSWORD)
    choose = browser.get("/ho-so/tiep-nhan?tim=" + SOUGHT[username])
    link = re.search(r'href="(/ho-so/tiep-nhan\?thu-tuc=[^"&]+)', choose)
    assert link, "no procedure to choose"
    page = browser.get(link[1])
    fields = hidden(page) | {
        "way": _chosen(page), "all_papers": "on", "applicant": "Nông Văn Minh", "address": "Thôn Nà Cà",
        "identity": "000088001234", "phone": "0900000123", "do": "nhan", "competent": _selected(page),
    }
    fields.pop("request_key", None)
    body = urlencode(fields)
    return f'{{path="{link[1]}", cookie="{browser.cookies}", body="{body}"}}'


def _chosen(page: str) -> str:
    tag = re.search(r'<input[^>]*name="way"[^>]*>', page)
    value = re.search(r'value="([^"]*)"', tag[0]) if tag else None
    assert value, "the form has no way to choose"
    return value[1]


def _selected(page: str) -> str:
    found = re.search(r'<option value="(\d+)" selected', page)
    return found[1] if found else ""
