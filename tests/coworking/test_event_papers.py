"""Papers of an event: added by the team, opened by those they are for, by nobody else (COW-28, COW-38)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cae.core.errors import Code
from cae.core.models import AuditEntry, Document
from coworking.models import Event, EventPaper, EventPart, Registration
from coworking.services.agreements import Paper
from coworking.services.event_papers import (
    MOST_PAPERS,
    PaperData,
    add_paper,
    change_paper,
    put_paper_first,
    remove_paper,
)
from coworking.services.event_programme import PartData, remove, save_part
from coworking.services.registration_mails import open_link
from coworking.services.registrations import cancel_registration
from coworking.states.events import Audience, EventState, PaperFor, RegistrationState
from people.models import User
from people.states import RoleKind
from tests.factories.coworking_events import a_keeper, a_place, a_registration, an_event, over
from tests.factories.kernel import make_cooperative
from tests.factories.people import make_user
from tests.factories.person_files import PDF
from tests.pages import client_of, text
from tests.refusals import refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]
HOUR = timedelta(hours=1)
PNG = b"\x89PNG\r\n\x1a\n picture IEND"


def at(name: str, *args: Any) -> str:
    return reverse(f"coworking:{name}", args=args)


def a_paper(event: Event, title: str, audience: str = PaperFor.REGISTERED, **more: Any) -> EventPaper:
    data = PaperData(title, audience, **more)
    return add_paper(event, data=data, paper=Paper(PDF, "dossier/papier.pdf"), actor=None)


def test_each_paper_opens_to_those_it_is_for_and_does_not_exist_for_others() -> None:
    """Four papers: for anybody, for those registered, the kit of a workshop, the kit of all workshops; each
    row tells which ones somebody opens by their address, and which ones their page shows."""
    make_cooperative()
    event = an_event("congres")
    starts = event.starts_at
    leader, other, member, stranger = (make_user() for _ in range(4))

    def workshop(title: str, user: User) -> EventPart:
        data = PartData(title, starts, starts + HOUR / 2, facilitator=user.person)
        return save_part(event, None, data=data, actor=None)

    led = workshop("Habiter", leader)
    workshop("Produire", other)
    papers = [
        a_paper(event, "Programme", PaperFor.ANYBODY),
        a_paper(event, "Venir et dormir"),
        a_paper(event, "Kit Habiter", PaperFor.TEAM, part=led),
        a_paper(event, "Kit commun", PaperFor.TEAM),
    ]
    assert [paper.position for paper in papers] == [1, 2, 3, 4]
    assert papers[0].document.name == "papier.pdf"
    assert papers[0].document.retention_until.year == timezone.localdate(event.ends_at).year + 10
    come = a_registration(event, "Ben Deux", person=member.person)
    accounts = {
        "leader": (client_of(leader), "1111"),
        "other": (client_of(other), "1101"),
        "member": (client_of(member), "1100"),
        "stranger": (client_of(stranger), "1000"),
        "nobody": (Client(), "1000"),
        "keeper": (client_of(a_keeper()), "1111"),
        "manager": (client_of(make_user(RoleKind.CO_MANAGER)), "1111"),
    }

    def opened(client: Client, address: str = "agenda_paper", key: str = event.slug) -> str:
        codes = [client.get(at(address, key, paper.pk)).status_code for paper in papers]
        assert set(codes) <= {200, 404}
        return "".join("1" if code == 200 else "0" for code in codes)

    assert {who: opened(client) for who, (client, _) in accounts.items()} == {
        who: wanted for who, (_, wanted) in accounts.items()
    }
    for who, (client, wanted) in accounts.items():
        said = text(client.get(event.public_url))
        assert "".join(str(int(paper.title in said)) for paper in papers) == wanted, who
    answer = accounts["member"][0].get(papers[1].get_absolute_url())
    assert (answer.content, answer["Content-Type"], answer["Cache-Control"]) == (
        PDF,
        "application/pdf",
        "private, no-store",
    )

    # The page of the workshop: its kit and what is of the whole event; to lead another opens nothing here.
    kit = text(accounts["leader"][0].get(at("workshop_results", led.pk)))
    assert ("Kit Habiter" in kit, "Kit commun" in kit, "Programme" in kit) == (True, True, True)

    # The door of stored files asks the same.
    doors = [
        accounts[who][0].get(reverse("core:document", args=[papers[3].document_id])).status_code
        for who in ("leader", "member", "keeper")
    ]
    assert doors == [200, 404, 200]

    # By the link of a registration without account, as long as it stands; the page lists them.
    nina = a_registration(event, "Nina Roche")
    key = open_link(nina, now=timezone.now(), actor=None)[1]
    assert opened(Client(), "registration_paper", key) == "1100"
    said = text(Client().get(at("registration", key)))
    assert ("Venir et dormir" in said, "Kit" in said) == (True, False)
    assert (
        at("registration_paper", key, papers[1].pk) in Client().get(at("registration", key)).content.decode()
    )
    elsewhere = a_paper(an_event(), "D’ailleurs", PaperFor.ANYBODY)
    assert Client().get(at("registration_paper", key, elsewhere.pk)).status_code == 404
    assert Client().get(at("agenda_paper", event.slug, elsewhere.pk)).status_code == 404
    # By its number, the account of its person.
    assert opened(accounts["member"][0], "registration_paper", str(come.pk)) == "1100"
    assert opened(accounts["stranger"][0], "registration_paper", str(come.pk)) == "0000"
    Registration.objects.filter(pk=nina.pk).update(
        state=RegistrationState.WAITING, waits_since=timezone.now()
    )
    assert opened(Client(), "registration_paper", key) == "1000"
    cancel_registration(come, now=timezone.now(), actor=None)
    assert opened(accounts["member"][0]) == "1000"

    # Of an event that one does not see, nothing is opened; who comes or leads keeps what is theirs.
    Event.objects.filter(pk=event.pk).update(audience=Audience.MEMBERS)
    assert [opened(accounts[who][0]) for who in ("nobody", "stranger", "leader")] == ["0000", "0000", "1111"]
    Event.objects.filter(pk=event.pk).update(audience=Audience.ANYBODY, state=EventState.DRAFT)
    assert [opened(accounts[who][0]) for who in ("nobody", "leader", "keeper")] == ["0000", "1111", "1111"]

    # Taken off: nobody who came opens it, its file is left to those who keep the event.
    gone = papers[0].document_id
    remove_paper(papers[0], actor=None)
    door = reverse("core:document", args=[gone])
    left = [accounts[who][0].get(door).status_code for who in ("leader", "manager", "keeper")]
    assert left == [404, 403, 200]


def test_what_is_typed_of_a_paper_is_checked() -> None:
    make_cooperative()
    event = an_event("congres")
    starts = event.starts_at
    elsewhere = an_event("congres")
    part = save_part(event, None, data=PartData("Voter", starts, starts + HOUR), actor=None)
    starts = elsewhere.starts_at
    far = save_part(elsewhere, None, data=PartData("Loin", starts, starts + HOUR), actor=None)
    first = a_paper(event, "  Programme   détaillé ")
    assert first.title == "Programme détaillé"
    a_paper(elsewhere, "Programme détaillé")
    second = a_paper(event, "Kit", PaperFor.TEAM, part=part)
    for data, code, field in (
        (PaperData(" "), Code.VALUE_MISSING, "title"),
        (PaperData("x" * 121), Code.TEXT_TOO_LONG, "title"),
        (PaperData("PROGRAMME détaillé"), Code.DUPLICATE, "title"),
        (PaperData("Neuf", "the world"), Code.VALUE_INVALID, "audience"),
        (PaperData("Neuf", PaperFor.TEAM, far), Code.VALUE_INVALID, "part"),
    ):
        with refused(code, field):
            add_paper(event, data=data, paper=Paper(PDF, "a.pdf"), actor=None)
        with refused(code, field):
            change_paper(second, data=data, actor=None)
    for content in (b"plain words", b"#!/bin/sh", PDF + b"0" * (10 * 1024 * 1024)):
        with refused(Code.FILE_REFUSED, "file"):
            add_paper(event, data=PaperData("Neuf"), paper=Paper(content, "a.pdf"), actor=None)
    with refused(Code.NOT_ALLOWED, said="retirez-les"):
        remove(part, actor=None)
    changed = change_paper(second, data=PaperData("KIT", PaperFor.ANYBODY), actor=None)
    assert (changed.title, changed.audience, changed.part) == ("KIT", "anybody", None)
    entry = AuditEntry.objects.filter(verb="coworking.eventpaper.change").latest("pk")
    assert entry.detail["audience"] == ["team", "anybody"]
    remove(part, actor=None)
    put_paper_first(second, actor=None)
    assert [row.title for row in event.papers.all()] == ["KIT", "Programme détaillé"]
    for rank in range(MOST_PAPERS - 2):
        a_paper(event, f"Annexe {rank}")
    with refused(Code.NOT_ALLOWED, said="20 documents"):
        a_paper(event, "De trop")
    remove_paper(first, actor=None)
    # The report comes once it is over; of one called off, papers only go.
    over(event)
    Event.objects.filter(pk=event.pk).update(state=EventState.HELD)
    report = a_paper(event, "Compte rendu")
    Event.objects.filter(pk=event.pk).update(state=EventState.CANCELLED, cancel_reason="Neige")
    for act in (
        lambda: a_paper(event, "Neuf"),
        lambda: change_paper(report, data=PaperData("Neuf"), actor=None),
        lambda: put_paper_first(report, actor=None),
    ):
        with refused(Code.ILLEGAL_MOVE, said="annulé"):
            act()
    remove_paper(report, actor=None)
    assert not EventPaper.objects.filter(pk=report.pk).exists()
    assert Document.objects.filter(pk=report.document_id).exists()


def test_the_team_keeps_papers_on_the_page_of_the_programme() -> None:
    make_cooperative()
    place = a_place()
    event, keeper = an_event("congres", place=place), client_of(a_keeper(place))
    part = save_part(event, None, data=PartData("Voter", event.starts_at, event.starts_at + HOUR), actor=None)
    page, add = at("event_programme", event.pk), at("event_paper_add", event.pk)
    assert "Ni programme détaillé" in text(keeper.get(page))

    def sent(content: bytes, **typed: Any) -> dict[str, Any]:
        file = SimpleUploadedFile("plan.png", content)
        return {"title": "Plan", "audience": "team", "part": str(part.pk), "file": file} | typed

    wrong = keeper.post(add, sent(b"plain words"))
    assert wrong.status_code == 422
    assert ("Déposez un PDF" in text(wrong), 'value="Plan"' in wrong.content.decode()) == (True, True)
    assert keeper.post(add, {"title": "Plan", "audience": "team"}).status_code == 422
    assert not event.papers.exists()
    done = keeper.post(add, sent(PNG), follow=True)
    for word in ("Document ajouté.", "Plan", "L’équipe et qui anime un atelier", "Voter"):
        assert word in text(done), word
    paper = event.papers.get()
    assert (paper.part, paper.document.mime, paper.document.about_id) == (part, "image/png", str(event.pk))
    change, act = at("event_paper_change", paper.pk), at("event_paper_act", paper.pk)
    assert 'type="file"' not in keeper.get(change).content.decode()
    keeper.post(change, {"title": "Plan des salles", "audience": "anybody", "part": ""})
    paper.refresh_from_db()
    assert (paper.title, paper.audience, paper.part) == ("Plan des salles", "anybody", None)
    later = a_paper(event, "Annexe")
    keeper.post(at("event_paper_act", later.pk), {"do": "first"})
    assert [row.pk for row in event.papers.all()] == [later.pk, paper.pk]
    assert keeper.post(act, {"do": "burn"}).status_code == 404

    # Neither a facilitator of elsewhere nor who comes.
    guest = make_user()
    a_registration(event, "Ben Deux", person=guest.person)
    for user in (a_keeper(a_place("La Halte")), guest):
        client = client_of(user)
        answers = [client.get(add), client.post(change, {"title": "x"}), client.post(act, {"do": "remove"})]
        assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert event.papers.count() == 2
    said = text(keeper.post(act, {"do": "remove"}, follow=True))
    assert "Document retiré." in said
    assert event.papers.get() == later
    # Without parts, nothing to choose.
    assert (
        'name="part"' not in client_of(a_keeper()).get(at("event_paper_add", an_event().pk)).content.decode()
    )
