"""What this app tells the rest of the house at the start: roles, audit verbs, linkable things."""

from allauth.account import signals
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from madang.core import audit, backups, events, links, outbox
from madang.core.models import SubjectKey
from madang.people import (
    access_links,
    account_mails,
    approval_mails,
    erasure,
    own_data,
    retention,
    roles,
    rules,
)
from madang.people.actions import accounts
from madang.people.middleware import STRONG
from madang.people.models import Account, Consent, Country, Organisation, Person

ROLE_KINDS = (
    roles.RoleKind(
        "secretariat",
        _("secretariat"),
        _("plans and runs editions"),
        ("", "workshops.edition"),
        may_be_delegated=True,
        needs_strong_sign_in=True,
    ),
    roles.RoleKind(
        "director",
        _("director"),
        _("approves what goes out and sees how it all stands"),
        ("", "workshops.edition"),
        may_be_delegated=True,
        needs_strong_sign_in=True,
    ),
    roles.RoleKind(
        "focal_point",
        _("focal point"),
        _("nominates officials of one country"),
        ("people.country",),
        may_be_delegated=True,
    ),
    roles.RoleKind(
        "institute_coordinator",
        _("institute coordinator"),
        _("adopts, adapts and delivers the curriculum in one institute"),
        ("people.organisation",),
        may_be_delegated=True,
    ),
)


# In words, these are the `until` of each field of `Person`.
LIFETIMES = {
    "name": retention.TWO_YEARS,
    "latin_name": retention.TWO_YEARS,
    "sort_name": retention.TWO_YEARS,
    "email": retention.TWO_YEARS,
    "phone": retention.THIRTY_DAYS,
    "position": retention.TWO_YEARS,
    "biography": retention.TWO_YEARS,
}


def register() -> None:
    for kind in ROLE_KINDS:
        roles.register(kind)
    audit.register_verbs(
        {
            "person.added": _("added %(thing)s"),
            "person.changed": _("changed %(fields)s of %(thing)s"),
            "person.exported": _("took a copy of the personal data of %(thing)s"),
            "person.erased": _("erased the personal data of %(thing)s"),
            "person.expired": _("removed %(fields)s of %(thing)s, kept no longer than promised"),
            "account.opened": _("opened an account for %(thing)s"),
            "account.closed": _("closed the account of %(thing)s"),
            "account.signed_out": _("signed out of every device"),
            "access_link.given": _("gave a link to %(purpose)s: %(thing)s"),
            "access_link.revoked": _("revoked a link to %(purpose)s: %(thing)s"),
            "role.granted": _("gave the role %(kind)s to %(thing)s"),
            "role.ended": _("ended the role %(kind)s of %(thing)s"),
            "role.delegated": _("delegated the role %(kind)s to %(thing)s"),
            "consent.given": _("agreed to %(purpose)s"),
            "consent.withdrawn": _("took back the agreement to %(purpose)s"),
            "country.changed": _("changed %(fields)s of %(thing)s"),
            "country.translated": _("changed %(fields)s of %(thing)s in another language"),
            "country.name_added": _("added a spelling of %(thing)s"),
            "country.name_struck": _("struck out a spelling of %(thing)s"),
            "organisation.added": _("added %(thing)s"),
            "organisation.changed": _("changed %(fields)s of %(thing)s"),
            "organisation.translated": _("changed %(fields)s of %(thing)s in another language"),
            "organisation.merged": _("merged %(thing)s into another organisation"),
        }
    )
    links.register(Person, kind=_("person"), title=str, rule=rules.see_person)
    # Whoever acts by a link without an account (`people.access_links`) is named as a person.
    links.register_actor(Person)
    links.register(
        Account,
        kind=_("account"),
        title=str,
        rule=rules.see_account,
        queryset=lambda: Account.objects.select_related("person__subject"),
    )
    links.register(
        Organisation, kind=_("organisation"), title=lambda o: o.wording("name"), rule=rules.public
    )
    links.register(Country, kind=_("country"), title=lambda c: c.wording("name"), rule=rules.public)
    audit.register_words("purpose", dict(Consent.Purpose.choices))
    retention.register(Person, LIFETIMES)
    own_data.register_own()
    erasure.register(access_links.forget)
    outbox.register_address_book(key_behind)
    backups.on_restore(erasure.replay)
    events.subscribe("account.opened", account_mails.tell_owner)
    events.subscribe("role.delegated", account_mails.tell_of_delegation)
    for name in ("approval.cleared", "approval.delegated"):
        events.subscribe(name, approval_mails.tell_director)
    for name in ("approval.approved", "approval.sent_back"):
        events.subscribe(name, approval_mails.tell_author)
    signals.email_changed.connect(_follow_address, dispatch_uid="people.follow_address")
    authenticator_added.connect(_note_proof, dispatch_uid="people.note_proof")


def key_behind(address: str) -> SubjectKey | None:
    """The key of the person whose account has this address."""
    known = Account.objects.select_related("person__subject")
    account = known.filter(email=address.lower()).first()
    return account.person.subject if account is not None else None


def _follow_address(user: Account, **_about: object) -> None:
    # The one place where django-allauth says that somebody confirmed a new address.
    accounts.follow_confirmed_address(user)


def _note_proof(
    request: HttpRequest, user: Account, authenticator: Authenticator, **_about: object
) -> None:
    # Who has just shown a working app or passkey is not asked for it again on the next page, which
    # shows the recovery codes; the app's code could not even be used twice.
    if authenticator.type in STRONG:
        kind = str(authenticator.type)
        record_authentication(request, user, method="mfa", type=kind, reauthenticated=True)
