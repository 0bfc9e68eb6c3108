"""A mail server for tests: takes mails on loopback, or refuses them as it is told."""

import smtplib
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from email.policy import default
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

# Where nobody listens, for tests of a server that is away.
AWAY = "smtp://127.0.0.1:9"
_expected = {urlsplit(AWAY).port}


@contextmanager
def no_stray_mail() -> Iterator[None]:
    """Let mail go to a test's own server alone; raises `AssertionError` if another was tried."""
    strays: list[str] = []
    connect = smtplib.SMTP.connect

    def connect_if_expected(
        self: smtplib.SMTP, host: str = "localhost", port: int = 0, *others: Any, **named: Any
    ) -> Any:
        if port not in _expected:
            strays.append(f"{host}:{port}")
            raise ConnectionRefusedError(f"No test expects mail at {host}:{port}.")
        return connect(self, host, port, *others, **named)

    smtplib.SMTP.connect = connect_if_expected  # type: ignore[method-assign]
    try:
        yield
    finally:
        smtplib.SMTP.connect = connect  # type: ignore[method-assign]
    assert not strays, f"Mail was on its way to a server that no test runs: {strays}"


class _Conversation(socketserver.StreamRequestHandler):
    server: "MailServer"

    def handle(self) -> None:
        self._say("220 test")
        while line := self.rfile.readline().decode().strip():
            verb = line.split(":")[0].upper()
            if verb in self.server.refusals:
                self._say(self.server.refusals[verb])
            elif verb.startswith("EHLO"):
                self._say("250 test")
            elif verb == "DATA":
                self._say("354 go on")
                self._take()
            elif verb == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 fine")

    def _take(self) -> None:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line)
        self.server.received.append(message_from_bytes(b"".join(lines), policy=default))
        self._say("250 taken")

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


class MailServer(socketserver.ThreadingTCPServer):
    """`refusals` maps a command (`"RCPT TO"`) to the answer given instead of taking it."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.received: list[Message] = []
        self.refusals: dict[str, str] = {}

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.server_address[1]}"

    def __enter__(self) -> Self:
        _expected.add(self.server_address[1])
        threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        _expected.discard(self.server_address[1])
        self.shutdown()
        self.server_close()
