"""What this app tells the rest of the house at the start."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from madang.certificates import own_data as own
from madang.certificates import publishing, repeating, rules
from madang.certificates.actions import batches, forgetting, issuing
from madang.certificates.models import (
    Certificate,
    CertificateBatch,
    CertificateRule,
    Exemption,
    Kind,
    Scheme,
    SigningKey,
    Spelling,
)
from madang.certificates.queries import asked, lists
from madang.core import approvals, audit, files, jobs, links
from madang.documents import verification
from madang.people import erasure, own_data, retention
from madang.people.holders import holders
from madang.workshops import asked as all_asked
from madang.workshops import desk_pages
from madang.workshops.actions import repeat
from madang.workshops.desk_pages import DeskPage
from madang.workshops.pages import navigation

VERBS = {
    "certificate_scheme.changed": _("changed %(fields)s of the head of certificates"),
    "certificate_rule.added": _("wrote the rule of a certificate: %(certificate)s"),
    "certificate_rule.changed": _("changed %(fields)s of the rule of a certificate"),
    "certificates.added": _("listed %(number)s certificates"),
    "certificates.changed": _("changed a list of certificates"),
    "certificates.issued": _("issued a list of %(number)s certificates"),
    "certificates.taken": _("took the certificates of a list away"),
    "certificates.cancelled": _("cancelled a list of certificates"),
    "certificate.spelled": _("confirmed the name on the certificates of %(thing)s"),
    "certificate.excepted": _("made an exception: %(certificate)s"),
    "certificate.exception_taken_back": _("took an exception back: %(certificate)s"),
    "certificate.revoked": _("revoked a certificate: %(certificate)s"),
    "certificate.replaced": _("replaced a certificate: %(certificate)s"),
    "certificate.name_shown": _("shows the name to whoever verifies a certificate"),
    "certificate.name_hidden": _("shows the name on a certificate no longer"),
    "signing_key.made": _("made the signing key %(number)s"),
    "signing_key.retired": _("let another key follow the signing key %(number)s"),
    "signing_key.withdrawn": _("withdrew the signing key %(number)s"),
}


def register() -> None:
    audit.register_verbs(VERBS)
    audit.register_words("certificate", dict(Kind.choices))
    for kind in Kind:
        verification.register_kind(issuing.kind_of_document(kind), kind.label, publishing.tell)
    verification.register_way("credentials:verify", _("Verify a digital credential"))
    approvals.register(
        CertificateBatch,
        kind="certificates",
        label=_("certificates"),
        content=batches.content,
        render=lists.as_it_will_stand,
        author_rule=rules.write_certificates,
        director_rule=rules.approve_certificates,
        directors=lambda batch: holders("director", batch.edition_id),
    )
    jobs.register(issuing.JOB, issuing.issue_certificates)
    files.register_owner(
        Certificate,
        rules.see_certificate,
        queryset=lambda: Certificate.objects.select_related("batch", "participation"),
    )
    files.register_owner(Scheme, rules.see_certificates)
    for model in (Certificate, Exemption, Spelling):
        retention.register(
            model, {field.attname: retention.TWO_YEARS for field in model.personal_fields()}
        )
    erasure.register(forgetting.forget)
    own_data.register("certificates", _("certificates"), own.certificates)
    all_asked.register(asked.certificates)
    repeat.register(*repeating.PARTS)
    desk_pages.register("outcome", DeskPage("certificates:certificates", _("Certificates")))
    navigation.register_below("to_do", "certificate")
    _register_links()


def _register_links() -> None:
    links.register(
        CertificateBatch,
        kind=_("certificates"),
        title=lambda batch: str(_("list %(number)s") % {"number": batch.number}),
        url=lambda batch: reverse("certificates:batch", args=[batch.edition.slug, batch.pk]),
        rule=rules.see_certificates,
        queryset=lambda: CertificateBatch.objects.select_related("edition"),
    )
    links.register(
        Certificate,
        kind=_("certificate"),
        title=lambda certificate: (
            certificate.document.reference if certificate.document else str(certificate)
        ),
        url=lambda certificate: reverse(
            "certificates:certificate",
            args=[certificate.batch.edition.slug, certificate.pk],
        ),
        rule=rules.see_certificate,
        queryset=lambda: Certificate.objects.select_related(
            "batch__edition", "document", "participation"
        ),
    )
    links.register(
        CertificateRule,
        kind=_("rule of certificates"),
        title=str,
        url=lambda rule: reverse("certificates:rule", args=[rule.edition.slug, rule.kind]),
        rule=rules.see_certificates,
        queryset=lambda: CertificateRule.objects.select_related("edition"),
    )
    links.register(
        Scheme,
        kind=_("head of certificates"),
        title=str,
        url=lambda scheme: reverse("certificates:scheme", args=[scheme.edition.slug]),
        rule=rules.see_certificates,
        queryset=lambda: Scheme.objects.select_related("edition"),
    )
    links.register(
        Exemption,
        kind=_("exception"),
        title=lambda exemption: str(exemption.participation),
        url=lambda exemption: reverse(
            "certificates:person",
            args=[exemption.participation.edition.slug, exemption.participation_id],
        ),
        rule=rules.see_of_participation,
        queryset=lambda: Exemption.objects.select_related(
            "participation__person__subject", "participation__edition"
        ),
    )
    links.register(SigningKey, kind=_("signing key"), title=str, rule=rules.see_keys)
