"""What the request for papers becomes when an edition is run again."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from madang.papers.models import PaperRequest, Template
from madang.workshops.actions.repeat import Copying, Part


def _request(copying: Copying) -> None:
    """As a draft, with its kinds and templates; the deadline keeps its distance to the week."""
    source = PaperRequest.objects.filter(edition=copying.source).first()
    if source is None:
        return
    copying.copy(
        [source],
        lambda request: {
            "edition_id": copying.target.pk,
            "state": PaperRequest.State.DRAFT,
            "deadline": copying.moment(request.deadline),
            "opened_at": None,
        },
    )
    kinds = list(source.kinds.all())
    copying.copy(kinds, lambda _kind: {"request_id": copying.copies[source.pk]})
    templates = list(Template.objects.filter(kind__in=kinds).select_related("file"))
    # The content is stored once; each owner has a row of its own, by which access is decided. A
    # copied file names its owner, so the templates' new ids are settled first.
    files = {template.file_id: template for template in templates}

    def owned(stored: Any) -> Mapping[str, Any]:
        return {"owner_id": copying.copies[files[stored.pk].pk]}

    for template in templates:
        copying.copies[template.pk] = Template().pk
    copying.copy([template.file for template in templates], owned)
    Template.objects.bulk_create(
        Template(
            id=copying.copies[template.pk],
            kind_id=copying.copies[template.kind_id],
            language=template.language,
            file_id=copying.copies[template.file_id],
            version=1,
        )
        for template in templates
    )


PARTS = (
    Part(
        "papers",
        _("Request for papers"),
        _("what delegations are asked for, with guidance and templates"),
        _request,
    ),
)
