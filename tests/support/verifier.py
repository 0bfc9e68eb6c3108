"""Another party's verifier of credentials: Node.js with the libraries of Digital Bazaar.

It is installed into `var/verifier/` when it is first wanted, as `tests/certificates/verifier/` pins
it, together with 1EdTech's schema.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.support.shared import CHECKOUT

SOURCE = CHECKOUT / "tests" / "certificates" / "verifier"
PLACE = CHECKOUT / "var" / "verifier"
SCHEMA = "ob_v3p0_achievementcredential_schema.json"
SECONDS = 300


def missing() -> str:
    """Why the verifier can't be had here; empty where it is ready. Installs it where needed."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        return "no Node.js: install the packages nodejs and npm"
    stamp = PLACE / "installed"
    if stamp.exists() and stamp.read_text() == _fingerprint():
        return ""
    try:
        _install()
    except (OSError, subprocess.SubprocessError, KeyError, StopIteration) as error:
        return f"the verifier can't be installed: {error}"
    stamp.write_text(_fingerprint())
    return ""


def verify(
    folder: Path, credentials: Mapping[str, Any], documents: Mapping[str, Any], now: str
) -> dict[str, dict[str, Any]]:
    """What it says of each credential: `conforms`, `verified`, `revoked` and `why`.

    `documents` are what every address answers; nothing else is known to it. `folder` is an empty
    one, `now` the moment at which it verifies.
    """
    for name, content in (
        ("credentials.json", credentials),
        ("documents.json", documents),
        ("now.json", now),
    ):
        (folder / name).write_text(json.dumps(content))
    shutil.copy(PLACE / SCHEMA, folder / "schema.json")
    done = subprocess.run(
        ["node", str(PLACE / "verify.js"), str(folder)],
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, dict[str, Any]] = json.loads(done.stdout)
    return found


def _fingerprint() -> str:
    found = hashlib.sha256()
    for path in sorted(SOURCE.iterdir()):
        found.update(path.read_bytes())
    return found.hexdigest()


def _install() -> None:
    shutil.rmtree(PLACE, ignore_errors=True)
    PLACE.mkdir(parents=True)
    for name in ("package.json", "package-lock.json", "verify.js"):
        shutil.copy(SOURCE / name, PLACE / name)
    _run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
    _run(
        sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:",
        "--require-hashes", "--dest", str(PLACE), "--requirement", str(SOURCE / "schema.txt"),
    )  # fmt: skip
    archive = next(PLACE.glob("openbadgeslib-*.tar.gz"))
    with tarfile.open(archive) as tar:
        member = next(each for each in tar if each.name.endswith(f"/{SCHEMA}"))
        content = tar.extractfile(member)
        assert content is not None
        (PLACE / SCHEMA).write_bytes(content.read())
    archive.unlink()


def _run(*command: str) -> None:
    done = subprocess.run(
        command,
        cwd=PLACE,
        env=os.environ | {"NODE_ENV": "production"},
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS,
    )
    if done.returncode:
        raise OSError(f"{command[0]}: {done.stderr.strip()[-300:]}")
