"""Backup, restore and doctor as an administrator meets them: real processes on a store of their own."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from motcua.foundation.core.keeping import inside, types
from motcua.foundation.core.keeping.types import HEADINGS
from motcua.testing import CHECKOUT

CLUSTER = CHECKOUT / "tools" / "postgres.sh"
FURNISH = """
from motcua.site.command import open_store
open_store()
from django.conf import settings
from motcua.foundation.core.tests.factories import sealed_history
sealed_history()
settings.HOME.files.mkdir(exist_ok=True)
(settings.HOME.files / "ab").mkdir()
(settings.HOME.files / "ab" / "abcd").write_bytes(b"a stored file")
(settings.HOME.files / "ab" / ".half.part").write_bytes(b"half a file")
"""
ADD = """
import django
django.setup()
from motcua.foundation.core import time
from motcua.foundation.core.refs import Ref
from motcua.foundation.core.tests.factories import write_events
write_events(Ref("dossier:later"), time.now(), first=True)
"""
LIMITED = """
import resource, signal, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
from motcua.site.command import main
sys.exit(main(sys.argv[1:]))
"""
pytestmark = [pytest.mark.processes, pytest.mark.slow]


@dataclass(frozen=True)
class Place:
    """A store as an administrator sees it: a folder and, perhaps, an address."""

    home: Path
    url: str = ""

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        environment = os.environ | {
            "MOTCUA_HOME": str(self.home), "DATABASE_URL": self.url, "PYTHONPATH": str(CHECKOUT / "src"),
            "DJANGO_SETTINGS_MODULE": "motcua.site.settings", "MOTCUA_LOG": "ERROR",
        }
        command = [sys.executable, *words]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603

    def motcua(self, *words: str) -> subprocess.CompletedProcess[str]:
        return self.run("-m", "motcua.site.command", *words)

    def furnish(self) -> Place:
        done = self.run("-c", FURNISH)
        assert done.returncode == 0, done.stderr
        return self

    def verify(self, *words: str) -> dict[str, object]:
        report: dict[str, object] = json.loads(self.motcua("ledger", "verify", "--json", *words).stdout)
        return report

    def files(self) -> list[str]:
        """Return all that lies in the folder, to see that nothing was changed."""
        return sorted(f"{path} {path.stat().st_size}" for path in self.home.rglob("*") if "sqlite3-" not in path.name)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory, begun: Path) -> Place:
    """A store on SQLite, made once and copied for each test."""
    home = tmp_path_factory.mktemp("keeping") / "home"
    shutil.copytree(begun, home)
    return Place(home).furnish()


@pytest.fixture
def store(model: Place, tmp_path: Path) -> Place:
    shutil.copytree(model.home, tmp_path / "home")
    return Place(tmp_path / "home")


@pytest.fixture(scope="module")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("cluster")
    for parent in (folder, *folder.parents[:2]):
        parent.chmod(0o755)
    command, durable = [str(CLUSTER), "start", str(folder / "pg")], os.environ | {"DURABLE": "1"}
    started = subprocess.run(command, env=durable, capture_output=True, text=True, check=False)  # noqa: S603
    if started.returncode:
        pytest.skip("PostgreSQL's server is not installed")
    try:
        yield Place(folder / "home", started.stdout.strip()).furnish()
    finally:
        subprocess.run([CLUSTER, "stop", folder / "pg"], capture_output=True, check=False)  # noqa: S603


def empty_beside(store: Place) -> Place:
    """A bare machine to which only the keys were carried."""
    bare = Place(store.home.parent / "bare")
    shutil.copytree(store.home / "keys", bare.home / "keys")
    return bare


def test_a_backup_brings_a_bare_machine_to_the_same_store(store: Place, tmp_path: Path) -> None:
    target = tmp_path / "store.tar.gz"
    done = store.motcua("backup", str(target))
    assert done.returncode == 0, done.stderr
    assert str(store.home / "keys") in done.stdout
    assert target.stat().st_mode & 0o777 == 0o600
    bare = empty_beside(store)
    done = bare.motcua("restore", str(target))
    assert done.returncode == 0, done.stderr
    assert re.search(r"sao lưu lúc \w+ \w+, \d+/\d+/\d{4} lúc \d\d:\d\d\.", done.stdout), done.stdout
    assert bare.verify("--against", str(store.home / "seals" / "seals.jsonl")) == {
        "ok": True, "subjects": 3, "events": 13, "seals": 3, "unsealed": 0, "faults": [],
    }
    assert (bare.home / "files" / "ab" / "abcd").read_bytes() == b"a stored file"
    assert not (bare.home / "files" / "ab" / ".half.part").exists()
    assert not [path for path in bare.home.iterdir() if path.name.startswith((".", "before"))]


def test_no_key_and_no_half_written_file_is_in_a_backup(store: Place, tmp_path: Path) -> None:
    target = tmp_path / "store.tar.gz"
    store.motcua("backup", str(target))
    with tarfile.open(target) as pack:
        names = pack.getnames()
        content = b"".join(pack.extractfile(name).read() for name in names)  # type: ignore[union-attr]
    assert names == ["seals.jsonl", "database.sqlite3", "files/ab/abcd", "manifest.json"]
    for key in (store.home / "keys").glob("*.key"):
        assert key.read_text().strip().encode() not in content
        assert bytes.fromhex(key.read_text()) not in content


def test_a_backup_takes_the_place_of_a_file_only_when_told(store: Place, tmp_path: Path) -> None:
    target = tmp_path / "store.tar.gz"
    target.write_text("dear to somebody")
    done = store.motcua("backup", str(target))
    assert (done.returncode, "Chưa ghi gì" in done.stderr, "--replace" in done.stderr) == (2, True, True)
    assert target.read_text() == "dear to somebody"
    assert store.motcua("backup", str(target), "--replace").returncode == 0
    assert tarfile.is_tarfile(target)


def damage(path: Path, how: str) -> None:
    whole = path.read_bytes()
    if how == "cut":
        path.write_bytes(whole[: len(whole) // 2])
    elif how == "cut at the end":
        path.write_bytes(whole[:-20])
    elif how == "not a backup":
        path.write_bytes(b"hello")
    elif how == "empty":
        path.write_bytes(b"")
    else:
        repack(path, how)


def repack(path: Path, how: str) -> None:
    """Write the archive anew with one thing changed, as a forger would: tar and compression are whole."""
    folder = path.with_suffix(".d")
    with tarfile.open(path) as pack:
        pack.extractall(folder, filter="data")
        names = pack.getnames()
    if how == "changed part":
        with (folder / "database.sqlite3").open("r+b") as stream:
            stream.seek(5000)
            stream.write(b"tampered")
    elif how == "missing part":
        names.remove("files/ab/abcd")
    elif how == "missing manifest":
        names.remove("manifest.json")
    with tarfile.open(path, "w:gz") as pack:
        for name in names:
            pack.add(folder / name, name)
        if how == "path outside":
            pack.add(folder / "seals.jsonl", "files/../../escaped")
        if how == "added part":
            pack.add(folder / "seals.jsonl", "files/added")


@pytest.mark.parametrize("how", [
    "cut", "cut at the end", "not a backup", "empty", "changed part", "missing part", "missing manifest",
    "path outside", "added part",
])
def test_a_damaged_backup_changes_nothing(store: Place, tmp_path: Path, how: str) -> None:
    target = tmp_path / "store.tar.gz"
    store.motcua("backup", str(target))
    damage(target, how)
    before = store.files()
    done = store.motcua("restore", "--force", str(target))
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert str(target) in done.stderr
    assert store.files() == before
    assert not (store.home.parent / "escaped").exists()


def test_a_store_with_data_is_not_replaced_unasked_and_kept_when_asked(store: Place, tmp_path: Path) -> None:
    target = tmp_path / "store.tar.gz"
    store.motcua("backup", str(target))
    assert store.run("-c", ADD).returncode == 0
    refused = store.motcua("restore", str(target))
    assert refused.returncode == 2
    assert "--force" in refused.stderr
    assert store.verify()["events"] == 14
    done = store.motcua("restore", "--force", str(target))
    assert done.returncode == 0, done.stderr
    assert store.verify()["events"] == 13
    kept = next(path for path in store.home.iterdir() if path.name.startswith("before-restore-"))
    assert {path.name for path in kept.iterdir()} >= {"motcua.sqlite3", "files", "seals.jsonl"}
    assert str(kept) in done.stdout


def test_without_the_keys_nothing_is_restored(store: Place, tmp_path: Path) -> None:
    target = tmp_path / "store.tar.gz"
    store.motcua("backup", str(target))
    bare = Place(tmp_path / "bare")
    done = bare.motcua("restore", str(target))
    assert (done.returncode, "khóa" in done.stderr, bare.home.exists()) == (2, True, False)


def test_with_the_keys_of_another_store_nothing_is_restored(store: Place, tmp_path: Path) -> None:
    target = tmp_path / "store.tar.gz"
    store.motcua("backup", str(target))
    bare = empty_beside(store)
    (bare.home / "keys" / "field-1.key").write_text("ab" * 32 + "\n")
    done = bare.motcua("restore", str(target))
    assert (done.returncode, "field-1" in done.stderr) == (2, True)
    assert not (bare.home / "motcua.sqlite3").exists()


def test_wrong_keys_are_noticed_before_anything_is_written(store: Place) -> None:
    (store.home / "keys" / "field-1.key").write_text("ab" * 32 + "\n")
    done = store.motcua("ledger", "verify")
    assert (done.returncode, "field-1" in done.stderr) == (2, True)


@pytest.mark.parametrize("words", [
    ("backup", "/nowhere/at/all.tar.gz"), ("backup", "/tmp"), ("restore", "/nowhere.tar.gz"),  # noqa: S108
    ("ledger", "verify", "--against", "/nowhere.jsonl"), ("privacy", "erase-note", "note:none", "--ground", "1/QD"),
])
def test_bad_input_gets_an_answer(store: Place, words: tuple[str, ...]) -> None:
    done = store.motcua(*words)
    assert done.returncode == 2
    assert done.stderr.startswith("motcua: ")


def test_an_empty_folder_has_nothing_to_back_up(tmp_path: Path) -> None:
    bare = Place(tmp_path / "bare")
    assert bare.motcua("doctor").returncode == 1
    assert not bare.home.exists()


@pytest.mark.parametrize("words", [
    ("ledger", "verify"), ("ledger", "verify", "--json"), ("backup", "x.tar.gz"),
    ("privacy", "erase-note", "note:none", "--ground", "1/QD"),
], ids=" ".join)
@pytest.mark.parametrize("is_there", [True, False], ids=["empty folder", "no folder"])
def test_a_mistyped_home_is_told_and_gets_no_store(tmp_path: Path, words: tuple[str, ...], is_there: bool) -> None:
    bare = Place(tmp_path / "bare")
    if is_there:
        bare.home.mkdir()
    done = bare.motcua(*words)
    assert (done.returncode, done.stdout) == (1, "")
    assert "Không có kho dữ liệu nào ở" in done.stderr and str(bare.home) in done.stderr
    assert [*bare.home.rglob("*")] == [] and bare.home.exists() == is_there


def test_a_store_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    """Whatever the machine's habit is; a folder that an administrator made is left as it was made."""
    made, given = Place(tmp_path / "far" / "home"), Place(tmp_path / "given")
    given.home.mkdir(mode=0o755)
    for place in (made, given):
        assert place.run("-c", "import os; os.umask(0o022)\n" + FURNISH).returncode == 0
        files = {path.relative_to(place.home).as_posix(): path for path in place.home.rglob("*")}
        for name in ("motcua.sqlite3", "keys/seal-1.key"):
            assert files[name].stat().st_mode & 0o777 == 0o600, name
        assert files["keys"].stat().st_mode & 0o777 == 0o700
    assert (made.home.stat().st_mode & 0o777, given.home.stat().st_mode & 0o777) == (0o700, 0o755)
    assert not [check for check in doctor(made)["warn"] if check in {"disk", "keys"}]


def test_a_backup_that_finds_no_room_leaves_nothing_behind(store: Place, tmp_path: Path) -> None:
    folder = tmp_path / "small"
    folder.mkdir()
    done = store.run("-c", LIMITED, "backup", str(folder / "x.tar.gz"))
    assert done.returncode == 2, done.stderr
    assert "không để lại tệp dở dang" in done.stderr.lower()
    assert list(folder.iterdir()) == []


def doctor(place: Place) -> dict[str, set[str]]:
    checks = json.loads(place.motcua("doctor", "--json").stdout)["checks"]
    return {state: {check["name"] for check in checks if check["state"] == state} for state in ("ok", "warn", "fault")}


def test_the_doctor_finds_a_healthy_store_well(store: Place) -> None:
    found = doctor(store)
    assert found["fault"] == set()
    assert found["ok"] >= {"keys", "disk", "fonts", "database", "durability", "migrations", "triggers", "clock"}
    assert store.motcua("doctor").returncode == 0


def test_the_doctor_speaks_vietnamese_to_people_and_keeps_its_names_for_programs(store: Place) -> None:
    checks = json.loads(store.motcua("doctor", "--json").stdout)["checks"]
    lines = store.motcua("doctor").stdout.splitlines()
    headings = [line.split("  ", 1)[1].split(":")[0].strip() for line in lines]
    assert headings == [HEADINGS[check["name"]] for check in checks]
    code = "".join(path.read_text() for path in Path(types.__file__).parent.glob("*.py"))
    named = set(re.findall(r'\b(?:ok|warn|fault)\("(\w+)"', code)) | {check.__name__ for check in inside.CHECKS}
    assert named == HEADINGS.keys()


def test_the_doctor_refuses_to_go_on_without_a_key(store: Place) -> None:
    (store.home / "keys" / "field-1.key").unlink()
    done = store.motcua("doctor")
    assert done.returncode == 1
    assert "Thiếu khóa “field”" in done.stdout
    assert not (store.home / "keys" / "field-1.key").exists()
    assert HEADINGS["database"] not in done.stdout


def test_the_doctor_sees_open_keys_lost_triggers_and_a_changed_outside_copy(store: Place) -> None:
    (store.home / "keys" / "seal-1.key").chmod(0o644)
    seals = store.home / "seals" / "seals.jsonl"
    seals.write_bytes(seals.read_bytes().replace(b'"subjects":3', b'"subjects":9'))
    import sqlite3

    with sqlite3.connect(store.home / "motcua.sqlite3") as connection:
        connection.execute("DROP TRIGGER core_seal_no_DELETE")
    assert doctor(store)["fault"] == {"keys", "triggers", "seals"}


def test_the_doctor_survives_a_broken_database(store: Place) -> None:
    (store.home / "motcua.sqlite3").write_bytes(b"this is no database, and never was one" * 100)
    done = store.motcua("doctor", "--json")
    assert done.returncode == 1
    assert {check["name"] for check in json.loads(done.stdout)["checks"] if check["state"] == "fault"} == {"database"}
    (store.home / "motcua.sqlite3").unlink()
    assert store.motcua("doctor").returncode == 1
    assert not (store.home / "motcua.sqlite3").exists()


def test_a_round_trip_on_postgresql(postgresql: Place, tmp_path: Path) -> None:
    target = tmp_path / "store.tar.gz"
    done = postgresql.motcua("backup", str(target))
    assert done.returncode == 0, done.stderr
    assert doctor(postgresql)["fault"] == set()
    assert postgresql.run("-c", ADD).returncode == 0
    assert postgresql.motcua("restore", str(target)).returncode == 2
    assert postgresql.verify()["events"] == 14
    done = postgresql.motcua("restore", "--force", str(target))
    assert done.returncode == 0, done.stderr
    assert "schema before_restore_" in done.stdout
    assert postgresql.verify("--against", str(postgresql.home / "seals" / "seals.jsonl")) == {
        "ok": True, "subjects": 3, "events": 13, "seals": 3, "unsealed": 0, "faults": [],
    }
    assert doctor(postgresql)["fault"] == set()
    assert Place(postgresql.home).motcua("restore", str(target)).returncode == 2
