"""Departures: what is settled first, what ends on the day, what is followed after (ENT-39)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction

from cae.core import facts
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.models import OutgoingEmail
from entrepreneurs.models import Activity, Exit, ExitStep, Letter, Meeting
from entrepreneurs.selectors.exits import steps_left, steps_shown
from entrepreneurs.selectors.handing_over import held_by
from entrepreneurs.selectors.referents import coaches_of
from entrepreneurs.services import exits as verbs
from entrepreneurs.services.handing_over import hand_over
from entrepreneurs.services.meetings import arrange_meeting
from entrepreneurs.services.members import change_part, join_activity
from entrepreneurs.services.register import leave_register
from entrepreneurs.services.slots import close_days
from entrepreneurs.states.exits import EXIT_FLOW, STEP_CODES
from people.models import Deadline, PersonScope, Role, StatusPeriod, User
from people.selectors.statuses import statuses_on
from people.services.accounts import close_due_accounts
from people.services.requests import take_request
from people.services.scopes import join_scope, leave_scope
from people.services.statuses import open_status
from people.states import RoleKind
from tests.factories.coaching import coach, day_ahead, make_advisor, make_coached, person_of
from tests.factories.desk import DAY, EXIT, make_exit, make_hiring, make_request
from tests.factories.entrepreneurs import make_activity, make_entrepreneur
from tests.factories.kernel import make_cooperative
from tests.factories.people import make_member, make_person, make_user
from tests.pages import client_of

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 2, 10, tzinfo=UTC)
MOVES: dict[str, Any] = {
    "close": lambda row, actor: verbs.close_exit(row, confirmed=True, actor=actor, at=AT),
    "cancel": lambda row, actor: verbs.cancel_exit(row, reason="Reste", actor=actor),
}
WAY = {"prepared": (), "closed": ("close",), "cancelled": ("cancel",)}


@pytest.fixture
def hr() -> User:
    return make_user(RoleKind.HUMAN_RESOURCES)


@pytest.mark.parametrize("state", WAY)
@pytest.mark.parametrize("move", MOVES)
def test_each_move_goes_or_is_refused(move: str, state: str, hr: User) -> None:
    row = make_exit(make_person(), hr)
    for step in WAY[state]:
        row = MOVES[step](row, hr)
    before = (list(Exit.objects.values()), list(StatusPeriod.objects.values()))
    if state in EXIT_FLOW.move(move).sources:
        assert MOVES[move](row, hr).state == EXIT_FLOW.move(move).target
    else:
        with pytest.raises(IllegalMove):
            MOVES[move](row, hr)
        assert (list(Exit.objects.values()), list(StatusPeriod.objects.values())) == before


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": "x"}, "kind"),
        ({"choice": "x"}, "choice"),
        ({"account_closes_on": EXIT.last_day}, "account_closes_on"),
    ],
)
def test_a_wrong_departure_is_refused(wrong: dict[str, Any], field: str, hr: User) -> None:
    person = make_person()
    with pytest.raises(Refused) as refusal:
        make_exit(person, hr, data=replace(EXIT, **wrong))
    assert refusal.value.field == field
    assert not Exit.objects.exists()
    row = make_exit(person, hr)
    with pytest.raises(Refused):
        verbs.change_exit(row, data=replace(EXIT, **wrong), actor=hr, on=DAY)
    assert Exit.objects.get().kind == EXIT.kind


def test_one_departure_at_a_time(hr: User) -> None:
    row = make_exit(make_person(), hr)
    with pytest.raises(Refused) as refusal:
        make_exit(row.person, hr)
    assert refusal.value.code == Code.DUPLICATE
    verbs.cancel_exit(row, reason="Reste", actor=hr)
    make_exit(row.person, hr)


def test_its_date_moves_and_closes(hr: User) -> None:
    row = make_exit(make_person(), hr)
    assert Deadline.objects.get().due_on == EXIT.last_day
    later = replace(EXIT, last_day=date(2026, 6, 30), account_closes_on=date(2026, 9, 30))
    verbs.change_exit(row, data=later, actor=hr, on=DAY)
    assert Deadline.objects.get().due_on == date(2026, 6, 30)
    verbs.cancel_exit(Exit.objects.get(), reason="Reste", actor=hr)
    assert Deadline.objects.get().closed_at is not None


def test_steps_are_settled_and_reopened(hr: User) -> None:
    row = make_exit(make_person(), hr)
    verbs.settle_step(row, code="keys", note="Badge 12", actor=hr, on=DAY)
    verbs.settle_step(row, code="keys", note="Badge 13", actor=hr, on=DAY)
    assert ExitStep.objects.get().note == "Badge 13"
    assert len(steps_left(row)) == len(STEP_CODES) - 1
    verbs.unsettle_step(row, code="keys", actor=hr)
    verbs.unsettle_step(row, code="keys", actor=hr)
    assert len(steps_left(row)) == len(STEP_CODES)
    with pytest.raises(Refused):
        verbs.settle_step(row, code="x", note="", actor=hr, on=DAY)
    row = MOVES["cancel"](row, hr)
    for perform in (
        lambda: verbs.settle_step(row, code="keys", note="", actor=hr, on=DAY),
        lambda: verbs.unsettle_step(row, code="keys", actor=hr),
        lambda: verbs.change_exit(row, data=EXIT, actor=hr, on=DAY),
    ):
        with pytest.raises(Refused):
            perform()
    assert not ExitStep.objects.exists()


def test_figures_come_from_the_books(hr: User) -> None:
    user, _activity = make_entrepreneur()
    assert user.person
    row = make_exit(user.person, hr)
    amounts = {one.step.code: one.amount for one in steps_shown(row, DAY)}
    assert amounts["invoices"] == 0
    assert amounts["balance"] == 0
    assert amounts["keys"] is None


def test_what_is_left_is_named_and_confirmed(hr: User) -> None:
    row = make_exit(make_person(), hr)
    with pytest.raises(Refused) as refusal:
        verbs.close_exit(row, actor=hr, at=AT)
    assert refusal.value.field == "confirmed"
    assert "Clés" in str(refusal.value)
    for code in STEP_CODES:
        verbs.settle_step(row, code=code, note="", actor=hr, on=DAY)
    assert verbs.close_exit(row, actor=hr, at=AT).state == "closed"


def test_who_stays_does_not_leave_nor_does_one_let_oneself_out(hr: User) -> None:
    row = make_exit(make_person(), hr, data=replace(EXIT, choice="stays"))
    with pytest.raises(Refused) as refusal:
        MOVES["close"](row, hr)
    assert refusal.value.field == "choice"
    assert hr.person
    own = make_exit(hr.person, hr)
    with pytest.raises(Refused):
        MOVES["close"](own, hr)
    assert set(Exit.objects.values_list("state", flat=True)) == {"prepared"}
    with pytest.raises(Refused):
        verbs.cancel_exit(own, reason=" ", actor=hr)


def test_everything_ends_on_the_day(hr: User) -> None:
    user, alone = make_entrepreneur()
    person = user.person
    assert person
    shared = make_activity(user, make_person())
    open_status(person, kind="community_member", starts_on=date(2026, 1, 1), reason="Vote", actor=hr)
    open_status(person, kind="associate", starts_on=date(2026, 1, 1), reason="AG", actor=hr)
    entry = make_hiring(person)
    MOVES["close"](make_exit(person, hr), hr)
    last, after = EXIT.last_day, date(2026, 5, 1)
    assert Activity.objects.get(pk=alone.pk).closed_on == last
    assert Activity.objects.get(pk=shared.pk).closed_on is None
    assert set(person.memberships.values_list("ends_on", flat=True)) == {last}
    assert {status.kind for status in statuses_on(person, last)} == {"community_member", "associate"}
    assert {status.kind for status in statuses_on(person, after)} == {"leaver", "associate"}
    user.refresh_from_db()
    assert user.closes_on == EXIT.account_closes_on
    entry.refresh_from_db()
    assert entry.left_on == last
    assert dict(Deadline.objects.open().values_list("kind", "due_on")) == {  # type: ignore[attr-defined]
        "declaration": date(2026, 3, 31),
        "follow_up_6": date(2026, 10, 30),
        "follow_up_12": date(2027, 4, 30),
    }


def test_who_leaves_a_collective_leaves_it_led(hr: User) -> None:
    user, activity = make_entrepreneur()
    colleague = make_person()
    member = join_activity(activity, person=colleague, starts_on=date(2026, 1, 1), actor=None)
    assert user.person
    row = make_exit(user.person, hr)
    before = list(PersonScope.objects.order_by("pk").values_list("pk", "ends_on"))
    with pytest.raises(Refused) as refusal:
        MOVES["close"](row, hr)
    assert refusal.value.code == Code.VALUE_MISSING
    row.refresh_from_db()
    assert row.state == "prepared"
    assert list(PersonScope.objects.order_by("pk").values_list("pk", "ends_on")) == before
    change_part(member, role="lead", starts_on=date(2026, 4, 1), actor=None)
    MOVES["close"](row, hr)
    assert Activity.objects.get().closed_on is None
    assert set(user.person.memberships.values_list("ends_on", flat=True)) == {EXIT.last_day}


def test_an_activity_left_for_a_while_closes_once(hr: User) -> None:
    user, activity = make_entrepreneur()
    assert user.person
    own = user.person.memberships.get()
    leave_scope(own, last_day=date(2026, 6, 30), actor=None)
    later = join_scope(user.person, scope=activity.scope, starts_on=date(2026, 9, 1), actor=None)
    MOVES["close"](make_exit(user.person, hr), hr)
    later.refresh_from_db()
    assert (Activity.objects.get().closed_on, later.ends_on) == (EXIT.last_day, date(2026, 8, 31))


def test_an_account_whose_day_is_past_closes_at_once(hr: User) -> None:
    user = make_user(RoleKind.ENTREPRENEUR)
    assert user.person
    row = make_exit(user.person, hr)
    verbs.close_exit(row, confirmed=True, actor=hr, at=datetime(2026, 9, 1, tzinfo=UTC))
    user.refresh_from_db()
    assert not user.is_active


def test_news_is_asked_after(hr: User) -> None:
    row = make_exit(make_person(), hr)
    with pytest.raises(Refused):
        verbs.follow_up(row, kind="follow_up_6", actor=hr)
    row = MOVES["close"](row, hr)
    with pytest.raises(Refused):
        verbs.follow_up(row, kind="exit", actor=hr)
    verbs.follow_up(row, kind="follow_up_6", actor=hr)
    assert Deadline.objects.open().get().kind == "follow_up_12"  # type: ignore[attr-defined]


def test_what_the_database_refuses(hr: User) -> None:
    row = make_exit(make_person(), hr)
    rows = Exit.objects.filter(pk=row.pk)
    for wrong in (
        {"state": "x"},
        {"choice": "x"},
        {"state": "cancelled"},
        {"account_closes_on": EXIT.last_day},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)
    MOVES["close"](row, hr)
    with pytest.raises(Exception, match="Cannot"), transaction.atomic():
        rows.update(last_day=DAY)
    with pytest.raises(Exception, match="Cannot"), transaction.atomic():
        row.delete()


def test_what_an_advisor_follows_goes_to_a_colleague(hr: User) -> None:
    """Somebody of the team leaves: people, meetings, requests and applications change hands, or end."""
    with time_machine.travel(AT, tick=False):
        user, leaver = make_coached()
        colleague = make_advisor()
        person = person_of(leaver)
        at = datetime(2026, 5, 4, 9, tzinfo=UTC)
        after = [
            arrange_meeting(
                person_of(user),
                advisor=person,
                purpose="follow_up",
                starts_at=at + timedelta(days=n),
                minutes=60,
                mode="phone",
                actor=leaver,
            )
            for n in range(2)
        ]
        close_days(
            person_of(colleague), starts_on=date(2026, 5, 5), ends_on=date(2026, 5, 5), label="Pont", actor=hr
        )
        asked = take_request(make_request(user, department="advice"), actor=leaver)
        row = make_exit(person, hr)
        held = held_by(person, row.last_day, AT)
        assert (len(held.referents), held.meetings, held.requests) == (1, after, [asked])
        with pytest.raises(Refused) as left:
            verbs.close_exit(row, actor=hr, at=AT)
        assert left.value.field == "confirmed"
        for nobody in (person, person_of(user)):
            with pytest.raises(Refused) as refusal:
                hand_over(row, to=nobody, actor=hr, at=AT)
            assert refusal.value.field == "to"
        assert held_by(person, row.last_day, AT) == held
        assert hand_over(row, to=person_of(colleague), actor=hr, at=AT) == 4
        given, cancelled = Meeting.objects.order_by("starts_at")
        assert (given.advisor, given.state) == (person_of(colleague), "booked")
        told = OutgoingEmail.objects.filter(cause="entrepreneurs.meeting.given")
        assert {mail.to for mail in told} == {user.email, colleague.email}
        assert all(str(person_of(colleague)) in mail.subject for mail in told)
        assert (cancelled.state, str(person_of(colleague)) in cancelled.cancel_reason) == ("cancelled", True)
        asked.refresh_from_db()
        assert asked.owner == colleague
        day = EXIT.last_day
        assert coaches_of(person_of(user), day) == [person]
        assert coaches_of(person_of(user), day + timedelta(days=1)) == [person_of(colleague)]
        with pytest.raises(Refused):
            hand_over(row, to=person_of(colleague), actor=hr, at=AT)


def test_nothing_stays_open_in_the_name_of_who_left(hr: User) -> None:
    """Closed without handing over: contacts, meetings, requests and functions end all the same."""
    with time_machine.travel(AT, tick=False):
        user, leaver = make_coached()
        person = person_of(leaver)
        coach(leaver, make_advisor())
        meeting = arrange_meeting(
            person_of(user),
            advisor=person,
            purpose="follow_up",
            starts_at=datetime(2026, 5, 4, 9, tzinfo=UTC),
            minutes=60,
            mode="phone",
            actor=leaver,
        )
        asked = take_request(make_request(user, department="advice"), actor=leaver)
        own = make_request(leaver)
        open_status(person, kind="candidate", starts_on=date(2026, 9, 1), reason="Revient", actor=hr)
        MOVES["close"](make_exit(person, hr), hr)
        meeting.refresh_from_db()
        asked.refresh_from_db()
        assert meeting.state == "cancelled"
        assert (asked.state, asked.owner) == ("new", None)
        assert not held_by(person, EXIT.last_day, AT)
        assert set(person.referents.values_list("ends_on", flat=True)) == {EXIT.last_day}
        assert not Role.objects.in_force(EXIT.last_day + timedelta(days=1)).filter(person=person).exists()
        assert {status.kind for status in statuses_on(person, date(2026, 9, 1))} == {"leaver"}
    # On the day, without anybody saving: the account closes, and what it asked with it.
    own.refresh_from_db()
    assert own.state == "new"
    close_due_accounts(on=EXIT.account_closes_on)
    own.refresh_from_db()
    leaver.refresh_from_db()
    assert (leaver.is_active, own.state) == (False, "closed")


# Pages.


def test_letters_of_a_departure(hr: User, demonstration: None) -> None:
    make_cooperative()
    employed, never = make_person(last_name="Martin"), make_person()
    leave_register(make_hiring(employed), left_on=date(2026, 4, 10), actor=hr)
    make_hiring(employed, hired_on=date(2026, 5, 15), job="Formatrice")
    client = client_of(hr)
    row = make_exit(employed, hr)
    page, act = f"/sorties/{row.pk}/", f"/sorties/{row.pk}/faire/"
    assert "Certificat de travail" in client.get(page).content.decode()
    assert client.post(act, {"do": "letter", "text": "x"}).status_code == 422
    typed = {"do": "letter", "text": "work_certificate"}
    # The second hiring begins after the last day: no end is known, the certificate is refused by its field.
    assert client.post(act, typed).status_code == 422
    assert not Letter.objects.exists()
    assert client.post(act, {"do": "letter", "text": "farewell"}).status_code == 302
    assert Letter.objects.get().person == employed
    assert f"/{Letter.objects.get().document_id}/" in client.get(page).content.decode()
    other = make_exit(never, hr)
    assert (
        client.post(f"/sorties/{other.pk}/faire/", {"do": "letter", "text": "work_certificate"}).status_code
        == 422
    )
    hired = make_person(address_line="2 rue du Port", postcode="33000", city="Bordeaux")
    make_hiring(hired)
    third = make_exit(hired, hr)
    assert client.post(f"/sorties/{third.pk}/faire/", typed).status_code == 302
    assert Letter.objects.get(person=hired).code == "work_certificate"


def test_a_follow_up_is_handed_from_the_page(hr: User, demonstration: None) -> None:
    _user, leaver = make_coached()
    colleague = make_advisor()
    row = make_exit(
        person_of(leaver), hr, data=replace(EXIT, last_day=day_ahead(30), account_closes_on=day_ahead(60))
    )
    client, act = client_of(hr), f"/sorties/{row.pk}/faire/"
    assert "1 personne suivie" in client.get(row.get_absolute_url()).content.decode()
    assert client.post(act, {"do": "hand_over", "to": leaver.person_id}).status_code == 422
    assert client.post(act, {"do": "hand_over", "to": colleague.person_id}).status_code == 302
    assert "1 personne suivie" not in client.get(row.get_absolute_url()).content.decode()


def test_a_departure_from_its_form_to_its_end(hr: User, demonstration: None) -> None:
    person = make_person(last_name="Martin")
    client = client_of(hr)
    typed = {
        "person": person.pk,
        "kind": "job",
        "last_day": "2030-04-30",
        "account_closes_on": "2030-07-31",
        "choice": "leaves",
    }
    assert client.post("/sorties/preparer/", typed | {"account_closes_on": "2030-04-30"}).status_code == 422
    assert client.post("/sorties/preparer/", typed).status_code == 302
    row = Exit.objects.get()
    page, act = f"/sorties/{row.pk}/", f"/sorties/{row.pk}/faire/"
    assert "Clés" in client.get(page).content.decode()
    assert [item.url for item in facts.queue_of(hr, "human_resources", DAY)] == [page]
    assert client.post(f"{page}modifier/", typed | {"kind": "retirement"}).status_code == 302
    assert client.post(f"{page}modifier/", typed | {"kind": ""}).status_code == 422
    client.post(act, {"do": "settle", "code": "keys", "note": "Rendues"})
    assert "Rendues" in client.get(page).content.decode()
    client.post(act, {"do": "unsettle", "code": "keys"})
    assert not ExitStep.objects.exists()
    assert client.post(act, {"do": "close"}).status_code == 422
    assert client.post(act, {"do": "cancel", "reason": ""}).status_code == 422
    assert "n’existe pas" in client.post(act, {"do": "settle", "code": "x"}, follow=True).content.decode()
    client.post(act, {"do": "settle", "code": "keys", "note": "Rendues"})
    assert client.post(act, {"do": "close", "confirmed": "on"}).status_code == 302
    assert Exit.objects.get().state == "closed"
    told = client.get(page).content.decode()
    assert "Nouvelles à 6 mois" in told
    assert "À régler" not in told
    assert ("étapes réglées, 1 sur 8" in told, told.count("Laissé tel quel")) == (True, 7)
    client.post(act, {"do": "follow_up", "code": "follow_up_6"})
    assert "Nouvelles à 6 mois" not in client.get(page).content.decode()
    assert "Martin" in client.get("/sorties/").content.decode()
    other = make_exit(make_person(), hr)
    assert client.post(f"/sorties/{other.pk}/faire/", {"do": "cancel", "reason": "Reste"}).status_code == 302
    told = client.get(other.get_absolute_url()).content.decode()
    assert "À régler" not in told
    assert ("étapes réglées, 0 sur 8" in told, told.count("Pas encore réglé")) == (True, 8)
    assert "Dernier jour prévu" in told
    assert "Le compte se ferme le" not in told
    whole = make_exit(make_person(), hr)
    for code in STEP_CODES:
        verbs.settle_step(whole, code=code, note="", actor=hr, on=DAY)
    MOVES["close"](whole, hr)
    assert "tout était réglé" in client.get(whole.get_absolute_url()).content.decode()


def test_who_reads_and_who_writes(hr: User, demonstration: None) -> None:
    user, activity = make_entrepreneur()
    assert user.person
    row = make_exit(user.person, hr, data=replace(EXIT, choice_note="Hésite beaucoup"))
    page, act = f"/sorties/{row.pk}/", f"/sorties/{row.pk}/faire/"
    own = client_of(user).get(page)
    assert own.status_code == 200
    assert "Hésite beaucoup" not in own.content.decode()
    near = make_user(RoleKind.ADVISOR, scope=activity.scope)
    assert "Hésite beaucoup" in client_of(near).get(page).content.decode()
    far = make_user(RoleKind.ADVISOR, scope=make_activity().scope)
    assert client_of(far).get(page).status_code == 404
    for other in (user, near):
        assert client_of(other).post(act, {"do": "close", "confirmed": "on"}).status_code == 403
    make_member(hr.person or make_person(), activity.scope)
    assert Exit.objects.get().state == "prepared"
