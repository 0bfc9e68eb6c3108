"""What is wrong with an answer's headers and markup under a strict policy."""

import json
from html.parser import HTMLParser

from django.http.response import HttpResponseBase

POLICY = ("default-src 'none'", "script-src 'self'", "style-src 'self'", "base-uri 'none'",
          "frame-ancestors 'none'", "form-action 'self'")  # fmt: skip
NOTHING = ("default-src 'none'", "frame-ancestors")
DATA_BLOCKS = {"application/ld+json", "application/json"}
ADDRESSES = {"href", "src", "action", "formaction"}


class Markup(HTMLParser):
    """Reads a page and collects what a strict policy, or a careful author, would not allow."""

    def __init__(self) -> None:
        super().__init__()
        self.complaints: list[str] = []
        self._data: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        names = [name for name, _value in attrs]
        if len(names) != len(set(names)):
            self.complaints.append(f"<{tag}> says an attribute twice: {names}")
        for name, value in attrs:
            if name.startswith("on") or name == "style" or "hostile" in name:
                self.complaints.append(f"<{tag} {name}=…>")
            if name == "class" and "hostile" in (value or ""):
                self.complaints.append(f"A text became <{tag}>")
            if name in ADDRESSES and (value or "").strip().lower().startswith(
                ("javascript:", "data:", "//")
            ):
                self.complaints.append(f"<{tag} {name}={value}>")
        if tag in {"style", "object", "embed", "base"}:
            self.complaints.append(f"<{tag}>")
        if tag == "iframe" and not (attributes.get("src") or "").startswith("/files/"):
            self.complaints.append("a frame in the page")
        if tag == "script" and attributes.get("type") in DATA_BLOCKS:
            self._data = []
        elif tag == "script" and not (attributes.get("src") or "").startswith("/static/"):
            self.complaints.append("a script in the page")

    def handle_data(self, data: str) -> None:
        if self._data is not None:
            self._data.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self._data is not None:
            text, self._data = "".join(self._data), None
            try:
                json.loads(text)
            except ValueError:
                self.complaints.append("data in the page that can't be read")


def complaints(answer: HttpResponseBase, content: bytes) -> list[str]:
    """What is wrong with an answer; an empty list for a good one."""
    found: list[str] = []
    policy = answer.get("Content-Security-Policy", "")
    is_page = answer["Content-Type"].startswith("text/html")
    # What somebody else wrote (a file, a mail) has a policy of its own: it runs nothing at all.
    is_ours = is_page and "sandbox" not in policy
    wanted_parts = POLICY if is_ours else NOTHING
    found += [f"its policy lacks {part}" for part in wanted_parts if part not in policy]
    if "unsafe" in policy and is_ours:
        found.append("its policy allows what is unsafe")
    wanted = {
        "X-Content-Type-Options": {"nosniff"},
        # A scan is shown beside the form into which it is keyed.
        "X-Frame-Options": {"DENY"} if is_ours else {"DENY", "SAMEORIGIN"},
        "Cross-Origin-Opener-Policy": {"same-origin"},
    }
    found += [
        f"{name} is {answer.get(name)}" for name in wanted if answer.get(name) not in wanted[name]
    ]
    if answer.get("Referrer-Policy") not in {"same-origin", "no-referrer"}:
        found.append(f"Referrer-Policy is {answer.get('Referrer-Policy')}")
    if is_page:
        page = Markup()
        page.feed(content.decode())
        page.close()
        found += page.complaints
        if b"<title></title>" in content:
            found.append("it has no title")
    for name, cookie in getattr(answer, "cookies", {}).items():
        if cookie.value and (not cookie["httponly"] or cookie["samesite"] not in {"Lax", "Strict"}):
            found.append(f"its cookie {name} is open")
    return found
