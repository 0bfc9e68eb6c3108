"""The real demo: `madang demo` as a newcomer starts it, in folders of its own, on a free port."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

START_SECONDS = 240
STOP_SECONDS = 30


class Demo:
    """One installation of the demo, that can be started, stopped, and started again."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.address = f"http://127.0.0.1:{self.port}"
        self.data = folder / "data"
        self.log = folder / "log"
        ours = {"MADANG_DATA": str(self.data), "MADANG_KEYS": str(folder / "keys")}
        others = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("MADANG_", "DJANGO_"))
        }
        self._environment = others | ours | {"PYTHONUNBUFFERED": "1"}
        self._running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it answers."""
        with self.log.open("ab") as log:
            self._running = subprocess.Popen(
                [*_command(), "--port", str(self.port)],
                env=self._environment,
                cwd=self.log.parent,
                stdout=log,
                stderr=log,
            )
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self._running.poll() is None:
            with suppress(URLError, OSError), urlopen(self.address):  # noqa: S310  (our own)
                return
            time.sleep(0.2)
        self.stop()
        raise AssertionError(f"The demo did not start: {self.log.read_text()}")

    def stop(self) -> None:
        """Stop it as Ctrl+C does, the worker beside it included."""
        if self._running is not None and self._running.poll() is None:
            self._running.send_signal(signal.SIGINT)
            try:
                self._running.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self._running.kill()
                self._running.wait()

    def run(self, *arguments: str) -> str:
        """Run `madang demo` with arguments after which it stops; returns what it said."""
        done = subprocess.run(
            [*_command(), *arguments],
            env=self._environment,
            cwd=self.log.parent,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout


def _command() -> list[str]:
    return [sys.executable, "-m", "madang.site.cli", "demo"]
