"""Keys of a fresh store are made once, whole, whoever starts first; keys that were lost are never made anew."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from motcua.foundation.core import keys
from motcua.testing import CHECKOUT

START = """
import sys
from pathlib import Path
from motcua.foundation.core import keys
from motcua.foundation.core.home import Home
home = Home(Path(sys.argv[1]))
keys.ensure(home.keys, fresh=home.is_fresh)
print(sorted(keys.fingerprints(home.keys).items()))
"""


def start(home: Path) -> str:
    command = [sys.executable, "-c", START, str(home)]
    done = subprocess.run(  # noqa: S603
        command, cwd=CHECKOUT / "src", capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.processes
def test_processes_that_start_at_once_agree_on_one_set_of_keys(tmp_path: Path) -> None:
    for number in range(3):
        home = tmp_path / str(number)
        with ThreadPoolExecutor(6) as pool:
            said = set(pool.map(start, [home] * 6))
        assert len(said) == 1
        assert sorted(path.name for path in (home / "keys").iterdir()) == sorted(f"{name}-1.key" for name in keys.NAMES)


def test_keys_are_their_owners_alone(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    keys.ensure(folder, fresh=True)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


def test_a_making_that_was_cut_off_is_ended_by_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, made = keys.create, list[str]()

    def cut(folder: Path, name: str) -> int:
        if len(made) == 2:
            raise KeyboardInterrupt
        made.append(name)
        return real(folder, name)

    monkeypatch.setattr(keys, "create", cut)
    with pytest.raises(KeyboardInterrupt):
        keys.ensure(tmp_path, fresh=True)
    monkeypatch.undo()
    first = keys.load(tmp_path, made[0])
    keys.ensure(tmp_path, fresh=False)
    assert keys.load(tmp_path, made[0]) == first
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(f"{name}-1.key" for name in keys.NAMES)


def test_a_lost_key_is_never_made_anew(tmp_path: Path) -> None:
    keys.ensure(tmp_path, fresh=True)
    (tmp_path / "seal-1.key").unlink()
    with pytest.raises(keys.KeyMissing):
        keys.ensure(tmp_path, fresh=False)
    assert not (tmp_path / "seal-1.key").exists()
    with pytest.raises(keys.KeyMissing):
        keys.ensure(tmp_path / "nowhere", fresh=False)
    assert not (tmp_path / "nowhere").exists()


def test_what_a_dead_process_of_the_same_number_left_is_in_nobody_s_way(tmp_path: Path) -> None:
    (tmp_path / f".field-1-{os.getpid()}.new").write_text("half a k")
    keys.ensure(tmp_path, fresh=True)
    assert len(keys.load(tmp_path, "field")[1]) == keys.LENGTH and not list(tmp_path.glob(".*"))
