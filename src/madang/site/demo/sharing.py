"""The demo's country papers: asked for, sent, reviewed, and given places on Monday afternoon."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from madang.papers.actions import asking, chasing, presenting, reviewing, writing
from madang.papers.models import Paper, PaperKind, PaperRequest
from madang.people.models import Country
from madang.site.demo.company import Company, participants
from madang.site.demo.content import content, given
from madang.site.demo.materials import handout
from madang.site.demo.story import Step
from madang.workshops.models import Participation

READ_AFTER = timedelta(days=1)


def steps() -> Iterator[Step]:
    """The request, what each delegation sent, what reviewers said, and who presents."""
    stated = content("papers")
    yield Step(stated["opened"] - timedelta(hours=2), _prepare)
    yield Step(stated["opened"], _open)
    for moment in stated["reminded"]:
        yield Step(moment, _remind)
    for entry in stated["papers"]:
        for kind in stated["kinds"]:
            yield from _of_one(entry, kind["code"])
    yield Step(stated["excused"]["at"], _excuse)
    yield Step(stated["extended"]["at"], _extend)
    yield Step(stated["placed"], _place)


def _of_one(entry: Mapping[str, Any], code: str) -> Iterator[Step]:
    """A paper is sent, goes back once perhaps, and is accepted a day later."""
    # What stands for one kind alone goes before what stands for both.
    told = {**entry, **entry.get(code, {})}
    by_mail = entry.get("by_mail", False)
    returned = entry.get("returned", {})
    if returned.get("kind") == code:
        yield Step(returned["sent"], partial(_send, entry=entry, code=code))
        yield Step(returned["at"], partial(_send_back, entry=entry, code=code))
    sent: datetime = told["sent"]
    read: datetime = told.get("read", sent + READ_AFTER)
    yield Step(sent, partial(_send, entry=entry, code=code, by_mail=by_mail))
    yield Step(read, partial(_accept, entry=entry, code=code))


def _prepare(company: Company) -> None:
    """What is asked for, with guidance and a template in two languages."""
    stated = content("papers")
    request = asking.begin(company.incheon, actor=company.officer)
    asking.change(
        request,
        {"deadline": stated["deadline"]},
        expected_version=request.version,
        actor=company.officer,
    )
    for entry in stated["kinds"]:
        kind = PaperKind.objects.select_related("request").get(request=request, code=entry["code"])
        values = {"guidance": entry["guidance"]["en"], "most_pages": entry["most_pages"]}
        asking.change_kind(kind, values, expected_version=kind.version, actor=company.officer)
        kind.refresh_from_db()
        given(kind, entry)
        template = entry["template"]
        file = handout("template.pdf", template["title"], template["lead"], template["points"])
        asking.put_template(kind, "en", file, actor=company.officer)


def _open(company: Company) -> None:
    asking.open_request(PaperRequest.objects.get(edition=company.incheon), actor=company.officer)


def _remind(company: Company) -> None:
    """What the worker does each hour."""
    del company
    asking.ask_everywhere()
    chasing.remind_everywhere()


def _paper(company: Company, country: str, code: str) -> Paper:
    papers = Paper.objects.select_related("kind__request", "country", "edition")
    return papers.get(edition=company.incheon, country__alpha2=country, kind__code=code)


def _delegation(company: Company, country: str) -> list[Participation]:
    found: dict[str, list[Participation]] = defaultdict(list)
    for one in participants(company.incheon).values():
        if one.country is not None:
            found[one.country.alpha2].append(one)
    return found[country]


def _send(company: Company, *, entry: Mapping[str, Any], code: str, by_mail: bool = False) -> None:
    paper = _paper(company, entry["country"], code)
    lead = _delegation(company, entry["country"])[0]
    language = entry.get("language", "en")
    titles = entry["title"]
    writing.save(
        paper,
        {
            "title": titles[language],
            "abstract": entry["abstract"][language],
            "language": language,
            "lead": lead,
            "licence": entry.get("licence", Paper.Licence.RESERVED),
        },
        english={"title": titles["en"], "abstract": entry["abstract"]["en"]},
        upload=handout(
            "paper.pdf", titles["en"], entry["abstract"]["en"], content("papers")["points"][code]
        ),
        agreed=entry["agreed"],
        send=True,
        expected_version=paper.version,
        on_behalf=by_mail,
        actor=company.officer if by_mail else lead.person.account,
    )


def _accept(company: Company, *, entry: Mapping[str, Any], code: str) -> None:
    paper = _paper(company, entry["country"], code)
    reviewing.accept(paper, "", expected_version=paper.version, actor=company.officer)


def _send_back(company: Company, *, entry: Mapping[str, Any], code: str) -> None:
    paper = _paper(company, entry["country"], code)
    text = entry["returned"]["text"]
    reviewing.send_back(paper, text, expected_version=paper.version, actor=company.officer)


def _excuse(company: Company) -> None:
    stated = content("papers")["excused"]
    for kind in content("papers")["kinds"]:
        paper = _paper(company, stated["country"], kind["code"])
        reviewing.excuse(
            paper, stated["reason"], expected_version=paper.version, actor=company.officer
        )


def _extend(company: Company) -> None:
    stated = content("papers")["extended"]
    for kind in content("papers")["kinds"]:
        paper = _paper(company, stated["country"], kind["code"])
        reviewing.extend(
            paper,
            stated["until"],
            stated["note"],
            expected_version=paper.version,
            actor=company.officer,
        )


def _place(company: Company) -> None:
    """Eleven countries, five minutes each."""
    presenting_ones = [
        entry["country"] for entry in content("papers")["papers"] if "place" in entry
    ]
    by_code = {
        country.alpha2: country.pk for country in Country.objects.filter(alpha2__in=presenting_ones)
    }
    presenting.place(
        company.incheon,
        company.sessions["countries-1"],
        [by_code[code] for code in presenting_ones],
        5,
        actor=company.officer,
    )
