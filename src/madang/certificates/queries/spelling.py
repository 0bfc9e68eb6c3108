"""How a name is suggested for a certificate, and in which languages there are words for one."""

from typing import Any

from madang.certificates.actions.holding import spelling_of
from madang.core import texts
from madang.workshops.models import Edition, Participation


def languages(edition: Edition) -> list[str]:
    """Languages in which every kind of certificate of the edition has its words."""
    rules = list(edition.certificate_rules.all())
    texts.prefetch(rules)
    given = [set(filter(None, rule.all_wordings("body"))) for rule in rules]
    return sorted(set.intersection(*given)) if given else []


def initial(participation: Participation) -> dict[str, Any]:
    """The name as it was confirmed, else as the person is known."""
    known = spelling_of(participation)
    person = participation.person
    if known is not None and known.name:
        return {
            "name": known.name,
            "latin_name": known.latin_name,
            "language": known.certificate_language,
        }
    return {"name": person.name, "latin_name": person.latin_name, "language": person.language}
