"""Workshops of a congress, their results written by who leads them; the sheet to sign (COW-38, COW-41)."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounting.engines.pdf_pages import page_texts
from cae.core.errors import Code
from cae.core.facts import awaited_in
from coworking.documents.events import days_of
from coworking.models import Event, EventPart
from coworking.selectors.event_workshops import WORKSHOPS_AWAITED, workshops_of
from coworking.services.event_programme import PartData, remove, save_part
from coworking.services.event_workshops import write_results
from coworking.states.events import Attendance, EventState, NotedHow
from tests.factories.coworking_events import a_keeper, a_registration, an_event
from tests.factories.kernel import make_cooperative
from tests.factories.people import make_territory, make_user
from tests.pages import client_of, text
from tests.refusals import refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]
HOUR = timedelta(hours=1)


def begun(event: Event) -> Event:
    """The same, begun an hour ago, its parts with it: time has passed."""
    back = event.starts_at - (timezone.now() - HOUR)
    for row in (event, *event.parts.all()):
        type(row)._base_manager.filter(pk=row.pk).update(
            starts_at=row.starts_at - back, ends_at=row.ends_at - back
        )
    return Event.objects.get(pk=event.pk)


def at(name: str, *args: Any) -> str:
    return reverse(f"coworking:{name}", args=args)


def test_who_leads_a_workshop_writes_what_it_came_to() -> None:
    make_cooperative()
    leader, guest, stranger, keeper = make_user(), make_user(), make_user(), a_keeper()
    event = an_event("congres")
    starts, west = event.starts_at, make_territory("Landes")
    late = make_territory("Zone franche")

    def part(title: str, **more: Any) -> EventPart:
        return save_part(event, None, data=PartData(title, starts, starts + HOUR / 2, **more), actor=None)

    led = part("Habiter", territory=west, facilitator=leader.person)
    other = part("Produire", territory=late)
    part("Ouvrir")
    a_registration(event, "Ben Deux", person=guest.person, parts=(led.pk,))
    assert [(one.territory, len(one.parts)) for one in workshops_of(event)] == [
        ("Landes", 1),
        ("Zone franche", 1),
        ("", 1),
    ]
    url = at("workshop_results", led.pk)
    early = client_of(leader).post(url, {"text": "Trop tôt", "version": "1"})
    assert "n’a pas commencé" in text(early)
    assert awaited_in(WORKSHOPS_AWAITED, leader, timezone.localdate()) == []
    event = begun(event)
    led.refresh_from_db()
    [todo] = awaited_in(WORKSHOPS_AWAITED, leader, timezone.localdate())
    assert (todo.url, "Habiter" in todo.label) == (url, True)
    assert awaited_in(WORKSHOPS_AWAITED, guest, timezone.localdate()) == []
    page = client_of(leader).get(url)
    assert "Ben Deux" in text(page)
    done = client_of(leader).post(url, {"text": "Un lieu par vallée", "version": "1"}, follow=True)
    assert "Un lieu par vallée" in text(done)
    stale = client_of(keeper).post(url, {"text": "Autre chose", "version": "1"})
    assert (stale.status_code, "Autre chose" in text(stale)) == (422, True)
    assert awaited_in(WORKSHOPS_AWAITED, leader, timezone.localdate()) == []
    codes = {
        name: [
            client_of(user).get(address).status_code
            for address in (at("event_results", event.pk), url, at("workshop_results", other.pk))
        ]
        for name, user in (("leader", leader), ("guest", guest), ("stranger", stranger), ("keeper", keeper))
    }
    assert codes == {
        "leader": [200, 200, 403],
        "guest": [200, 403, 403],
        "stranger": [403, 403, 403],
        "keeper": [200, 200, 200],
    }
    paper = client_of(guest).get(at("event_results_file", event.pk))
    said = " ".join(page_texts(paper.content))
    assert said.index("Landes") < said.index("Un lieu par vallée") < said.index("Zone franche")
    assert "Ce que les ateliers ont donné" in text(client_of(guest).get(event.public_url))
    assert "Ce que les ateliers ont donné" not in text(client_of(stranger).get(event.public_url))
    led.refresh_from_db()
    with refused(Code.NOT_ALLOWED, said="résultats"):
        remove(led, actor=None)
    now = timezone.now()
    for words, code in ((" ", Code.VALUE_MISSING), ("x" * 8001, Code.TEXT_TOO_LONG)):
        with refused(code, "text"):
            write_results(led, text=words, seen=None, now=now, actor=None)
    Event.objects.filter(pk=event.pk).update(state=EventState.CANCELLED, cancel_reason="Neige")
    with refused(Code.ILLEGAL_MOVE):
        write_results(led, text="x", seen=None, now=now, actor=None)


def test_a_sheet_to_sign_has_a_square_for_each_day() -> None:
    make_cooperative()
    event = an_event("seminaire")
    Event.objects.filter(pk=event.pk).update(ends_at=event.starts_at + timedelta(days=2))
    event.refresh_from_db()
    a_registration(event, "Ana Un", organisation="Scop Ti")
    excused = a_registration(event, "Ben Deux")
    type(excused).objects.filter(pk=excused.pk).update(
        attendance=Attendance.EXCUSED, noted_at=timezone.now(), noted_how=NotedHow.TEAM
    )
    keeper = client_of(a_keeper())
    assert "Feuille à signer" in text(keeper.get(at("event_attendance", event.pk)))
    answer = keeper.get(at("event_sheet", event.pk))
    assert answer["Content-Type"] == "application/pdf"
    said = " ".join(page_texts(answer.content))
    for word in ("Un Ana", "Scop Ti", "Deux Ben", "Excusé"):
        assert word in said, word
    assert said.count("Signature") == 3
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    one_day: Any = SimpleNamespace(starts_at=midnight, ends_at=midnight + timedelta(days=1))
    assert days_of(one_day) == [midnight.date()]
    assert client_of(make_user()).get(at("event_sheet", event.pk)).status_code == 403
