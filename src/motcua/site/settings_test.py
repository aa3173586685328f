"""Settings of the tests: a store of their own, cheap passwords, and SQLite unless DATABASE_URL says otherwise."""

import os
import tempfile
from pathlib import Path

# A folder of its own for each process, so that parallel tests never share keys or files; it leaves with the process.
STORE = tempfile.TemporaryDirectory(prefix="motcua-test-", ignore_cleanup_errors=True)
os.environ["MOTCUA_HOME"] = os.environ.get("MOTCUA_TEST_HOME") or STORE.name
os.environ.pop("MOTCUA_NO_NEW_KEYS", None)
os.environ.setdefault("MOTCUA_LOG", "CRITICAL")

from motcua.site.settings import *  # noqa: E402, F403
from motcua.site.settings import DATABASES, HOME  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": Path(HOME.root) / "test.sqlite3"}
