"""What letters take over when an edition is run again."""

from django.utils.translation import gettext_lazy as _

from madang.cohorts import letter_papers
from madang.cohorts.models import Letterhead, LetterTemplate
from madang.core import files
from madang.workshops.actions.repeat import Copying, Part


def _letters(copying: Copying) -> None:
    """Letterhead with its logo, and wordings. Who signs gives their signature anew."""
    here = {"edition_id": copying.target.pk}
    heads = list(Letterhead.objects.filter(edition=copying.source))
    made = copying.copy(heads, lambda _head: here)
    for source, target in zip(heads, made, strict=True):
        for file in files.of(source).select_related("subject"):
            if file.name.rpartition(".")[0] == letter_papers.LOGO:
                files.store(
                    files.content(file),
                    owner=target,
                    actor=copying.actor,
                    name=letter_papers.LOGO,
                )
    copying.copy(LetterTemplate.objects.filter(edition=copying.source), lambda _text: here)


PARTS = (
    Part(
        "letters",
        _("Letterhead and wordings of letters"),
        _("in every language, with the logo; not the picture of a signature"),
        _letters,
    ),
)
