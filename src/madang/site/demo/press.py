"""The demo's releases: written, approved by the director, published – one still waits for her."""

from datetime import timedelta
from typing import TYPE_CHECKING

from madang.core import approvals, clock
from madang.newsroom import actions
from madang.newsroom.models import Release
from madang.site.demo.content import content, given, source
from madang.site.demo.materials import handout

if TYPE_CHECKING:
    from madang.site.demo.loading import Cast


def load(cast: "Cast") -> None:
    """Write every release at its moment."""
    edition = cast.editions["incheon-2007"]
    director = cast.accounts["director"]
    for entry in content("press")["releases"]:
        values = {
            **source(entry, Release),
            "kind": entry["kind"],
            "number": entry["number"],
            "edition": edition,
        }
        with clock.at(entry["at"]):
            release = actions.add(values, actor=cast.officer)
            given(release, entry)
            if "attachment" in entry:
                actions.attach(release, handout(**entry["attachment"]), actor=cast.officer)
            approval = actions.put_up(release, director=director, actor=cast.officer)
        if entry["publish"]:
            with clock.at(entry["at"] + timedelta(hours=2)):
                approvals.approve(approval, actor=director, seen=approval.digest)
                actions.publish(release, actor=cast.officer)
