"""Whoever asks without an account."""

from django.utils.functional import SimpleLazyObject

from madang.core.policies import Scopes, Who


class Visitor:
    """The public: no account, no person, no role."""

    is_authenticated = False
    person_id = None

    def scopes(self, *_kinds: str) -> Scopes:
        return frozenset()

    def role_kinds(self) -> frozenset[str]:
        return frozenset()


VISITOR = Visitor()


class WhoMiddleware:
    """Puts `request.who` on each request: the account signed in, or the visitor.

    Lazy, so that a page that asks nothing of the person reads no session.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.who = SimpleLazyObject(lambda: who_of(request.user))
        return self.get_response(request)


def who_of(user) -> Who:
    """The account itself, or the visitor in place of Django's anonymous user."""
    return user if user.is_authenticated else VISITOR
