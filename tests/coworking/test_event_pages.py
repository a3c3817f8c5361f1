"""The pages of the team: who keeps which event, a series by its form, attendance, what follows, promotion."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from cae.core.models import OutgoingEmail
from coworking.models import Event, EventKind, EventSeries, Question, Registration
from coworking.services.event_programme import FieldData, save_field
from coworking.services.event_questions import ask_question
from coworking.services.next_steps import choose_next_step, open_application
from coworking.services.registration_mails import MOVED, THANKS
from coworking.states.events import EventState
from entrepreneurs.models import Application
from people.states import RoleKind
from tests.factories.coworking_events import a_keeper, a_place, a_registration, an_event, came, over
from tests.factories.people import make_admin, make_user
from tests.pages import client_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]
PARIS = ZoneInfo("Europe/Paris")
# Before the dates that tests write.
BEFORE = datetime(2026, 12, 1, 12, tzinfo=PARIS)


def clock(at: datetime) -> str:
    return f"{timezone.localtime(at):%Y-%m-%dT%H:%M}"


def typed(event: Event, **changes: Any) -> dict[str, Any]:
    """What the form of an event sends."""
    known = {
        "kind": event.kind_id,
        "title": event.title,
        "starts_at": clock(event.starts_at),
        "ends_at": clock(event.ends_at),
        "place": event.place_id or "",
        "venue": event.venue,
        "audience": event.audience,
        "guests_most": event.guests_most,
        "offer_hours": event.offer_hours,
        "sign_minutes": event.sign_minutes,
        "language": "fr",
        "version": event.version,
    }
    return known | changes


def test_one_keeps_the_events_of_ones_place_and_reads_the_others() -> None:
    here, away = a_place(), a_place("La Filature")
    mine, other = an_event(place=here), an_event(place=away, title="Ailleurs")
    keeper = client_of(a_keeper(here))
    assert "Ailleurs" in text(keeper.get(reverse("coworking:event_list")))
    assert "Ailleurs" not in text(keeper.get(reverse("coworking:event_list"), {"mine": "true"}))
    for name in ("event_change", "event_programme", "event_registrations", "event_attendance", "event_code"):
        assert keeper.get(reverse(f"coworking:{name}", args=[mine.pk])).status_code == 200, name
        assert keeper.get(reverse(f"coworking:{name}", args=[other.pk])).status_code == 403, name
    assert keeper.get(reverse("coworking:event", args=[other.pk])).status_code == 200
    stranger = client_of(make_user(RoleKind.ENTREPRENEUR))
    assert stranger.get(reverse("coworking:event_list")).status_code == 403
    page = reverse("coworking:event_create")
    there = keeper.post(page, typed(mine, place=away.pk))
    assert there.status_code == 422
    nowhere = keeper.post(page, typed(mine, place="", venue="Salle des fêtes"))
    assert "Vous organisez dans vos lieux" in text(nowhere)
    made = keeper.post(page, typed(mine, title="Porte ouverte"))
    assert made.status_code == 302
    assert Event.objects.get(title="Porte ouverte").state == EventState.DRAFT
    assert "Porte ouverte" in text(client_of(make_admin()).get(reverse("coworking:event_list")))
    csv = keeper.get(reverse("coworking:event_list"), {"export": "csv"}).content.decode()
    assert "Porte ouverte" in csv


def test_an_hour_that_the_clock_jumps_over_is_refused_and_what_was_typed_is_kept() -> None:
    place = a_place()
    keeper, event = client_of(a_keeper(place)), an_event(place=place)
    sent = typed(event, title="Nuit blanche", starts_at="2027-03-28T02:30", ends_at="2027-03-28T05:00")
    answer = keeper.post(reverse("coworking:event_create"), sent)
    assert answer.status_code == 422
    assert "Cette heure n’existe pas" in text(answer)
    assert "Nuit blanche" in answer.content.decode()
    # The hour that comes twice is the first.
    twice = sent | {"starts_at": "2027-10-31T02:30", "ends_at": "2027-10-31T05:00"}
    keeper.post(reverse("coworking:event_create"), twice)
    found = Event.objects.get(title="Nuit blanche").starts_at
    assert found.isoformat() == "2027-10-31T00:30:00+00:00"


@time_machine.travel(BEFORE)
def test_a_monthly_breakfast_keeps_its_hour_and_changes_by_one_date_or_all_that_follow() -> None:
    place = a_place()
    keeper = client_of(a_keeper(place))
    model = an_event("petit-dejeuner", place=place)
    sent = typed(
        model,
        title="Café",
        starts_at="2027-01-12T08:30",
        ends_at="2027-01-12T10:00",
        rhythm="monthly",
        every=1,
        last_on="2027-05-31",
    )
    page = reverse("coworking:series_create")
    alone = keeper.post(page, sent | {"last_on": "2027-01-20"})
    assert "Une seule date" in text(alone)
    assert "104 dates au plus" in text(
        keeper.post(page, sent | {"rhythm": "weekly", "last_on": "2032-01-01"})
    )
    assert not EventSeries.objects.exists()
    keeper.post(page, sent)
    dates = list(Event.objects.filter(title="Café").order_by("starts_at"))
    local = [row.starts_at.astimezone(PARIS) for row in dates]
    assert [f"{at:%d/%m %H:%M}" for at in local] == [
        "12/01 08:30",
        "09/02 08:30",
        "09/03 08:30",
        "13/04 08:30",
        "11/05 08:30",
    ]
    assert {at.utcoffset() for at in local} == {timedelta(hours=1), timedelta(hours=2)}
    keeper.post(reverse("coworking:event_act", args=[dates[0].pk]), {"do": "publish_series"})
    assert Event.objects.filter(title="Café", state=EventState.PUBLISHED).count() == 5
    a_registration(dates[3])
    # One date apart, then all from February: the one changed apart stays.
    change = reverse("coworking:event_change", args=[dates[2].pk])
    third = Event.objects.get(pk=dates[2].pk)
    keeper.post(change, typed(third, title="Café des familles", reach="one"))
    second = Event.objects.get(pk=dates[1].pk)
    later = {"starts_at": "2027-02-10T09:00", "ends_at": "2027-02-10T10:30", "reach": "following"}
    keeper.post(reverse("coworking:event_change", args=[second.pk]), typed(second, **later))
    found = Event.objects.filter(series=second.series).order_by("starts_at")
    assert [f"{row.starts_at.astimezone(PARIS):%d/%m %H:%M}" for row in found] == [
        "12/01 08:30",
        "10/02 09:00",
        "09/03 08:30",
        "14/04 09:00",
        "12/05 09:00",
    ]
    assert OutgoingEmail.objects.filter(cause=MOVED).count() == 1
    keeper.post(
        reverse("coworking:event_cancel", args=[dates[3].pk]), {"reason": "Travaux", "reach": "following"}
    )
    assert found.filter(state=EventState.CANCELLED).count() == 2


def test_attendance_is_noted_by_the_team_or_by_a_scan_and_can_be_taken_back() -> None:
    place = a_place()
    keeper, event = client_of(a_keeper(place)), an_event(place=place)
    row, other = a_registration(event), a_registration(event, "Ben Deux")
    note = reverse("coworking:event_note", args=[event.pk])
    early = keeper.post(note, {"registration": row.pk, "attendance": "present"}, follow=True)
    assert "pas encore commencé" in text(early)
    over(event)
    keeper.post(note, {"registration": row.pk, "attendance": "excused"})
    row.refresh_from_db()
    assert (row.attendance, row.noted_how) == ("excused", "team")
    assert "Noter présent·e" in text(keeper.get(reverse("coworking:event_scan", args=[row.pass_key])))
    keeper.post(note, {"registration": row.pk, "attendance": "present", "how": "scan"})
    row.refresh_from_db()
    assert (row.attendance, row.noted_how) == ("present", "scan")
    twice = keeper.post(note, {"registration": row.pk, "attendance": "present"}, follow=True)
    assert "C’est déjà noté" in text(twice)
    keeper.post(note, {"registration": row.pk, "attendance": "unknown"})
    row.refresh_from_db()
    assert (row.attendance, row.noted_how, row.noted_at) == ("unknown", "", None)
    keeper.post(reverse("coworking:event_act", args=[event.pk]), {"do": "absences"})
    assert set(event.registrations.values_list("attendance", flat=True)) == {"absent"}
    assert (
        client_of(a_keeper(a_place())).get(reverse("coworking:event_scan", args=[other.pass_key])).status_code
        == 403
    )


def test_an_attendee_becomes_an_application_in_one_click() -> None:
    place = a_place()
    keeper = client_of(a_keeper(place))
    event = an_event("reunion-information", place=place)
    row = a_registration(event, phone="06 11 22 33 44")
    over(event)
    page = reverse("coworking:event_guest", args=[row.pk])
    apply = reverse("coworking:event_guest_apply", args=[row.pk])
    assert "Notez d’abord sa présence" in text(keeper.get(page))
    assert "Notez d’abord sa présence" in text(keeper.post(apply, {"door": "idea"}, follow=True))
    came(row)
    wrong = keeper.post(page, {"step": "demain", "note": "Une boulangerie"})
    assert wrong.status_code == 422
    assert "Une boulangerie" in wrong.content.decode()
    keeper.post(page, {"step": "call", "note": "Une boulangerie au levain"})
    assert "n’existe pas" in text(keeper.post(apply, {"door": "fenetre"}, follow=True))
    assert not Application.objects.exists()
    assert "reçoit le lien" in text(keeper.post(apply, {"door": "idea"}, follow=True))
    made = Application.objects.get()
    said = (made.full_name, made.email, made.phone, made.summary, made.referral, made.territory)
    assert said == (
        "Nina Roche",
        "nina.roche@exemple.fr",
        "06 11 22 33 44",
        "Une boulangerie au levain",
        "event",
        place.scope.territory,
    )
    row.refresh_from_db()
    assert (row.application, row.next_step) == (made, "apply")
    assert OutgoingEmail.objects.filter(cause="entrepreneurs.application_begun", to=row.email).count() == 1
    assert "déjà ouverte" in text(keeper.post(apply, {"door": "idea"}, follow=True))
    assert Application.objects.count() == 1


def test_what_was_said_goes_into_the_application_as_far_as_it_fits() -> None:
    event = an_event("petit-dejeuner")
    field = save_field(event, None, data=FieldData("Quoi ?"), actor=None)
    row = a_registration(event, note="Plutôt le matin, ou le samedi.", answers={field.pk: "Du pain"})
    over(event)
    came(row)
    talk = "p" * 2980
    choose_next_step(row, step="apply", note=talk, actor=None)
    made = open_application(row, door="idea", now=timezone.now(), actor=None)
    # The remark would not fit whole; the answer does.
    assert made.summary == f"{talk}\n\nQuoi ?\nDu pain"


def test_the_team_moderates_puts_and_answers_questions() -> None:
    place = a_place()
    keeper, event = client_of(a_keeper(place)), an_event("conference-inversee", place=place)
    row = a_registration(event)
    question = ask_question(
        row, text="Que devient le capital ?", is_unnamed=True, now=timezone.now(), actor=None
    )
    act = reverse("coworking:question_act", args=[question.pk])
    answer = reverse("coworking:question_answer", args=[question.pk])
    assert "Que devient" in text(keeper.get(reverse("coworking:event_questions", args=[event.pk])))
    assert "Publiez la question" in text(keeper.post(act, {"do": "put"}, follow=True))
    keeper.post(act, {"do": "publish"})
    keeper.post(act, {"do": "put"})
    question.refresh_from_db()
    assert question.put_at is not None
    assert keeper.post(answer, {"answer": " "}).status_code == 422
    keeper.post(answer, {"answer": "Il reste à la coopérative."})
    question.refresh_from_db()
    assert (question.state, question.answer) == ("answered", "Il reste à la coopérative.")
    assert "n’est plus possible" in text(keeper.post(act, {"do": "discard"}, follow=True))
    assert client_of(a_keeper(a_place())).post(act, {"do": "discard"}).status_code == 403
    assert Question.objects.get().state == "answered"


def test_an_event_is_announced_thanked_for_once_and_its_sources_counted() -> None:
    place = a_place()
    keeper, event = client_of(a_keeper(place)), an_event(place=place)
    make_user(RoleKind.ENTREPRENEUR)
    page = reverse("coworking:event_announce", args=[event.pk])
    sent = {"audience": "entrepreneurs", "subject": "Venez", "text": "Un café.\n\nÀ mardi."}
    assert keeper.post(page, sent | {"text": ""}).status_code == 422
    assert "Personne n’a d’adresse" in text(keeper.post(page, sent | {"audience": "associates"}))
    keeper.post(page, sent)
    mail = OutgoingEmail.objects.get(cause="coworking.event_announced")
    assert "?de=lettre" in mail.text
    assert event.mailings.get().count == 1
    row = a_registration(event)
    Registration.objects.filter(pk=row.pk).update(source="lettre")
    thank = reverse("coworking:event_act", args=[event.pk])
    assert "Attendez la fin" in text(keeper.post(thank, {"do": "thank"}, follow=True))
    over(event)
    assert "Notez d’abord qui est venu" in text(keeper.post(thank, {"do": "thank"}, follow=True))
    came(row)
    keeper.post(thank, {"do": "thank"})
    assert "déjà partis" in text(keeper.post(thank, {"do": "thank"}, follow=True))
    assert OutgoingEmail.objects.filter(cause=THANKS).count() == 1
    shown = text(keeper.get(reverse("coworking:event_promotion", args=[event.pk])))
    assert "lettre 1" in shown


def test_kinds_and_programmes_are_written_by_their_pages() -> None:
    life = client_of(a_keeper())
    page = reverse("coworking:event_kinds")
    life.post(reverse("coworking:event_kind_first"))
    life.post(reverse("coworking:event_kind_first"))
    assert EventKind.objects.count() == 11
    add = reverse("coworking:event_kind_add")
    assert "porte déjà ce nom" in text(life.post(add, {"name": "Congrès", "minutes": "60"}))
    life.post(add, {"name": "Veillée", "minutes": "60", "is_light": "on", "is_active": "on"})
    assert "Veillée" in text(life.get(page))
    assert client_of(a_keeper(a_place())).get(page).status_code == 403
    event = an_event("seminaire")
    part = {"title": "Voter", "starts_at": clock(event.starts_at), "ends_at": clock(event.ends_at)}
    parts = reverse("coworking:programme_add", args=[event.pk, "parties"])
    late = {"ends_at": clock(event.ends_at + timedelta(hours=1))}
    assert "pendant l’événement" in text(life.post(parts, part | late))
    life.post(parts, part)
    questions = reverse("coworking:programme_add", args=[event.pk, "questions"])
    choice = {"label": "Train ou voiture ?", "kind": "choice", "choices": "Train"}
    assert "au moins deux choix" in text(life.post(questions, choice))
    life.post(questions, choice | {"choices": "Train\nVoiture"})
    assert event.fields.get().choices == ["Train", "Voiture"]
    made = event.parts.get()
    assert (
        life.get(reverse("coworking:programme_change", args=[event.pk, "parties", made.pk])).status_code
        == 200
    )
    life.post(reverse("coworking:programme_remove", args=[event.pk, "parties", made.pk]))
    assert not event.parts.exists()
    assert life.get(reverse("coworking:programme_add", args=[event.pk, "rien"])).status_code == 404
    form = text(life.get(reverse("coworking:registration_new", args=[event.slug])))
    assert "Train ou voiture" in form
