"""Commands as scripts meet them: real processes in a store of their own. Bad input ends with code 2 (or 1 where a fault
was found) and a Vietnamese sentence, never with a stack of calls, and leaves everything as it was."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from motcua.service.procedures.reading.tests.samples import WHOLE
from tests.stores import Store, folder

pytestmark = [pytest.mark.processes, pytest.mark.slow, pytest.mark.xdist_group("commands")]
VIETNAMESE = re.compile("[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]", re.IGNORECASE)
DUE = ("calendar", "due", "--received", "2025-04-24T09:00", "--unit", "working-day", "--limit")
Ran = CompletedProcess[str]


@pytest.fixture(scope="module")
def store(histories: dict[str, Store]) -> Iterator[Store]:
    """A store with a small exercise, its seals copied elsewhere, and its backup."""
    with folder() as place:
        made = Store(place / "home")
        shutil.copytree(histories["other"].home, made.home)
        assert made.run("backup", str(place / "luu.tar.gz")).returncode == 0
        shutil.copy(made.home / "seals" / "seals.jsonl", place / "seals.jsonl")
        yield made


def said(done: Ran, code: int, *words: str) -> None:
    """Hold an answer against what it must be."""
    text = done.stdout + done.stderr
    assert "Traceback" not in text, text[-3000:]
    assert done.returncode == code, text[-2000:]
    assert VIETNAMESE.search(done.stderr if code == 2 else text), text
    for word in words:
        assert word in text, text


def each(store: Store, cases: dict[tuple[str, ...], tuple[int, str]]) -> None:
    """Run all cases, some at a time, and hold each against its code and a word of its answer."""
    with ThreadPoolExecutor(3) as pool:
        answers = list(pool.map(lambda words: store.run(*words), cases))
    for done, (words, (code, word)) in zip(answers, cases.items(), strict=True):
        assert done.returncode == code, (words, done.stdout[-800:], done.stderr[-2000:])
        said(done, code, word)


def facts(store: Store) -> tuple[int, int, int]:
    with closing(sqlite3.connect(store.home / "motcua.sqlite3")) as rows:
        events, dossiers, procedures = (
            rows.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]  # noqa: S608 - our own tables
            for table in ("core_ledgerevent", "dossiers_dossier", "procedures_procedure")
        )
    return events, dossiers, procedures


def test_nonsense_to_the_calendar_is_answered_in_words(store: Store) -> None:
    each(store, {
        (*DUE, "0"): (2, "lớn hơn 0"),
        (*DUE, "-3"): (2, "lớn hơn 0"),
        (*DUE, "hai"): (2, "không phải là một số"),
        (*DUE, "nan"): (2, "không dùng được"),
        (*DUE, "1e400"): (2, "không dùng được"),
        (*DUE, "0.00001"): (2, "chữ số thập phân"),
        (*DUE[:-2], "tuần", "--limit", "2"): (2, "--unit"),
        ("calendar", "due", "--received", "1999-01-04T09:00", "--unit", "hour", "--limit", "2"): (2, "ngoài lịch"),
        ("calendar", "due", "--received", "2035-01-04T09:00", "--unit", "hour", "--limit", "2"): (2, "ngoài lịch"),
        ("calendar", "due", "--received", "2025-02-30T09:00", "--unit", "hour", "--limit", "2"): (2, "--received"),
        ("calendar", "due", "--received", "hôm qua", "--unit", "hour", "--limit", "2"): (2, "--received"),
        ("calendar", "due", "--received"): (2, "--received"),
        ("calendar",): (2, "Thiếu"),
    })


def test_nonsense_to_the_register_and_the_simulation_is_answered_in_words(store: Store) -> None:
    before = facts(store)
    each(store, {
        ("organisations", "list", "--as-of", "hôm qua"): (2, "2016-06-15"),
        ("organisations", "list", "--kind", "vương quốc"): (2, "commune"),
        ("simulate", "--dossiers", "0", "--seed", "1"): (2, "từ 1 đến"),
        ("simulate", "--dossiers", "9000000000", "--seed", "1"): (2, "từ 1 đến"),
        ("simulate", "--dossiers", "nhiều", "--seed", "1"): (2, "--dossiers"),
        ("simulate", "--dossiers", "5"): (2, "--seed"),
        ("simulate", "--dossiers", "5", "--seed", "1", "--days", "0"): (2, "từ 1 đến"),
        ("simulate", "--dossiers", "5", "--seed", "1", "--shape", "1995"): (2, "2016"),
        ("simulate", "--dossiers", "5", "--seed", "1", "--until", "mai"): (2, "2025-06-30"),
        ("simulate", "--dossiers", "5", "--seed", "1", "--until", "9000-01-01"): (2, "chưa tới"),
        ("simulate", "--dossiers", "5", "--seed", "1"): (2, "đã có dữ liệu"),
        ("demo", "load"): (2, "đã có dữ liệu"),
        ("serve", "--port", "cửa"): (2, "--port"),
        ("serve", "--port", "700000"): (2, "700000"),
        ("account", "reset", "khong.co.ai"): (2, "không có tên đăng nhập"),
        ("quét", "nhà"): (2, "quét"),
        (): (2, "Thiếu"),
    })
    assert facts(store) == before


def bomb(path: Path, name: str) -> None:
    """Write a small workbook whose sheet is half a gigabyte of nothing."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open(name, "w", force_zip64=True) as stream:
            stream.write(b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>')
            for _ in range(90):
                stream.write(b"<row></row>" * (1 << 19))


@pytest.fixture
def rubbish(tmp_path: Path) -> dict[str, Path]:
    """Files that nobody should import."""
    files = {
        "rong.json": b"", "trang.json": b"   \n", "cut.json": b'[{"ma_thu_tuc": "1.0000', "so.json": b"[1, 2, null]",
        "chu.json": b'"mot chuoi"', "sau.json": b'{"a":' * 100_000, "anh.json": b"\x89PNG\r\n\x1a\n" + bytes(200),
        "utf16.json": "[{}]".encode("utf-16"), "cut.xlsx": b"PK\x03\x04" + bytes(300), "ma.json": b"\x80\x81" * 50,
        "dai.json": b'[{"ten": "' + b"x" * 9_000_000 + b'"}]', "khac.pdf": b"%PDF-1.7 khong phai",
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    with zipfile.ZipFile(tmp_path / "zip.xlsx", "w") as archive:
        archive.writestr("doc.txt", "không phải bảng tính")
    bomb(tmp_path / "bom.xlsx", "xl/worksheets/sheet1.xml")
    return {path.name: path for path in tmp_path.iterdir()}


def test_rubbish_is_not_imported(store: Store, rubbish: dict[str, Path]) -> None:
    """Alone each ends as a fault; in a folder each is told, and none keeps the one whole record out."""
    before = facts(store)
    alone = ("bom.xlsx", "cut.json", "khac.pdf", "rong.json")
    each(store, {("procedures", "import", str(rubbish[name])): (1, "không nhận 1") for name in alone} | {
        ("procedures", "import", "/khong/co/o/day.json"): (2, "không tìm thấy"),
        ("procedures", "import", str(store.home / "keys")): (2, "không có tệp"),
        ("procedures", "import"): (2, "Thiếu"),
    })
    assert facts(store) == before
    everything = rubbish["rong.json"].parent
    (everything / "whole.json").write_text(json.dumps([WHOLE]))
    done = store.run("procedures", "import", str(everything), "--json", "--dry-run")
    assert done.returncode == 0 and "Traceback" not in done.stderr
    report = json.loads(done.stdout)
    assert (report["read"], report["accepted"], report["rejected"]) == (16, 1, 15)
    assert report["rejected"] == sum(count for reason, count in report["flags"].items()), report["flags"]
    assert facts(store) == before


def test_a_seal_file_that_is_none_is_bad_input_and_one_that_disagrees_is_a_fault(store: Store, tmp_path: Path) -> None:
    good = (store.home.parent / "seals.jsonl").read_bytes()
    lines = good.splitlines(keepends=True)
    files = {
        "empty": b"", "words": "không phải niêm phong\n".encode(), "cut": good[:-40],
        "changed": good.replace(b'"subjects":', b'"subjects":1', 1), "same": good,
        "swapped": lines[1] + lines[0] + b"".join(lines[2:]), "older": b"".join(lines[:-1]),
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    verify = ("ledger", "verify", "--against")
    each(store, {
        (*verify, str(tmp_path / "same")): (0, "nguyên vẹn"), (*verify, str(tmp_path / "older")): (0, "nguyên vẹn"),
        (*verify, str(tmp_path / "changed")): (1, "LỖI"), (*verify, str(tmp_path / "swapped")): (1, "LỖI"),
        (*verify, str(tmp_path / "nothing-here")): (2, "nothing-here"), (*verify, str(tmp_path)): (2, str(tmp_path)),
        (*verify, str(tmp_path / "words")): (2, "niêm phong"), (*verify, str(tmp_path / "empty")): (2, "niêm phong"),
        (*verify, str(tmp_path / "cut")): (0, "nguyên vẹn"),  # a line whose writing was cut says nothing
        verify: (2, "--against"),
    })


def test_a_backup_that_is_cut_or_none_is_not_restored(store: Store, tmp_path: Path) -> None:
    whole = (store.home.parent / "luu.tar.gz").read_bytes()
    files = {
        "half": whole[: len(whole) // 2], "almost": whole[:-3], "empty": b"", "text": b"hello",
        "flipped": whole[: len(whole) // 2] + bytes([whole[len(whole) // 2] ^ 1]) + whole[len(whole) // 2 + 1 :],
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    empty = Store(tmp_path / "new")
    shutil.copytree(store.home / "keys", empty.home / "keys")
    each(empty, {
        ("restore", str(tmp_path / name)): (2, "hưa") for name in (*files, "nothing-here", "new")
    })
    assert sorted(path.name for path in empty.home.iterdir()) == ["keys"], "nothing is left behind"
    each(store, {("restore", str(store.home.parent / "luu.tar.gz")): (2, "--force")})
    bare = Store(tmp_path / "bare")
    said(bare.run("restore", str(store.home.parent / "luu.tar.gz")), 2, "hóa")
    said(empty.run("restore", str(store.home.parent / "luu.tar.gz")), 0, "khớp với niêm phong")
    assert facts(empty) == facts(store)


def test_a_backup_that_cannot_be_written_leaves_nothing(store: Store, tmp_path: Path) -> None:
    each(store, {
        ("backup", str(tmp_path / "khong" / "co" / "luu.tar.gz")): (2, "thư mục"),
        ("backup", str(tmp_path)): (2, "thư mục"), ("backup",): (2, "Thiếu"),
    })
    each(Store(tmp_path / "nowhere"), {("backup", str(tmp_path / "luu.tar.gz")): (1, "Không có kho")})
    assert list(tmp_path.iterdir()) == []


def spoil_database(home: Path) -> None:
    (home / "motcua.sqlite3").write_bytes(b"khong phai co so du lieu" * 500)


def spoil_key(home: Path) -> None:
    (home / "keys" / "field-1.key").unlink()


def swap_key(home: Path) -> None:
    path = home / "keys" / "seal-1.key"
    path.write_text("ab" * 32 + "\n")


def scribble_key(home: Path) -> None:
    (home / "keys" / "file-1.key").write_text("không phải khóa\n")


@pytest.mark.parametrize(
    ("spoil", "word"),
    [(spoil_database, "cơ sở dữ liệu"), (spoil_key, "hóa"), (swap_key, "hóa"), (scribble_key, "hóa")],
)
def test_a_spoiled_store_is_told_and_not_made_anew(
    store: Store, tmp_path: Path, spoil: Callable[[Path], None], word: str
) -> None:
    """A key that is gone must not be replaced; a file that is no database must not be overwritten."""
    spoiled = Store(tmp_path / "home")
    shutil.copytree(store.home, spoiled.home)
    spoil(spoiled.home)
    before = {path: path.read_bytes() for path in spoiled.home.rglob("*") if path.is_file()}
    with ThreadPoolExecutor(2) as pool:
        verified, examined = pool.map(lambda words: spoiled.run(*words), [("ledger", "verify"), ("doctor",)])
    said(verified, 2, word)
    assert examined.returncode in {1, 2}
    said(examined, examined.returncode)
    assert {path: path.read_bytes() for path in before} == before


def test_an_environment_that_names_no_store_is_told(tmp_path: Path) -> None:
    """A wrong address, a server that is not there, a home that cannot be."""
    (tmp_path / "file").write_text("x")
    verify = ("ledger", "verify")
    said(Store(tmp_path / "a", "mysql://root@localhost/x").run(*verify), 2, "DATABASE_URL")
    said(Store(tmp_path / "b", f"postgresql://x@/x?host={tmp_path}").run(*verify), 2, "cơ sở dữ liệu")
    said(Store(tmp_path / "file" / "home").run(*verify), 1, "file")
    said(Store(tmp_path / "file" / "home").run("organisations", "list"), 2, "file")
    said(Store(tmp_path / "d", "sqlite:////khong/co/o/day.sqlite3").run(*verify), 2, "cơ sở dữ liệu")
    far = Store(tmp_path / "e")
    said(far.run("simulate", "--dossiers", "5", "--seed", "1", "--until", "2015-06-01"), 2, "ngoài lịch")
    assert facts(far) == (0, 0, 0), "a history that cannot be is not begun"


def test_tampering_with_the_file_is_found_by_the_command(store: Store, tmp_path: Path) -> None:
    """Somebody with the database file in his hands, against the copy that was kept elsewhere."""
    changed = Store(tmp_path / "home")
    shutil.copytree(store.home, changed.home)
    with closing(sqlite3.connect(changed.home / "motcua.sqlite3")) as rows:
        for (name,) in rows.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            rows.execute(f'DROP TRIGGER "{name}"')
        subject = rows.execute("SELECT subject FROM core_ledgerhead WHERE subject LIKE 'dossier:%'").fetchone()[0]
        for table in ("core_ledgerevent", "core_ledgerhead"):
            rows.execute(f"DELETE FROM {table} WHERE subject = ?", [subject])  # noqa: S608 - our own tables
        rows.execute("DELETE FROM core_seal")
        rows.execute("UPDATE core_ledgerhead SET sealed_sequence = 0")
        rows.commit()
    own = changed.run("ledger", "verify", "--json")
    assert own.returncode == 1, "the store's own file of seals is a witness already"
    assert {fault["kind"] for fault in json.loads(own.stdout)["faults"]} >= {"rolled-back", "missing"}
    (changed.home / "seals" / "seals.jsonl").unlink()
    alone = changed.run("ledger", "verify", "--json")
    against = changed.run("ledger", "verify", "--against", str(store.home.parent / "seals.jsonl"), "--json")
    assert alone.returncode == 1, "without a witness the dossier itself is one: nothing vouches for it any more"
    assert {fault["kind"] for fault in json.loads(alone.stdout)["faults"]} == {"vouched"}
    found = json.loads(against.stdout)
    assert (against.returncode, found["ok"]) == (1, False)
    assert {fault["kind"] for fault in found["faults"]} >= {"rolled-back", "missing"}
    whole = store.run("ledger", "verify", "--against", str(store.home.parent / "seals.jsonl"), "--json")
    report = json.loads(whole.stdout)
    assert (whole.returncode, report["ok"], report["faults"], report["unsealed"]) == (0, True, [], 0)
    assert report.keys() == {"ok", "subjects", "events", "seals", "unsealed", "faults"}
