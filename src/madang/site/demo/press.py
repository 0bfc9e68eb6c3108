"""The demo's releases: written, approved by the director, published – one still waits for her."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from functools import partial
from typing import Any

from madang.newsroom import actions
from madang.newsroom.models import Release
from madang.site.demo.company import Company
from madang.site.demo.content import content, given, source
from madang.site.demo.materials import handout
from madang.site.demo.story import Step

READ_IN = timedelta(hours=2)  # so long the director needs


def steps() -> Iterator[Step]:
    """Every release at its moment."""
    for entry in content("press")["releases"]:
        yield Step(entry["at"], partial(_write, entry=entry))
        if entry["publish"]:
            yield Step(entry["at"] + READ_IN, partial(_publish, title=entry["title"]["en"]))


def _write(company: Company, *, entry: Mapping[str, Any]) -> None:
    values = {
        **source(entry, Release),
        "kind": entry["kind"],
        "number": entry["number"],
        "edition": company.incheon,
    }
    release = actions.add(values, actor=company.officer)
    given(release, entry)
    if "attachment" in entry:
        actions.attach(release, handout(**entry["attachment"]), actor=company.officer)
    actions.put_up(release, director=company.director, actor=company.officer)


def _publish(company: Company, *, title: str) -> None:
    release = Release.objects.get(title=title)
    company.approve(release)
    actions.publish(release, actor=company.officer)
