"""Make .venv with everything that Madang needs, from the locked requirements.

    python3 tools/setup.py          what it takes to run it
    python3 tools/setup.py --test   and to test it

Needs Python 3.11 or newer and nothing else; the second time it only looks whether anything changed.
"""

import hashlib
import json
import subprocess
import sys
import time
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
VENV = CHECKOUT / ".venv"
STAMP = VENV / "madang-setup.json"
PIP = [VENV / "bin" / "python", "-m", "pip", "--disable-pip-version-check", "-qq"]


def main(arguments: list[str]) -> int:
    lock = "test" if "--test" in arguments else "run"
    started = time.monotonic()
    try:
        changed = [
            make_venv(),
            install_locked(lock),
            install_madang(),
            compile_translations(),
            compile_searches(),
        ]
    except subprocess.CalledProcessError as failure:
        print(f"Setting up failed: {' '.join(map(str, failure.cmd))}", file=sys.stderr)
        return 1
    if any(changed):
        print(f"Ready in {time.monotonic() - started:.0f} s: .venv/bin/madang")
    return 0


def make_venv() -> bool:
    if (VENV / "bin" / "python").exists():
        return False
    print("Making .venv …", flush=True)
    made = subprocess.run([sys.executable, "-m", "venv", VENV], capture_output=True, text=True)
    if made.returncode:
        print(
            "Python's module “venv” does not work here. On Debian and Ubuntu install it with "
            f"`apt-get install python3-venv`.\n{made.stdout}{made.stderr}",
            file=sys.stderr,
        )
        made.check_returncode()
    return True


def install_locked(lock: str) -> bool:
    """Install the packages of requirements/<lock>.txt, each of them checked against its hash."""
    requirements = CHECKOUT / "requirements" / f"{lock}.txt"
    fingerprint = _fingerprint(requirements)
    if _stamped().get(lock) == fingerprint:
        return False
    print(f"Installing the packages that requirements/{lock}.txt names …", flush=True)
    # Byte code is written when a module is first used: most of these modules never are.
    command = [*PIP, "install", "--require-hashes", "--no-deps", "--no-compile", "-r", requirements]
    subprocess.run(command, check=True)
    _stamp(lock, fingerprint)
    if lock == "test":  # it holds all that the other one does
        _stamp("run", _fingerprint(CHECKOUT / "requirements" / "run.txt"))
    return True


def install_madang() -> bool:
    """Make the checkout importable, and put the command `madang` into .venv/bin."""
    fingerprint = _fingerprint(CHECKOUT / "pyproject.toml", CHECKOUT / "src/madang/__init__.py")
    if _stamped().get("madang") == fingerprint and (VENV / "bin" / "madang").exists():
        return False
    command = [*PIP, "install", "--no-build-isolation", "--no-deps", "--no-index", "-e", CHECKOUT]
    subprocess.run(command, check=True)
    _stamp("madang", fingerprint)
    return True


def compile_translations() -> bool:
    """Compile the catalogues (.po → .mo), where they changed."""
    catalogues = sorted((CHECKOUT / "src").glob("**/locale/*/LC_MESSAGES/*.po"))
    fingerprint = _fingerprint(*catalogues)
    missing = [path for path in catalogues if not path.with_suffix(".mo").exists()]
    if _stamped().get("translations") == fingerprint and not missing:
        return False
    tool = CHECKOUT / "tools" / "compile_translations.py"
    subprocess.run([VENV / "bin" / "python", tool, *catalogues], check=True)
    _stamp("translations", fingerprint)
    return True


def compile_searches() -> bool:
    """Compile the inner loops of the methods, where they changed: nobody waits for it later."""
    sources = sorted((CHECKOUT / "src/madang/methods/rotation").glob("*.py"))
    fingerprint = _fingerprint(*sources)
    if _stamped().get("searches") == fingerprint:
        return False
    command = "from madang.methods import rotation; rotation.warm()"
    subprocess.run([VENV / "bin" / "python", "-c", command], check=True)
    _stamp("searches", fingerprint)
    return True


def _fingerprint(*paths: Path) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(f"{path.relative_to(CHECKOUT)}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def _stamped() -> dict[str, str]:
    try:
        return dict(json.loads(STAMP.read_text()))
    except (OSError, ValueError):
        return {}


def _stamp(step: str, fingerprint: str) -> None:
    STAMP.write_text(json.dumps(_stamped() | {step: fingerprint}, indent=1))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
