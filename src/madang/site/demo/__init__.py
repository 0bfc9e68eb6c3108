"""The demo: the founding case, with a clock that a visitor can move and one click to sign in."""


def ensure() -> bool:
    """Load the demo where there is none yet; answers whether it was loaded now."""
    from madang.core.models import DemoClock
    from madang.site.demo import loading, moments

    if DemoClock.is_demo_database():
        return False
    loading.load()
    moments.move_to(moments.START)
    return True
