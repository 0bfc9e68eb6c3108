"""Madang's settings as tests see them: folders of their own, a quick hasher, no collected files.

| variable | meaning | default |
| --- | --- | --- |
| MADANG_TEST_DATABASE | `sqlite` (in memory), `sqlite-file` or `postgresql` | `sqlite` |
| MADANG_TEST_POSTGRESQL | `postgresql://user:password@host:port/name` | none |
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from madang.site.keys import ensure_keys

TEST_DATABASE = os.environ.get("MADANG_TEST_DATABASE") or "sqlite"
TEST_FOLDER = Path(tempfile.mkdtemp(prefix="madang-tests-"))
atexit.register(shutil.rmtree, TEST_FOLDER, ignore_errors=True)

# What a developer has set for an own installation must not reach the tests, nor the tests it.
for name in [name for name in os.environ if name.startswith("MADANG_")]:
    if not name.startswith(("MADANG_TEST_", "MADANG_SHARED")):
        del os.environ[name]
os.environ["MADANG_DATA"] = str(TEST_FOLDER / "data")
os.environ["MADANG_KEYS"] = str(TEST_FOLDER / "keys")
if TEST_DATABASE == "postgresql":
    os.environ["MADANG_DATABASE_URL"] = os.environ["MADANG_TEST_POSTGRESQL"]
(TEST_FOLDER / "data" / "files").mkdir(parents=True)
ensure_keys(TEST_FOLDER / "keys")

from madang.site.settings import *  # noqa: E402, F403  (the environment comes first)
from madang.site.settings import DATABASES, MIDDLEWARE, STORAGES  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
# Files are served from where they are written, so that no test needs a collected copy.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True

if TEST_DATABASE == "sqlite-file":
    # Threads of a live server get connections of their own, as in production.
    DATABASES["default"]["TEST"] = {"NAME": TEST_FOLDER / "data" / "test.sqlite3"}
if TEST_DATABASE == "postgresql":
    DATABASES["default"]["CONN_MAX_AGE"] = 0

# Tests sign in without a second step; tests/people/test_strong_sign_in.py puts the demand back.
STRONG_SIGN_IN = "madang.people.middleware.StrongSignInMiddleware"
MIDDLEWARE = [middleware for middleware in MIDDLEWARE if middleware != STRONG_SIGN_IN]
