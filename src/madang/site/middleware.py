"""What happens around each request in the demo."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse

from madang.core.models import DemoClock


class DemoClockMiddleware:
    """Sets the clock of each request from the demo's; outside the demo it does not exist."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.MADANG_DEMO:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        DemoClock.refresh()
        return self.get_response(request)
