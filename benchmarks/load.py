"""Asks a server on this machine for one page, again and again, over connections that stay open.

Reads a job from standard input and writes what it measured to standard output, both as JSON:

| key | meaning |
| --- | --- |
| port, path | what to ask for, on the loopback interface |
| connections | how many ask at the same time, each for the next as soon as it has one (8) |
| warm_up | seconds that are not counted, once every connection has had an answer (0.5) |
| seconds | how long to measure after that (4) |
| requests | stop after so many, whatever the time (20,000) |
| headers | further request headers |

Answers `requests`, `seconds`, `rate` (per second), `p50`, `p99` and `most` (milliseconds until the
last byte has come), `answered` (with those that are not counted) and `wire` (bytes of one answer,
headers included). Any answer other than 200 ends the measurement with an error.
"""

import json
import selectors
import socket
import sys
import time
from typing import Any

HOST = "127.0.0.1"
SILENCE = 20  # seconds without any answer after which the server is given up


class Connection:
    """One connection: sends the request and gathers the answer."""

    def __init__(self, number: int, port: int, request: bytes) -> None:
        self.number = number
        self.socket = socket.create_connection((HOST, port), timeout=SILENCE)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._request = request
        self._received = bytearray()
        self._expected = 0
        self.sent_at = 0.0

    def ask(self) -> None:
        self._received.clear()
        self._expected = 0
        self.sent_at = time.perf_counter()
        self.socket.sendall(self._request)

    def take(self) -> int:
        """Take what has come; the size of the answer once it is whole, else 0."""
        piece = self.socket.recv(1 << 18)
        if not piece:
            raise ConnectionError("the server closed the connection")
        self._received += piece
        if not self._expected:
            end = self._received.find(b"\r\n\r\n")
            if end >= 0:
                self._expected = end + 4 + _content_length(bytes(self._received[:end]))
        whole = self._expected and len(self._received) >= self._expected
        return len(self._received) if whole else 0


def _content_length(head: bytes) -> int:
    status, *lines = head.decode("latin-1").split("\r\n")
    if " 200" not in status:
        raise ValueError(f"the answer was {status}")
    for line in lines:
        name, _, value = line.partition(":")
        if name.lower() == "content-length":
            return int(value)
    raise ValueError("the answer does not say how long it is")


def measure(job: dict[str, Any]) -> dict[str, Any]:
    """Do the job that is described above."""
    headers = {"Host": f"{HOST}:{job['port']}", "Accept-Encoding": "gzip, deflate, br"}
    headers |= job.get("headers", {})
    lines = [f"GET {job['path']} HTTP/1.1", *(f"{name}: {text}" for name, text in headers.items())]
    request = ("\r\n".join(lines) + "\r\n\r\n").encode()
    selector = selectors.DefaultSelector()
    connections = job.get("connections", 8)
    for number in range(connections):
        connection = Connection(number, job["port"], request)
        selector.register(connection.socket, selectors.EVENT_READ, connection)
        connection.ask()

    # The first answers have to be made, whose cost is not what is measured here.
    waiting = set(range(connections))
    begin = end = float("inf")
    limit = job.get("requests", 20_000)
    took: list[float] = []
    answered = wire = 0
    now = time.perf_counter()
    while now < end and len(took) < limit:
        ready = selector.select(SILENCE)
        if not ready:
            raise TimeoutError(f"no answer within {SILENCE} seconds")
        for key, _events in ready:
            connection = key.data
            size = connection.take()
            now = time.perf_counter()
            if not size:
                continue
            wire = size
            answered += 1
            if waiting:
                waiting.discard(key.data.number)
                if not waiting:
                    begin = now + job.get("warm_up", 0.5)
                    end = begin + job.get("seconds", 4)
            elif connection.sent_at >= begin:
                took.append(now - connection.sent_at)
            connection.ask()
    seconds = now - begin
    took.sort()
    return {
        "requests": len(took),
        "answered": answered,
        "seconds": round(seconds, 2),
        "rate": round(len(took) / seconds, 1),
        "p50": _at(took, 0.5),
        "p99": _at(took, 0.99),
        "most": _at(took, 1),
        "wire": wire,
    }


def _at(took: list[float], share: float) -> float:
    """The time within which that share of the answers came, in milliseconds."""
    if not took:
        raise ValueError("nothing was answered in time")
    return round(1000 * took[min(len(took) - 1, int(share * len(took)))], 2)


if __name__ == "__main__":
    try:
        print(json.dumps(measure(json.load(sys.stdin))))
    except (OSError, ValueError) as error:
        sys.exit(str(error))
