"""Every address of Madang: the patterns of the resolver, filled with things of a world."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.support.world import ABSENT, Half, World

# What a parameter is called where it isn't named after the thing: an id is `<thing>_id`.
_PLAIN: dict[str, Any] = {
    "number": 1,
    "before": 1,
    "after": 2,
    "code": "fa",
    "language": "fa",
    "seat": "secretariat",
    "key": "unknown-key",
    "direction": "arrival",
    "uidb36": "1a",
    "pk": 1,
}
# Where the same parameter means another thing, or there are states to name.
_OF_ONE_ADDRESS: dict[str, dict[str, str]] = {
    "workshops:sign_up": {"session_id": "trip"},
    "workshops:withdraw": {"session_id": "trip"},
    "manage:sign_ups": {"session_id": "trip"},
    "manage:sign_up_give": {"session_id": "trip"},
    "manage:sign_up_withdraw": {"session_id": "trip"},
    "manage:person_restore": {"participation_id": "cancelled"},
    "manage:edition_state": {"name": "=close"},
    "manage:session_state": {"name": "=confirm"},
    "manage:translation": {"kind": "=session", "thing_id": "session"},
    "people_manage:role_grant": {"kind": "=focal_point"},
    "people:withdraw": {"role_id": "delegated"},
    "people_manage:role_end": {"account_id": "holder"},
    "core:file": {"file_id": "attachment", "name": "=notes.pdf"},
    "newsroom_manage:detach": {"release_id": "waiting", "file_id": "attachment"},
    "newsroom_manage:put_up": {"release_id": "waiting"},
    "newsroom_manage:attach": {"release_id": "waiting"},
    "nominations:call_state": {"name": "=close"},
    "nominations:call_translation": {"kind": "=question", "thing_id": "question"},
    "nominations:scan_remove": {"file_id": "scan"},
    "nominations:scores": {"nomination_id": "silent"},
    "cohorts:drawing": {"scenario_id": "lottery"},
    "cohorts:drawing_freeze": {"scenario_id": "lottery"},
    "cohorts:pin": {"nomination_id": "eligible"},
    "cohorts:unpin": {"nomination_id": "accepting"},
    "cohorts:seat_release": {"offer_id": "lost"},
    "cohorts:seat_substitute": {"offer_id": "lost"},
    "cohort:seat_release": {"offer_id": "lost"},
    "cohort:seat_substitute": {"offer_id": "lost"},
    "cohorts:batch_put_up": {"batch_id": "batch"},
    "cohorts:batch_issue": {"batch_id": "batch"},
    "cohorts:batch_cancel": {"batch_id": "batch"},
    "cohorts:letter_change": {"batch_id": "batch", "letter_id": "letter"},
    "cohorts:letter_take_out": {"batch_id": "batch", "letter_id": "letter"},
    "cohorts:letter_preview": {"batch_id": "batch", "letter_id": "letter"},
    "logistics:errand_open": {"kind": "=visa"},
    "logistics:errand_state": {"name": "=ask"},
    "logistics:arrival_mark": {"name": "=arrive"},
    "logistics:expense_state": {"name": "=cancel"},
    "logistics:hotel_room_edit": {"room_id": "hotel_room"},
    "logistics:hotel_room_remove": {"room_id": "hotel_room"},
    "logistics:photographs": {"answer": "=yes"},
    "logistics:seating_do": {"name": "=hide"},
    "logistics:place_fix": {"name": "=free"},
    "documents:verified": {"code": "@document"},
}
# The same for all addresses whose names begin alike; the first that fits. What begins with "@" is
# the secret part of a link or the like.
_OF_ADDRESSES: tuple[tuple[str, dict[str, str]], ...] = (
    ("nominations:import", {"batch_id": "import", "number": "=4"}),
    ("nominating:endorse", {"token": "@endorse"}),
    ("nominating:", {"token": "@nominate"}),
    ("cohorts:batch_begin", {"kind": "=invitation"}),
    ("cohorts:wording", {"kind": "=invitation"}),
    ("cohorts:passport", {"person_id": "nominee"}),
    ("cohorts:", {"batch_id": "issued_batch", "letter_id": "issued_letter"}),
    ("cohort:offer", {"token": "@offer"}),
    ("cohort:seat", {"token": "@seats"}),
    ("cohort:drawing", {"digest": "@digest"}),
    ("workshops:my_calendar", {"token": "@calendar"}),
    ("logistics:bus", {"session_id": "trip", "participation_id": "traveller"}),
    ("logistics:", {"session_id": "dinner", "participation_id": "traveller"}),
)
# What has to be asked for beside the address itself.
_ASKED = {"nominations:import_rejected": "?format=xlsx"}
_RENAMED = {"name_id": "spelling", "release_id": "release"}
# By these an address belongs to one edition.
_OF_AN_EDITION = {
    "slug", "series_slug", "release_id", "approval_id", "file_id", "token", "digest",
}  # fmt: skip


@dataclass(frozen=True)
class Pattern:
    """One pattern of the resolver."""

    name: str
    parameters: tuple[str, ...]

    @property
    def is_of_edition(self) -> bool:
        return bool(_OF_AN_EDITION & {*self.parameters}) or self._wanted("code") is not None

    @property
    def names_a_thing(self) -> bool:
        """Whether there could be no such thing: an id, or a word that stands for one."""
        return bool(self._naming)

    @property
    def names_by_id(self) -> bool:
        """Whether it names a thing by an id that nobody could know by its edition."""
        return any(one.endswith("_id") for one in self._naming)

    @property
    def _naming(self) -> list[str]:
        ids = [one for one in self.parameters if one.endswith("_id")]
        # Whoever speaks for a country has no need to be told that there is one.
        words = ("alpha2", "slug", "series_slug", "token", "digest")
        return ids or [one for one in words if one in self.parameters]

    @property
    def secret(self) -> str | None:
        """The purpose of the link whose secret is in the address, if there is one."""
        wanted = self._wanted("token") if "token" in self.parameters else None
        return wanted[1:] if wanted is not None else None

    def address(self, world: World, half: Half, *, secret: str | None = None) -> str:
        """The address of a thing that exists; perhaps with another `secret` in it."""
        values = {one: self._value(one, world, half) for one in self.parameters}
        return self._reverse(values | ({"token": secret} if secret is not None else {}))

    def absent_address(self, world: World, half: Half) -> str:
        """The same address of what does not exist: its last id, or else its slug, names nothing."""
        values = {one: self._value(one, world, half) for one in self.parameters}
        one = self._naming[-1]
        return self._reverse(values | {one: ABSENT if one.endswith("_id") else "nowhere"})

    def _reverse(self, values: dict[str, Any]) -> str:
        return reverse(self.name, kwargs=values) + _ASKED.get(self.name, "")

    def _wanted(self, parameter: str) -> str | None:
        """What stands for a parameter at this address, where that isn't what it is called."""
        alike = [wanted for name, wanted in _OF_ADDRESSES if self.name.startswith(name)][:1]
        for named in (_OF_ONE_ADDRESS.get(self.name, {}), *alike):
            if parameter in named:
                return named[parameter]
        return None

    def _value(self, parameter: str, world: World, half: Half) -> Any:
        wanted = self._wanted(parameter)
        if wanted is not None and wanted.startswith("="):
            return wanted[1:]
        if wanted is not None and wanted.startswith("@"):
            return half.tokens[wanted[1:]]
        if wanted is None:
            if parameter in _PLAIN:
                return _PLAIN[parameter]
            wanted = _RENAMED.get(parameter, parameter.removesuffix("_id"))
        if wanted == "release":
            return half.release.pk
        if wanted == "slug":
            return half.edition.slug
        if wanted == "series_slug":
            return half.edition.series.slug
        if wanted == "day":
            return half.edition.starts_on
        if wanted == "alpha2":
            return world.things["country"].alpha2
        return (half.things | world.things)[wanted].pk


def patterns() -> list[Pattern]:
    """Every pattern, of our apps and of django-allauth."""
    return list(_patterns(get_resolver(), "", ()))


def _patterns(resolver: URLResolver, namespace: str, above: tuple[str, ...]) -> Iterator[Pattern]:
    for entry in resolver.url_patterns:
        pattern: Any = entry.pattern
        own = tuple(getattr(pattern, "converters", {})) or tuple(pattern.regex.groupindex)
        if isinstance(entry, URLPattern):
            yield Pattern(f"{namespace}{entry.name}", above + own)
        else:
            inner = f"{entry.namespace}:" if entry.namespace else ""
            yield from _patterns(entry, namespace + inner, above + own)
