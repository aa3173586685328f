"""`motcua backup FILE`: one file with everything but the keys, written while the store is used."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from motcua import __version__
from motcua.foundation.core import keys, seals, time
from motcua.foundation.core.files.storage import PART
from motcua.foundation.core.home import Home
from motcua.foundation.core.keeping import archive, databases
from motcua.foundation.core.keeping.archive import Manifest


def backup(target: Path) -> Manifest:
    """Write a backup and return its manifest. Raises OSError, CommandError, SealsDisagree.

    The seals are taken before the database, so the database is never behind them; the files after it, so every file
    that a row speaks of is there.
    """
    home: Home = settings.HOME
    if not pending():
        seals.make_seal()
    database = connection.settings_dict
    kind = databases.kind_of(database)
    facts = {
        "made_at": time.now().isoformat(), "motcua": __version__, "database": kind,
        "keys": keys.fingerprints(home.keys),
    }
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".motcua-backup-") as scratch:
        copy = Path(scratch) / databases.PART[kind]
        with archive.written(target, facts) as writer:
            if home.seals.exists():
                writer.add(home.seals, archive.SEALS)
            if kind == databases.SQLITE:
                databases.copy_sqlite(Path(database["NAME"]), copy)
            else:
                databases.dump_postgresql(database, copy)
            writer.add(copy, copy.name)
            copy.unlink()
            for path in _files(home):
                writer.add(path, archive.FILES + path.relative_to(home.files).as_posix())
    return writer.manifest


def pending() -> int:
    """Return how many migrations the store waits for."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _files(home: Home) -> Iterator[Path]:
    """Yield the stored files; what is still being written has another ending."""
    if home.files.exists():
        yield from sorted(path for path in home.files.rglob("*") if path.is_file() and not path.name.endswith(PART))
