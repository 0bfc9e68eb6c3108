"""The demo: the founding case, with a clock that a visitor can move and one click to sign in."""

from typing import TYPE_CHECKING

from django.db import transaction

from madang.core.commands import CommandError

if TYPE_CHECKING:
    from madang.site.demo.moments import Moment


def ensure() -> bool:
    """Load the demo where there is none yet; answers whether it was loaded now.

    The story is told once; of how things stand at each moment, a snapshot is kept. Raises
    `CommandError` where the demo was made by another version of Madang, and on PostgreSQL.
    """
    from django.db import connection

    from madang.core.models import DemoClock
    from madang.site.demo import moments, snapshots
    from madang.site.demo.story import Story

    if connection.vendor != "sqlite":
        raise CommandError("The demo keeps each of its moments in a file, so it needs SQLite.")
    if DemoClock.is_demo_database():
        if not snapshots.fit():
            raise CommandError(
                "This demo was made by another version of Madang: "
                "forget it with `madang demo --reset`, and start again."
            )
        return False
    with transaction.atomic():
        story = Story()
        for moment in moments.MOMENTS:
            story.go_on(moment.at)
            snapshots.keep(moment)
    snapshots.show(moments.START)
    return True


def load(moment: "Moment") -> None:
    """Tell the story up to a moment, in any database: without snapshots, and no way back."""
    from madang.core.models import DemoClock
    from madang.site.demo.story import Story

    Story().go_on(moment.at)
    DemoClock.move_to(moment.at, name=moment.name)
