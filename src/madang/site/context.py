"""What the frame of every page needs to know: the template variable `page`."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.functional import Promise
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _

from madang.core import clock, languages
from madang.core.policies import EVERYWHERE, Who

if TYPE_CHECKING:
    from madang.site.demo.cast import Seat


@dataclass(frozen=True)
class Item:
    """One entry of a navigation. `current` is "page", "true" (one is below it) or empty."""

    url: str
    label: str | Promise
    current: str = ""


@dataclass(frozen=True)
class MomentChoice:
    """A moment that the demo's clock can be moved to."""

    name: str
    label: str | Promise
    current: bool


@dataclass(frozen=True)
class LanguageLink:
    """A way to the same page in another language, named in that language."""

    code: str
    name: str
    direction: str
    url: str


# The roles that find each first-level page useful; None is everyone.
_NAVIGATION: tuple[tuple[str, str | Promise, tuple[str, ...] | None], ...] = (
    ("/", _("Workshops"), None),
    ("/news/", _("News"), None),
    ("/nominations/", _("Nominations"), ("focal_point",)),
    ("/manage/", _("Manage"), ("secretariat", "director")),
    ("/approvals/", _("Approvals"), ("secretariat", "director")),
)
# Pages below an address that does not start with it.
_BELOW = {"/": ("/workshops/",), "/manage/": ("/manage/", "/history/", "/tasks/")}
# What is looked after across editions, and whether one edition's officers have use for it.
_DESK: tuple[tuple[str, str | Promise, bool], ...] = (
    ("/manage/", _("Editions"), True),
    ("/manage/series/", _("Series"), True),
    ("/manage/news/", _("News"), True),
    ("/manage/accounts/", _("Accounts"), False),
    ("/manage/organisations/", _("Organisations"), False),
    ("/manage/countries/", _("Countries"), False),
    ("/history/", _("History"), True),
    ("/tasks/", _("Tasks"), True),
)


class Page:
    """Computed when a template asks, so that a page which shows little costs little."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def language(self) -> str:
        return get_language() or settings.LANGUAGE_CODE

    @cached_property
    def direction(self) -> str:
        return languages.direction(self.language)

    @property
    def demo(self) -> bool:
        return bool(settings.MADANG_DEMO)

    @property
    def who(self) -> Who | None:
        return getattr(self._request, "who", None)

    @property
    def account_mark(self) -> str:
        """By which a browser notices that somebody else is signed in; it tells nothing else."""
        if self.who is None or not self.who.is_authenticated:
            return ""
        return salted_hmac("account-mark", str(self.who.person_id)).hexdigest()[:12]

    @property
    def path(self) -> str:
        return self._request.get_full_path()

    @cached_property
    def navigation(self) -> list[Item]:
        """First-level pages that this person has use for."""
        return [
            Item(url, label, self._current(url))
            for url, label, kinds in _NAVIGATION
            if kinds is None or (self.who is not None and self.who.scopes(*kinds))
        ]

    @cached_property
    def desk(self) -> list[Item]:
        """What this person looks after across editions: the second level of “Manage”."""
        everywhere = self.who is not None and self.who.scopes("secretariat") is EVERYWHERE
        return [Item(url, label) for url, label, for_each in _DESK if for_each or everywhere]

    @cached_property
    def other_languages(self) -> list[LanguageLink]:
        query = urlencode({"next": self.path})
        return [
            LanguageLink(
                code,
                get_language_info(code)["name_local"],
                languages.direction(code),
                f"/language/{code}/?{query}",
            )
            for code, _name in settings.LANGUAGES
            if code != self.language
        ]

    @property
    def demo_cast(self) -> "list[Seat]":
        """One person of each role, for the demo's sign-in page."""
        from madang.site.demo import cast

        return cast.present()

    @cached_property
    def demo_moments(self) -> list[MomentChoice]:
        """The moments of the demo's story; the last that has come is the current one."""
        from madang.site.demo.moments import MOMENTS

        come = [moment for moment in MOMENTS if moment.at <= clock.now()]
        return [MomentChoice(each.name, each.label, each in come[-1:]) for each in MOMENTS]

    @property
    def now(self) -> datetime:
        return clock.now()

    @property
    def sign_in_url(self) -> str:
        address = reverse("account_login")
        return address if self.path == "/" else f"{address}?{urlencode({'next': self.path})}"

    @property
    def sign_out_url(self) -> str:
        return reverse("account_logout")

    def _current(self, url: str) -> str:
        path = self._request.path
        if path == url:
            return "page"
        return "true" if path.startswith(_BELOW.get(url, (url,))) else ""


def page(request: HttpRequest) -> dict[str, Page]:
    """Context processor: `page` in every template."""
    return {"page": Page(request)}
