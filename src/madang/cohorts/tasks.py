"""What comes round by itself for offers."""

from datetime import timedelta

from django_tasks import task

from madang.cohorts.actions import offers
from madang.core.schedule import every


@every(timedelta(hours=1))
@task
def let_offers_lapse() -> None:
    """Once an hour: offers whose time to answer is over."""
    offers.lapse_due()
