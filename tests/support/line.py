"""A line between a browser and the server that can be slow, dead, and counts what passes.

Chromium's own switch for being offline tells the page that it is; a real line dies without a word.
"""

import socket
import threading
import time
from contextlib import suppress
from urllib.parse import urlsplit


class Line:
    """Listens on a port of its own and passes everything on to `server` (an http address)."""

    def __init__(self, server: str) -> None:
        parts = urlsplit(server)
        self._target = (parts.hostname or "", parts.port or 80)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.delay = 0.0  # seconds before anything passes
        self.is_dead = False
        self.received = 0  # bytes that the browser was sent
        self._open: set[socket.socket] = set()
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """The line dies: what is under way breaks, and nothing gets through."""
        self.is_dead = True
        for each in list(self._open):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self.cut()
        self._listening.close()

    def _accept(self) -> None:
        while True:
            try:
                browser, _address = self._listening.accept()
            except OSError:
                return
            if self.is_dead:
                browser.close()
                continue
            server = socket.create_connection(self._target)
            self._open |= {browser, server}
            for one, other, counts in ((browser, server, False), (server, browser, True)):
                threading.Thread(target=self._pass, args=(one, other, counts), daemon=True).start()

    def _pass(self, one: socket.socket, other: socket.socket, counts: bool) -> None:
        with suppress(OSError):
            while data := one.recv(65536):
                if self.delay and not counts:
                    time.sleep(self.delay)
                if counts:
                    self.received += len(data)
                other.sendall(data)
        for each in (one, other):
            self._open.discard(each)
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()
