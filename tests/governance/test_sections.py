"""Sections meet before an assembly, on its agenda and without vote: planned, told, moved (GOV-19)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cae.core.errors import Code
from cae.core.facts import happenings_of
from cae.core.models import AuditEntry, OutgoingEmail
from governance.calculations.delays import Window, section_window
from governance.documents import convocations as papers
from governance.models import Assembly, SectionMeeting
from governance.selectors.assemblies import calendar_of
from governance.selectors.minutes_facts import facts_of
from governance.selectors.preparing import obstacles, warnings_of
from governance.services import assemblies, convening, sections
from governance.services.assemblies import cancel_assembly
from governance.services.sections import SectionData
from people.models import User
from people.states import RoleKind
from tests.factories.governance import make_assembly, make_member, make_organiser, make_resolution
from tests.factories.governance_assemblies import (
    in_days,
    make_draft,
    make_item,
    make_posted,
    make_reached,
    make_section_meeting,
)
from tests.factories.governance_minutes import make_held, make_minutes
from tests.factories.people import make_user
from tests.pages import client_of, text
from tests.refusals import refused

pytestmark = pytest.mark.django_db
# The assembly of the refusals: in summer, on a Saturday, at 14:00 in Paris.
STARTS = datetime(2027, 6, 19, 12, tzinfo=UTC)
NOW = datetime(2027, 5, 20, 8, tzinfo=UTC)
DATA = SectionData("Section de Dax", STARTS - timedelta(days=7), "Salle des fêtes, Dax")


@pytest.fixture
def actor() -> User:
    return make_organiser(email="organise@example.org")


@pytest.fixture
def assembly() -> Assembly:
    return make_draft(starts_at=STARTS)


def add(assembly: Assembly, actor: User, at: datetime = NOW, **changes: Any) -> SectionMeeting:
    return sections.add_section_meeting(assembly, data=replace(DATA, **changes), actor=actor, at=at)


def test_a_section_may_meet_from_the_fifteenth_day_before() -> None:
    window = section_window(date(2027, 6, 19))
    assert window == Window(date(2027, 6, 4), date(2027, 6, 19))
    assert not window.holds(date(2027, 6, 3))
    # Over the end of a year.
    assert section_window(date(2028, 1, 10)).first == date(2027, 12, 26)


def test_a_section_meeting_is_planned_changed_and_removed(assembly: Assembly, actor: User) -> None:
    meeting = add(assembly, actor, name="  Section   de Dax ")
    assert (meeting.name, meeting.place) == ("Section de Dax", "Salle des fêtes, Dax")
    how: dict[str, Any] = {"actor": actor, "at": NOW}
    changed = replace(DATA, place="", remote_link="https://visio.example.org/dax")
    sections.change_section_meeting(meeting, data=changed, **how)
    meeting.refresh_from_db()
    assert (meeting.place, meeting.remote_link) == ("", "https://visio.example.org/dax")
    sections.remove_section_meeting(meeting, actor=actor)
    assert not assembly.section_meetings.exists()
    verbs = AuditEntry.objects.filter(verb__startswith="governance.section_meeting").order_by("pk")
    assert [verb.rpartition(".")[2] for verb in verbs.values_list("verb", flat=True)] == [
        "add",
        "change",
        "remove",
    ]


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"name": " "}, (Code.VALUE_MISSING, "name", "Nommez cette section.")),
        ({"name": "x" * 121}, (Code.TEXT_TOO_LONG, "name", "120")),
        ({"place": " "}, (Code.VALUE_MISSING, "place", "Indiquez le lieu")),
        ({"place": "x" * 201}, (Code.TEXT_TOO_LONG, "place", "200")),
        ({"remote_link": "https://" + "x" * 300}, (Code.TEXT_TOO_LONG, "remote_link", "300")),
        ({"starts_at": NOW}, (Code.DATE_INVALID, "starts_at", "04/06/2027")),
        # 23:59 in Paris on D-16, 21:59 in UTC.
        (
            {"starts_at": datetime(2027, 6, 3, 21, 59, tzinfo=UTC)},
            (Code.DATE_INVALID, "starts_at", "04/06/2027"),
        ),
        (
            {"starts_at": STARTS},
            (Code.DATE_INVALID, "starts_at", "avant l’assemblée, qui commence le 19/06/2027"),
        ),
        ({"starts_at": STARTS + timedelta(days=1)}, (Code.DATE_INVALID, "starts_at", "avant l’assemblée")),
    ],
)
def test_what_a_section_meeting_may_not_be(
    assembly: Assembly, actor: User, changes: Any, refusal: tuple[Code, str, str]
) -> None:
    with refused(*refusal):
        add(assembly, actor, **changes)
    kept = make_section_meeting(assembly, "Autre section")
    with refused(*refusal):
        sections.change_section_meeting(kept, data=replace(DATA, **changes), actor=actor, at=NOW)


def test_the_first_minute_of_the_fifteenth_day_and_the_last_before_the_assembly(
    assembly: Assembly, actor: User
) -> None:
    assert add(assembly, actor, starts_at=datetime(2027, 6, 3, 22, tzinfo=UTC)).pk
    assert add(assembly, actor, starts_at=STARTS - timedelta(minutes=1)).pk


def test_a_moment_past_is_refused(assembly: Assembly, actor: User) -> None:
    with refused(Code.DATE_INVALID, "starts_at", "passée"):
        add(assembly, actor, at=DATA.starts_at)


def test_a_button_pressed_twice_plans_one_meeting(assembly: Assembly, actor: User) -> None:
    first = add(assembly, actor)
    with refused(Code.DUPLICATE, "name", "déjà prévue"):
        add(assembly, actor, name="section de DAX")
    # The same section may meet again another day; a meeting is saved as it was.
    assert add(assembly, actor, starts_at=DATA.starts_at + timedelta(days=1)).pk
    sections.change_section_meeting(first, data=DATA, actor=actor, at=NOW)
    sections.remove_section_meeting(first, actor=actor)
    for act in (
        lambda: sections.remove_section_meeting(first, actor=actor),
        lambda: sections.change_section_meeting(first, data=DATA, actor=actor, at=NOW),
    ):
        with refused(Code.ALREADY_DONE, None, "déjà retirée"):
            act()


def test_the_database_keeps_a_place_and_each_meeting_once(assembly: Assembly) -> None:
    make_section_meeting(assembly)
    for fields in ({"name": "SECTION DE DAX"}, {"name": "Autre", "place": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            make_section_meeting(assembly, **fields)


def test_what_the_convocation_told_changes_no_more_but_its_place(actor: User) -> None:
    _user, associate = make_member(email="nina@example.org")
    assembly = make_assembly(associates=(associate,), starts_at=in_days(20))
    meeting = make_section_meeting(assembly)
    data, now = SectionData("Autre", meeting.starts_at, "Ici"), timezone.now()
    with refused(Code.ILLEGAL_MOVE, None, "n’est plus en préparation"):
        sections.add_section_meeting(assembly, data=data, actor=actor, at=now)
    with refused(Code.ILLEGAL_MOVE):
        sections.change_section_meeting(meeting, data=data, actor=actor, at=now)
    with refused(Code.ILLEGAL_MOVE):
        sections.remove_section_meeting(meeting, actor=actor)
    how: dict[str, Any] = {"remote_link": "", "actor": actor, "at": now}
    with refused(Code.VALUE_MISSING, "place"):
        sections.move_section_meeting(meeting, place=" ", **how)
    with refused(Code.ALREADY_DONE, None, "déjà ceux-là"):
        sections.move_section_meeting(meeting, place=meeting.place, **how)
    with refused(Code.ILLEGAL_MOVE, None, "à venir"):
        sections.move_section_meeting(meeting, place="Ici", **how | {"at": meeting.starts_at})
    moved = sections.move_section_meeting(meeting, place="Maison des associations", **how)
    assert (moved.place, moved.starts_at) == ("Maison des associations", meeting.starts_at)
    email = OutgoingEmail.objects.get(cause="governance.section_meeting_moved")
    assert email.to == "nina@example.org"
    assert f"{meeting.name}, " in email.text
    assert "Maison des associations" in email.text
    assembly.refresh_from_db()
    assert assembly.version == 2


def called_off(meeting: SectionMeeting, actor: User, reason: str = "La salle est fermée") -> SectionMeeting:
    return sections.cancel_section_meeting(meeting, reason=reason, actor=actor, at=timezone.now())


def test_a_meeting_that_was_told_is_called_off_and_everybody_is_told(actor: User) -> None:
    user, associate = make_member(email="nina@example.org")
    assembly = make_assembly(associates=(associate,), starts_at=in_days(20))
    meeting = make_section_meeting(assembly)
    for reason, code in ((" ", Code.VALUE_MISSING), ("x" * 301, Code.TEXT_TOO_LONG)):
        with refused(code, "reason"):
            called_off(meeting, actor, reason)
    called_off(meeting, actor, " La salle   est fermée ")
    meeting.refresh_from_db()
    assert (meeting.is_held, meeting.cancel_reason) == (False, "La salle est fermée")
    email = OutgoingEmail.objects.get(cause="governance.section_meeting_cancelled")
    assert email.to == "nina@example.org"
    for said in ("n’aura pas lieu", "Section de Dax, ", "La salle est fermée", "se tient comme prévu"):
        assert said in email.text
    assembly.refresh_from_db()
    assert (assembly.state, assembly.version) == ("convened", 2)
    today = timezone.localdate()
    (happening,) = happenings_of(user, today, today + timedelta(days=15))
    assert (happening.is_cancelled, happening.revision) == (True, 2)
    assert [step.label for step in calendar_of(assembly, today) if "section" in step.label] == []
    entry = AuditEntry.objects.get(verb="governance.section_meeting.cancel")
    assert entry.detail == {"name": "Section de Dax", "reason": "La salle est fermée"}


def test_a_meeting_is_called_off_once_before_it_is_held(actor: User) -> None:
    _user, associate = make_member()
    assembly = make_assembly(associates=(associate,), starts_at=in_days(20))
    meeting = make_section_meeting(assembly)
    how: dict[str, Any] = {"reason": "Trop tard", "actor": actor}
    with refused(Code.ILLEGAL_MOVE, None, "déjà eu lieu"):
        sections.cancel_section_meeting(meeting, **how, at=meeting.starts_at)
    not_told = make_section_meeting(make_draft(rule_set=assembly.rule_set))
    with refused(Code.ILLEGAL_MOVE, None, "annoncée"):
        called_off(not_told, actor)
    called_off(meeting, actor)
    with refused(Code.ALREADY_DONE, None, "déjà annulée"):
        called_off(meeting, actor)
    with refused(Code.ALREADY_DONE, None, "déjà annulée"):
        sections.move_section_meeting(meeting, place="Ici", remote_link="", actor=actor, at=timezone.now())


def test_an_assembly_called_off_keeps_its_meetings_as_they_were(actor: User) -> None:
    assembly = make_assembly(starts_at=in_days(20))
    meeting = make_section_meeting(assembly)
    cancel_assembly(assembly, reason="Reportée", actor=actor)
    with refused(Code.ILLEGAL_MOVE, None, "annoncée"):
        called_off(meeting, actor)


def test_the_database_keeps_why_a_meeting_was_called_off(assembly: Assembly) -> None:
    for fields in ({"cancelled_at": NOW}, {"cancel_reason": "Sans date"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            make_section_meeting(assembly, **fields)


def test_who_is_called_later_is_not_told_what_was_called_off(actor: User) -> None:
    make_reached()
    assembly = make_draft()
    meeting = make_section_meeting(assembly)
    make_section_meeting(assembly, "Section de Pau")
    convening.convene(assembly, actor=actor, at=timezone.now())
    called_off(meeting, actor)
    make_reached("nouveau@example.org", admitted_on=timezone.localdate())
    convening.call_newcomers(assembly, actor=actor, at=timezone.now())
    mail = OutgoingEmail.objects.get(cause="governance.convocation", to="nouveau@example.org")
    assert "Section de Pau" in mail.text
    assert "Section de Dax" not in mail.text


def test_a_meeting_in_preparation_is_changed_and_not_moved(assembly: Assembly, actor: User) -> None:
    meeting = make_section_meeting(assembly)
    with refused(Code.ILLEGAL_MOVE):
        sections.move_section_meeting(meeting, place="Ici", remote_link="", actor=actor, at=NOW)


def test_an_assembly_that_changed_its_day_is_not_convened_before_its_sections_are_seen_again(
    actor: User,
) -> None:
    make_reached()
    assembly = make_draft(days=30)
    meeting = make_section_meeting(assembly)
    assert not obstacles(assembly, timezone.now())
    for starts_at, said in ((in_days(40), "à partir du"), (in_days(20), "avant l’assemblée")):
        Assembly.objects.filter(pk=assembly.pk).update(starts_at=starts_at)
        with refused(Code.DATE_INVALID, None, said):
            convening.convene(assembly, actor=actor, at=timezone.now())
    Assembly.objects.filter(pk=assembly.pk).update(starts_at=in_days(16))
    SectionMeeting.objects.filter(pk=meeting.pk).update(starts_at=timezone.now() - timedelta(minutes=1))
    with refused(Code.DATE_INVALID, None, "« Section de Dax » à revoir."):
        convening.convene(assembly, actor=actor, at=timezone.now())


def test_the_convocation_tells_them_by_mail_and_on_paper(
    actor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_reached()
    make_posted()
    assembly = make_draft()
    make_section_meeting(assembly, remote_link="https://visio.example.org/dax")
    convened = convening.convene(assembly, actor=actor, at=timezone.now())
    mail = OutgoingEmail.objects.get(cause="governance.convocation")
    assert "Réunions de section, sur le même ordre du jour et sans vote :\nSection de Dax, " in mail.text
    assert "Salle des fêtes, Dax, https://visio.example.org/dax" in mail.text
    drawn: list[str] = []
    monkeypatch.setattr(papers, "render_pdf", lambda html, **_how: drawn.append(html) or b"")
    papers.convocation_pdf(convened, on=timezone.localdate())
    papers.letters_pdf(
        convened, list(convened.convocations.filter(channel="letter")), on=timezone.localdate()
    )
    for html in drawn:
        assert "Réunions de section" in html
        assert "Section de Dax" in html
        assert "https://visio.example.org/dax" in html
    assert len(drawn) == 2


def test_a_convocation_without_sections_says_nothing_of_them(actor: User) -> None:
    make_reached()
    convening.convene(make_draft(), actor=actor, at=timezone.now())
    mail = OutgoingEmail.objects.get(cause="governance.convocation")
    assert "section" not in mail.text
    assert "\n\n\n" not in mail.text
    assert "<p></p>" not in mail.html


def test_they_stand_in_the_calendar_of_the_assembly(assembly: Assembly) -> None:
    make_section_meeting(assembly)
    make_section_meeting(assembly, "Section de Pau", starts_at=STARTS - timedelta(hours=3))
    steps = [(step.label, step.on) for step in calendar_of(assembly, date(2027, 5, 20))]
    assert ("Réunion de section : Section de Dax", date(2027, 6, 12)) in steps
    # In the morning of the assembly, hence before it.
    assert [label for label, _on in steps[-2:]] == ["Réunion de section : Section de Pau", "Assemblée"]


def test_they_stand_in_the_calendar_of_who_is_called(actor: User) -> None:
    user, associate = make_member()
    assembly = make_assembly(title="AG de juin", associates=(associate,), starts_at=in_days(20))
    meeting = make_section_meeting(assembly)
    make_section_meeting(make_draft(rule_set=assembly.rule_set))
    today = timezone.localdate()
    # The assembly itself is still too far.
    (happening,) = happenings_of(user, today, today + timedelta(days=15))
    assert str(happening.title) == "Section de Dax : réunion de section avant « AG de juin »"
    assert (happening.starts, happening.place) == (meeting.starts_at, meeting.place)
    stranger, _other = make_member()
    assert not happenings_of(stranger, today, today + timedelta(days=30))
    cancel_assembly(assembly, reason="Reportée", actor=actor)
    gone = happenings_of(user, today, today + timedelta(days=30))
    assert [one.is_cancelled for one in gone] == [True, True]


def test_the_minutes_say_what_the_convocation_told() -> None:
    assembly, people = make_held()
    make_section_meeting(assembly)
    make_section_meeting(assembly, "Section de Pau", place="", remote_link="https://visio.example.org/pau")
    minutes = make_minutes(assembly, people[0][0])
    assert facts_of(minutes)["sections"] == [
        {"name": "Section de Dax", "on": "05/06/2026 à 18:04", "place": "Salle des fêtes, Dax"},
        {"name": "Section de Pau", "on": "05/06/2026 à 18:04", "place": "à distance"},
    ]


def test_the_minutes_say_what_was_called_off() -> None:
    assembly, people = make_held()
    make_section_meeting(assembly, cancelled_at=timezone.now(), cancel_reason="Salle fermée")
    (told,) = facts_of(make_minutes(assembly, people[0][0]))["sections"]
    assert told["place"] == "Salle des fêtes, Dax (annulée : Salle fermée)"


def test_a_second_call_says_that_no_section_meets_again(actor: User) -> None:
    """The days of the meetings of the first call are over: they are planned again, or not at all."""
    first = make_assembly(state="closed")
    make_resolution(first, item=make_item(first))
    make_section_meeting(first)
    make_section_meeting(first, "Section de Pau", cancelled_at=timezone.now(), cancel_reason="Salle fermée")
    second = assemblies.call_again(
        first,
        starts_at=in_days(40),
        keys=list(first.resolutions.values_list("pk", flat=True)),
        actor=actor,
        at=timezone.now(),
    )
    assert not second.section_meetings.exists()
    said = [one for one in warnings_of(second) if "réunions de section" in one]
    assert len(said) == 1
    assert "(Section de Dax)" in said[0]
    assert not [one for one in warnings_of(first) if "réunions de section" in one]
    make_section_meeting(second, starts_at=second.starts_at - timedelta(days=3))
    assert not [one for one in warnings_of(second) if "réunions de section" in one]


def page(name: str, pk: int) -> str:
    return reverse(f"governance:{name}", args=[pk])


def local(moment: datetime) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M")


@pytest.mark.usefixtures("demonstration")
def test_an_organiser_plans_changes_and_removes_on_the_pages(actor: User) -> None:
    assembly, client = make_draft(), client_of(actor)
    assert "Aucune : les sections peuvent débattre" in text(client.get(assembly.get_absolute_url()))
    form = {"name": "Section de Dax", "starts_at": local(in_days(25)), "place": "", "remote_link": ""}
    answer = client.post(page("section_new", assembly.pk), form)
    assert answer.status_code == 422
    assert "Indiquez le lieu de cette réunion" in text(answer)
    client.post(page("section_new", assembly.pk), form | {"place": "Salle des fêtes, Dax"})
    meeting = assembly.section_meetings.get()
    shown = text(client.get(assembly.get_absolute_url()))
    assert "Salle des fêtes, Dax" in shown
    assert "Réunion de section : Section de Dax" in shown
    assert "Section de Dax" in text(client.get(page("section_change", meeting.pk)))
    client.post(page("section_change", meeting.pk), form | {"place": "Mairie de Dax"})
    assert assembly.section_meetings.get().place == "Mairie de Dax"
    assert client.get(page("section_remove", meeting.pk)).status_code == 405
    client.post(page("section_remove", meeting.pk))
    assert not assembly.section_meetings.exists()


@pytest.mark.usefixtures("demonstration")
def test_a_meeting_that_was_told_is_moved_on_its_page(actor: User) -> None:
    _user, associate = make_member()
    assembly = make_assembly(associates=(associate,), starts_at=in_days(20))
    meeting, client = make_section_meeting(assembly), client_of(actor)
    shown = client.get(assembly.get_absolute_url())
    assert page("section_move", meeting.pk) in shown.content.decode()
    assert page("section_remove", meeting.pk) not in shown.content.decode()
    client.post(page("section_move", meeting.pk), {"place": "Mairie de Dax", "remote_link": ""})
    assert SectionMeeting.objects.get().place == "Mairie de Dax"


@pytest.mark.usefixtures("demonstration")
def test_a_meeting_that_was_told_is_called_off_on_its_page(actor: User) -> None:
    user, associate = make_member()
    assembly = make_assembly(associates=(associate,), starts_at=in_days(20))
    meeting, client = make_section_meeting(assembly), client_of(actor)
    assert page("section_cancel", meeting.pk) in client.get(assembly.get_absolute_url()).content.decode()
    asked = text(client.get(page("section_cancel", meeting.pk)))
    assert "Section de Dax, " in asked
    assert "L’assemblée n’est pas annulée." in asked
    assert client.post(page("section_cancel", meeting.pk), {"reason": " "}).status_code == 422
    client.post(page("section_cancel", meeting.pk), {"reason": "Salle inondée"})
    for reader, address in (
        (client, assembly.get_absolute_url()),
        (client_of(user), page("member_assembly", assembly.pk)),
    ):
        shown = reader.get(address)
        assert "Salle inondée" in text(shown)
        assert page("section_move", meeting.pk) not in shown.content.decode()


@pytest.mark.usefixtures("demonstration")
def test_the_page_of_associates_shows_them() -> None:
    user, associate = make_member()
    assembly = make_assembly(associates=(associate,), starts_at=in_days(20))
    url = page("member_assembly", assembly.pk)
    assert "Réunions de section" not in text(client_of(user).get(url))
    make_section_meeting(assembly, remote_link="https://visio.example.org/dax")
    shown = client_of(user).get(url)
    assert "Elles débattent du même ordre du jour" in text(shown)
    assert "https://visio.example.org/dax" in shown.content.decode()


@pytest.mark.usefixtures("demonstration")
@pytest.mark.parametrize("kind", [RoleKind.ASSOCIATE, RoleKind.AUDITOR, RoleKind.ADMINISTRATOR])
def test_who_does_not_organise_plans_nothing(kind: RoleKind) -> None:
    user = make_user(kind)
    if kind == RoleKind.ASSOCIATE:
        user, associate = make_member()
        assembly = make_assembly(associates=(associate,), starts_at=in_days(20))
    else:
        assembly = make_draft()
    meeting, client = make_section_meeting(assembly), client_of(user)
    assert client.get(page("section_new", assembly.pk)).status_code == 403
    for name in ("section_change", "section_move", "section_cancel", "section_remove"):
        assert client.post(page(name, meeting.pk)).status_code == 403
    assert SectionMeeting.objects.get().place == meeting.place


@pytest.mark.usefixtures("demonstration")
def test_a_meeting_out_of_sight_is_not_found() -> None:
    user, _associate = make_member()
    meeting = make_section_meeting(make_draft())
    assert client_of(user).get(page("section_change", meeting.pk)).status_code in (403, 404)
    assert client_of(make_organiser()).get(page("section_change", meeting.pk + 1)).status_code == 404


@pytest.mark.usefixtures("demonstration")
def test_pages_ask_the_same_whatever_the_number_of_sections(actor: User) -> None:
    user, associate = make_member()
    assembly = make_assembly(associates=(associate,), starts_at=in_days(20))
    make_section_meeting(assembly)
    asked = ((client_of(actor), "assembly_detail"), (client_of(user), "member_assembly"))
    for client, name in asked:
        client.get(page(name, assembly.pk))
    before = [queries_of(client, page(name, assembly.pk)) for client, name in asked]
    for rank in range(29):
        make_section_meeting(assembly, f"Section {rank}")
    assert [queries_of(client, page(name, assembly.pk)) for client, name in asked] == before


def queries_of(client: Any, url: str) -> int:
    with CaptureQueriesContext(connection) as caught:
        assert client.get(url).status_code == 200
    return len(caught)
