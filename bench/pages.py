"""What officers look at all day must be as fast among a million dossiers as among ten thousand."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from bench import load, store
from bench.browser import Browser, hidden
from bench.measures import Measure, interleaved
from motcua.demonstration.entrance import PASSWORD

SMALL, LARGE = 10_000, 1_000_000
OFFICER, HEAD = "huyen.chuyenvien", "huyen.chutich"
QUEUE, ROWS = "/ho-so/", 25
# The most frequent family name among those who can be found and whose dossiers lie at the head's agency.
NAME = """
SELECT split_part(applicant, ' ', 1)
FROM dossiers_dossier d JOIN core_searchword s ON s.subject = 'dossier:' || d.public_id
WHERE d.at_agency_id = (SELECT agency_id FROM identity_rolegrant g JOIN identity_account a ON a.id = g.account_id
                        WHERE a.username = '{username}' LIMIT 1)
GROUP BY 1 ORDER BY count(DISTINCT d.id) DESC, 1 LIMIT 1
"""
SCRIPT = """
request = function()
  return wrk.format("{method}", "{path}", {{["Cookie"]="{cookies}", ["Referer"]="{address}",
    ["Content-Type"]="application/x-www-form-urlencoded"}}, "{body}")
end
"""
FILL = (Path(__file__).parent / "fill.sql").read_text()
DOSSIER = re.compile(r'href="(/ho-so/[a-z0-9]{14}/)"')


@dataclass(frozen=True, slots=True)
class Visit:
    """One page as a signed-in officer asks for it."""

    address: str
    cookies: str
    path: str
    method: str = "GET"
    body: str = ""

    def script(self) -> str:
        """Return the visit as a line of Lua."""
        return SCRIPT.format(
            method=self.method, path=self.path, cookies=self.cookies, address=self.address, body=self.body
        )


def run() -> list[Measure]:
    """Serve both stores side by side and ask each for the same pages in turn."""
    if shutil.which("wrk") is None:
        print("bỏ qua pages: chưa cài wrk (make services)")
        return []
    with store.cluster() as (url, folder):
        places = [store.furnish(url, name, folder, dossiers=150) for name in ("small", "large")]
        for place, size in zip(places, (SMALL, LARGE), strict=True):
            place.sql(FILL.replace(":wanted", str(size)))
            assert _count(place) == size
        with store.served(places[0], 8742) as small, store.served(places[1], 8743) as large:
            name = places[0].sql(NAME.format(username=HEAD), "-t", "-A").strip()
            visits = [_visits(address, name) for address in (small, large)]
            return [_measure(name, [one[name] for one in visits], folder) for name in visits[0]]


def _count(place: store.Store) -> int:
    return int(place.sql("SELECT count(*) FROM dossiers_dossier", "-t", "-A"))


def _visits(address: str, name: str) -> dict[str, Visit]:
    """Sign two officers in and see that each page shows what is to be measured: a full queue, a board with rows."""
    mine, head = Browser(address), Browser(address)
    mine.sign_in(OFFICER, PASSWORD)
    head.sign_in(HEAD, PASSWORD)
    queue = mine.get(QUEUE)
    rows = list(dict.fromkeys(DOSSIER.findall(queue)))
    assert len(rows) == ROWS, f"the queue shows {len(rows)} dossiers"
    assert len(set(DOSSIER.findall(head.get("/don-vi")))) == 15, "the board does not show the late ones"
    sought = hidden(head.get(QUEUE)) | {"q": name}
    assert DOSSIER.search(head.post("/ho-so/tim", sought)), f"no {name} is found"
    return {
        "queue": Visit(address, mine.cookies, QUEUE),
        "queue of the agency": Visit(address, head.cookies, QUEUE + "?xem=co-quan"),
        "dossier": Visit(address, mine.cookies, rows[-1]),
        "unit board": Visit(address, head.cookies, "/don-vi"),
        "search by name": Visit(address, head.cookies, "/ho-so/tim", "POST", urlencode(sought)),
    }


def _measure(name: str, visits: list[Visit], folder: Path) -> Measure:
    def once(which: int) -> float:
        visit = visits[which]
        return 1 / load.wrk(visit.address, 2, visit.script(), folder, clients=1)

    ratio, large, small = interleaved(lambda: once(1), lambda: once(0), rounds=7)
    detail = f"{large * 1000:.1f} ms at {LARGE:,} against {small * 1000:.1f} ms at {SMALL:,}"
    return Measure(f"{name} page, large store / small store", ratio, 1.5, at_least=False, detail=detail)
