"""Run the tests: on SQLite, on PostgreSQL, and in Chromium.

    python tools/test.py [--long] [arguments for pytest]

What could not run is said in one loud line at the end, and is an error where CI=true. The last line
adds up what pytest counted in each of the runs.
"""

import os
import re
import shutil
import subprocess
import sys
import time
from collections import Counter
from contextlib import ExitStack
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(CHECKOUT), str(CHECKOUT / "src")]

from tests.support import chromium, postgresql, shared  # noqa: E402  (the path comes first)

SUMMARY = re.compile(r"^=+ (.* in [\d.]+s.*?) =+$")
COUNT = re.compile(r"(\d+) (failed|passed|skipped|errors?|xfailed|xpassed)\b")
NOTHING_COLLECTED = 5
WORKERS = ["-n", str(min(os.cpu_count() or 1, 8)), "--dist", "worksteal"]


def main(arguments: list[str]) -> int:
    long = "--long" in arguments
    asked = [argument for argument in arguments if argument != "--long"]
    ordinary = "not browser" if long else "not browser and not long"
    started = time.monotonic()
    missing = []
    if not install_chromium():
        missing.append("browser tests (no Chromium: install the package chromium)")
    if shared.shared_data() is None:
        missing.append("tests on the shared data (set MADANG_SHARED)")

    runs = [run("SQLite", [*WORKERS, "-m", ordinary, *asked], "sqlite")]
    with ExitStack() as stack:
        try:
            address = stack.enter_context(postgresql.cluster())
        except postgresql.NoPostgreSQLError as reason:
            missing.append(f"tests on PostgreSQL ({reason})")
        else:
            runs.append(
                run("PostgreSQL", [*WORKERS, "-m", ordinary, *asked], "postgresql", address)
            )
    if chromium.executable():
        in_browser = "browser" if long else "browser and not long"
        # Each window takes a core by itself, and the server takes the other.
        runs.append(run("Chromium", ["-n", "2", "-m", in_browser, *asked], "sqlite-file"))
    return report(runs, missing, time.monotonic() - started)


class Run:
    """One call of pytest: its exit code, its closing line and what that line counts."""

    def __init__(self, name: str, code: int, closing: str) -> None:
        self.name = name
        self.code = code
        self.closing = closing
        self.counts = Counter(
            {
                kind.replace("errors", "error"): int(number)
                for number, kind in COUNT.findall(closing)
            }
        )


def run(name: str, arguments: list[str], database: str, address: str = "") -> Run:
    print(f"\n--- {name} ---", flush=True)
    environment = os.environ | {"MADANG_TEST_DATABASE": database, "MADANG_TEST_POSTGRESQL": address}
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--color=no", *arguments]
    closing = ""
    with subprocess.Popen(
        command, cwd=CHECKOUT, env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            closing = line.strip() or closing
    found = SUMMARY.match(closing)
    return Run(name, process.returncode, found.group(1) if found else closing.strip("= "))


def report(runs: list[Run], missing: list[str], seconds: float) -> int:
    """Say how it went, last of all in the words of pytest; returns the exit code."""
    total: Counter[str] = Counter()
    print()
    for each in runs:
        print(f"{each.name}: {each.closing or 'no result'}")
        total += each.counts
    bad = [each.name for each in runs if each.code not in {0, NOTHING_COLLECTED}]
    executed = total["passed"] + total["failed"] + total["error"]
    if not executed:
        print("NO TEST WAS EXECUTED")
    if missing:
        print(f"!!! NOT RUN: {'; '.join(missing)} !!!")
    order = ("failed", "error", "passed", "skipped", "xfailed", "xpassed")
    counts = ", ".join(f"{total[kind]} {kind}" for kind in order if total[kind]) or "no tests ran"
    print(f"===== {counts} in {seconds:.2f}s =====", flush=True)
    strict = os.environ.get("CI", "").lower() in {"1", "true", "yes"}
    return 1 if bad or not executed or (missing and strict) else 0


def install_chromium() -> bool:
    """Whether Chromium is there; fetched from the system's packages where that is possible."""
    if chromium.executable():
        return True
    if os.getuid() == 0 and shutil.which("apt-get"):
        print("Installing Chromium from the system's packages …", flush=True)
        quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        for command in (
            "apt-get -qq update",
            "apt-get -qq install -y --no-install-recommends chromium fonts-noto-core",
        ):
            subprocess.run(command.split(), env=quiet, check=False, stdout=subprocess.DEVNULL)
    return chromium.executable() is not None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
