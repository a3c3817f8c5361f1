"""What holds the register together: nobody for oneself, no vote foreseen, no notice longer than its debt."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from cae.core import facts
from cae.core.errors import Code
from cae.core.models import AuditEntry
from governance.models import Admission, Associate, Representative, ShareClass
from governance.selectors.register import voters_at
from governance.selectors.standing import standing_at
from governance.services.admissions import admit, open_admission, put_to_vote, refuse_admission
from governance.services.associates import (
    Entry,
    change_category,
    enter_associate,
    lose_status,
    restore_status,
)
from governance.services.corrections import Recount, correct_result
from governance.services.proclaiming import declare_counts, proclaim
from governance.services.refunds import RefundData, ask_refund
from governance.services.share_movements import MoveData, enter_shares
from governance.services.share_payments import PaymentData, record_payment
from governance.services.subscriptions import Paper, SubscriptionData, prepare_subscription, sign_subscription
from governance.services.voting import close_vote
from governance.services.voting_rights import give_back, notify_late, suspend
from governance.states.register import Category
from governance.states.rules import DecisionKind
from people.models import StatusPeriod, User
from people.states import RoleKind
from people.states.statuses import StatusKind
from tests.factories.governance import (
    make_assembly,
    make_associate,
    make_organiser,
    make_resolution,
    make_rule_set,
    make_share_class,
)
from tests.factories.governance_register import make_asked, make_request
from tests.factories.governance_votes import make_sitting, make_vote
from tests.factories.kernel import make_cooperative
from tests.factories.people import OrganisationFactory, make_person, make_user
from tests.pages import client_of, text
from tests.refusals import refusal_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]
TODAY = date(2026, 11, 25)
DAY = timedelta(days=1)
DECIDED = {"decided_on": TODAY, "decision": "AG du 25/11/2026, 4e résolution", "actor": None, "on": TODAY}


@pytest.fixture(autouse=True)
def _today() -> object:
    with time_machine.travel("2026-11-25 10:00:00+01:00", tick=False):
        yield


def at(day: date) -> datetime:
    return datetime.combine(day, time(9), timezone.get_current_timezone())


# Admissions.


def test_nobody_is_admitted_nor_refused_before_the_vote_is_proclaimed() -> None:
    resolution = make_resolution(make_assembly(), decision_kind=DecisionKind.ADMISSION)
    row = put_to_vote(make_request(make_person(), on=TODAY), resolution=resolution, actor=None)
    assert refusal_of(lambda: admit(row, **DECIDED)).code == Code.NOT_ALLOWED
    assert refusal_of(lambda: refuse_admission(row, **DECIDED, reason="non")).code == Code.NOT_ALLOWED


def test_a_result_by_which_somebody_was_admitted_is_not_put_right() -> None:
    sitting, at = make_sitting(3), timezone.now()
    resolution = make_resolution(sitting.assembly, decision_kind=DecisionKind.ADMISSION)
    row = put_to_vote(make_request(make_person(), on=TODAY), resolution=resolution, actor=None)
    by: dict[str, Any] = {"actor": sitting.actor, "at": at}
    vote = close_vote(make_vote(sitting, resolution, way="hands"), **by)
    declare_counts(vote, kind="hands", college=None, counts={"pour": 3}, **by)
    proclaim(vote, **by)
    admit(row, **DECIDED)
    recount = Recount("hands", None, {"pour": 1, "contre": 2})
    stopped = refusal_of(lambda: correct_result(vote, change=recount, reason="Recompté", **by))
    assert "sociétariat" in str(stopped)
    assert vote.results.count() == 1


def test_a_request_goes_to_another_vote_when_the_first_did_not_take_place() -> None:
    assembly = make_assembly()
    first = make_resolution(assembly, decision_kind=DecisionKind.ADMISSION)
    row = put_to_vote(make_request(make_person(), on=TODAY), resolution=first, actor=None)
    second = make_resolution(assembly, decision_kind=DecisionKind.ADMISSION)
    assert put_to_vote(row, resolution=second, actor=None).resolution == second
    shown = client_of(make_organiser()).get(row.get_absolute_url())
    assert "Changer de résolution" in text(shown)
    assert "Noter le refus" not in text(shown)
    assert put_to_vote(row, actor=None).resolution is None


def test_a_refusal_belongs_to_whom_the_rules_say() -> None:
    row = make_request(make_person(), on=TODAY)
    assert refusal_of(lambda: refuse_admission(row, **DECIDED, reason="non")).code == Code.NOT_ALLOWED
    make_rule_set(admission_route="vote")
    assert refusal_of(lambda: refuse_admission(row, **DECIDED, reason="non")).code == Code.NOT_ALLOWED
    decider = client_of(make_organiser())
    assert "Noter le refus" not in text(decider.get(row.get_absolute_url()))
    make_rule_set(admission_route="by_rule", valid_from=TODAY)
    assert refuse_admission(row, **DECIDED, reason="Un an n’est pas passé.").state == "refused"


def test_a_draft_of_the_house_is_resumed_by_the_house_and_by_whom_it_is_for() -> None:
    writer, other = make_user(RoleKind.HUMAN_RESOURCES), make_user(RoleKind.COOPERATIVE_LIFE)
    reader = make_user(RoleKind.ACCOUNTANT)
    body = OrganisationFactory.create(name="Éts Lin")
    asked = make_asked(category=Category.OUTSIDE)
    for_body = open_admission(body, asked=asked, representative=make_person(), actor=writer, on=TODAY)
    for_reader = open_admission(reader.person, asked=make_asked(), actor=writer, on=TODAY)
    own = open_admission(make_person(), asked=make_asked(), actor=writer, on=TODAY)
    ones = make_user(RoleKind.ENTREPRENEUR)
    private = open_admission(ones.person, asked=make_asked(), actor=ones, on=TODAY)
    assert client_of(reader).get(for_reader.get_absolute_url()).status_code == 200
    assert client_of(other).get(private.get_absolute_url()).status_code == 404
    page = reverse("governance:admission_move", args=[for_body.pk, "retirer"])
    assert client_of(reader).post(page).status_code == 403
    assert client_of(other).get(own.get_absolute_url()).status_code == 200
    assert client_of(other).post(page).status_code == 302


# Nobody for oneself.


def test_nobody_enters_themselves_nor_their_own_category() -> None:
    make_cooperative()
    user = make_user(RoleKind.HUMAN_RESOURCES)
    typed = {
        "person": str(user.person),
        "category": "employee",
        "admitted_on": "2020-01-01",
        "decision": "AG",
    }
    answer = client_of(user).post(reverse("governance:associate_enter"), typed)
    assert (answer.status_code, Associate.objects.count()) == (422, 0)
    own, body = (
        make_associate(user.person),
        make_associate(organisation=OrganisationFactory.create(name="Éts Lin"), category=Category.OUTSIDE),
    )
    page = reverse("governance:associate_category", args=[own.pk])
    changed = {"category": "volunteer", "on": "2026-11-25", "reason": "moi"}
    assert client_of(user).post(page, changed).status_code == 403
    named = {"person": str(user.person), "on": "2026-11-25", "function": ""}
    page = reverse("governance:associate_represent", args=[body.pk])
    answer = client_of(user).post(page, named)
    assert (answer.status_code, Representative.objects.count()) == (422, 0)


def test_a_number_too_big_is_said_beside_it() -> None:
    make_cooperative()
    parts, user = make_share_class(), make_user(RoleKind.ENTREPRENEUR)
    typed = {"share_class": parts.pk, "share_count": "99999999999", "payment_plan": "at_once"}
    asked = client_of(user).post(reverse("governance:own_request"), typed)
    assert (asked.status_code, Admission.objects.count()) == (422, 0)
    entry = {"category": "employee", "admitted_on": "2020-01-01", "decision": "AG", "number": "99999999999"}
    entry["person"] = str(make_person())
    writer = client_of(make_user(RoleKind.HUMAN_RESOURCES))
    answer = writer.post(reverse("governance:associate_enter"), entry)
    assert (answer.status_code, Associate.objects.count()) == (422, 0)


# A notice and what it was for.


def owing(actor: User, parts: ShareClass) -> tuple[Associate, Any]:
    """An associate who should have paid two hundred euros three months ago."""
    who = make_associate()
    on = date(2026, 8, 3)
    data = SubscriptionData(parts, 10, on)
    row = prepare_subscription(who, data=data, actor=actor, on=on, accepted=True)
    return who, sign_subscription(row, actor=actor, at=at(on), paper=Paper(on, "Armoire"))


def test_a_notice_does_not_outlive_what_it_was_for() -> None:
    make_cooperative()
    make_rule_set(suspension_days="30")
    actor, parts = make_user(RoleKind.ACCOUNTANT), make_share_class("A", "20.00")
    who, row = owing(actor, parts)
    event = notify_late(who, at=at(TODAY - 60 * DAY), reason="Rien n’est venu", actor=actor)
    assert event.subscription == row
    record_payment(row, data=PaymentData(TODAY - 10 * DAY, Decimal("200.00")), actor=actor, today=TODAY)
    told = refusal_of(lambda: suspend(who, at=at(TODAY), reason="En retard", actor=actor))
    assert told.code == Code.NOT_ALLOWED
    assert voters_at(timezone.now()).filter(pk=who.pk).exists()
    # Another debt asks for another notice, and for its delay.
    data = SubscriptionData(parts, 5, TODAY - 5 * DAY)
    later = prepare_subscription(who, data=data, actor=actor, on=TODAY - 5 * DAY, accepted=True)
    later = sign_subscription(later, actor=actor, at=at(TODAY), paper=Paper(TODAY - 5 * DAY, "Armoire"))
    notify_late(who, at=at(TODAY), reason="Encore", actor=actor)
    assert refusal_of(lambda: suspend(who, at=timezone.now(), reason="En retard", actor=actor)).code == (
        Code.NOT_ALLOWED
    )


def test_who_has_paid_waits_for_the_right_to_vote() -> None:
    make_cooperative()
    make_rule_set(suspension_days="30")
    actor, parts = make_user(RoleKind.ACCOUNTANT), make_share_class("A", "20.00")
    who, row = owing(actor, parts)
    notify_late(who, at=at(TODAY - 60 * DAY), reason="Rien n’est venu", actor=actor)
    suspend(who, at=at(TODAY - 20 * DAY), reason="Rien n’est venu", actor=actor)
    life = make_user(RoleKind.COOPERATIVE_LIFE)
    assert "Rendre le droit de vote" not in told(life)
    record_payment(row, data=PaymentData(TODAY, Decimal("200.00")), actor=actor, today=TODAY)
    assert "Rendre le droit de vote à 1 associé·e, qui a tout payé" in told(life)
    give_back(who, at=timezone.now(), reason="Tout est payé", actor=life)
    assert "Rendre le droit de vote" not in told(life)


def told(user: User) -> str:
    return " ".join(str(todo.label) for todo in facts.todos_of(user, TODAY))


def test_a_notice_is_for_a_payment_that_is_late() -> None:
    make_cooperative()
    make_rule_set()
    actor, parts = make_user(RoleKind.ACCOUNTANT), make_share_class("A", "20.00")
    who = make_associate()
    data = SubscriptionData(parts, 10, TODAY)
    row = prepare_subscription(who, data=data, actor=actor, on=TODAY, accepted=True)
    row = sign_subscription(row, actor=actor, at=at(TODAY), paper=Paper(TODAY, "Armoire"))
    told = refusal_of(lambda: notify_late(who, at=at(TODAY), reason="Retard", subscription=row, actor=actor))
    assert told.code == Code.VALUE_INVALID


# A loss noted by mistake.


def entered(**fields: Any) -> Associate:
    entry = {"category": Category.EMPLOYEE, "admitted_on": date(2024, 6, 12), "decision": "AG du 12/06/2024"}
    return enter_associate(Entry(**(entry | fields)), actor=None, on=TODAY)


def test_a_loss_noted_by_mistake_is_taken_back() -> None:
    who = entered(person=make_person(), number=7)
    other = entered(person=make_person())
    manager = make_organiser()
    assert refusal_of(lambda: restore_status(who, reason="x", actor=manager)).code == Code.ALREADY_DONE
    lose_status(who, cause="resignation", on=TODAY - 9 * DAY, decision="", actor=None)
    assert refusal_of(lambda: restore_status(who, reason=" ", actor=manager)).field == "reason"
    page = reverse("governance:associate_restore", args=[who.pk])
    assert "Sortie notée par erreur" in text(client_of(manager).get(who.get_absolute_url()))
    assert client_of(manager).post(page, {"reason": "Ce n’était pas elle"}).status_code == 302
    who.refresh_from_db()
    assert (who.left_on, who.loss_cause, who.loss_decision, who.number) == (None, "", "", 7)
    assert who.categories.get().ends_on is None
    status = StatusPeriod.objects.get(person=who.person, kind=StatusKind.ASSOCIATE)
    assert (status.starts_on, status.ends_on) == (date(2024, 6, 12), None)
    assert set(voters_at(timezone.now())) == {who, other}
    assert AuditEntry.objects.filter(verb="governance.associate.restore").count() == 1


def test_a_loss_stands_once_something_follows_from_it() -> None:
    make_cooperative()
    make_rule_set()
    actor, parts = make_user(RoleKind.ACCOUNTANT), make_share_class("A", "20.00")
    who = entered(person=make_person())
    data = MoveData(parts, 5, date(2025, 1, 2), "Parts d’avant")
    enter_shares(who, data=data, actor=actor, today=TODAY, accepted=True)
    lose_status(who, cause="resignation", on=TODAY - DAY, decision="", actor=None)
    now = timezone.now()
    ask_refund(who, data=RefundData(parts, 5, now), actor=actor, now=now)
    assert refusal_of(lambda: restore_status(who, reason="Erreur", actor=actor)).code == Code.ILLEGAL_MOVE
    came_back = entered(person=make_person())
    lose_status(came_back, cause="resignation", on=TODAY - 9 * DAY, decision="", actor=None)
    entered(person=came_back.person, admitted_on=TODAY)
    assert refusal_of(lambda: restore_status(came_back, reason="x", actor=actor)).code == Code.DUPLICATE


def test_a_legal_person_comes_back_with_who_acts_for_it() -> None:
    who = entered(
        organisation=OrganisationFactory.create(name="Éts Lin"),
        representative=make_person(),
        category=Category.OUTSIDE,
    )
    lose_status(who, cause="dissolution", on=TODAY, decision="", actor=None)
    restore_status(who, reason="Ce n’était pas elle", actor=None)
    assert who.representatives.get().ends_on is None


def test_what_began_the_very_day_of_the_loss_runs_again() -> None:
    who = entered(person=make_person())
    change = {"college": None, "reason": "Fin de contrat", "actor": None}
    change_category(who, category=Category.FORMER_EMPLOYEE, on=TODAY, **change)
    lose_status(who, cause="resignation", on=TODAY, decision="", actor=None)
    restore_status(who, reason="Ce n’était pas elle", actor=None)
    rows = who.categories.order_by("starts_on").values_list("category", "ends_on")
    assert list(rows) == [(Category.EMPLOYEE, TODAY - DAY), (Category.FORMER_EMPLOYEE, None)]


def test_the_page_of_a_body_ends_its_representation_and_a_death_recalls_it() -> None:
    make_cooperative()
    acting = make_associate()
    body = make_associate(organisation=OrganisationFactory.create(name="Éts Lin"), category=Category.OUTSIDE)
    body.representatives.create(person=acting.person, starts_on=date(2025, 1, 2))
    client = client_of(make_user(RoleKind.HUMAN_RESOURCES))
    page = reverse("governance:associate_unrepresent", args=[body.pk])
    assert page in client.get(body.get_absolute_url()).content.decode()
    lost = {"cause": "death", "on": "2026-11-25", "decision": ""}
    told = client.post(reverse("governance:associate_lose", args=[acting.pk]), lost, follow=True)
    assert "représente aussi Éts Lin" in text(told)
    assert client.get(page).status_code == 200
    assert client.post(page, {"on": "2024-01-01"}).status_code == 422
    assert client.post(page, {"on": "2026-11-25"}).url == body.get_absolute_url()
    shown = client.get(body.get_absolute_url())
    assert "Personne ne la représente" in text(shown)
    assert page not in shown.content.decode()
    assert client.post(page, {"on": "2026-11-25"}).status_code == 422
    person = reverse("governance:associate_unrepresent", args=[acting.pk])
    assert client.get(person).status_code == 404
    assert client_of(make_user(RoleKind.ACCOUNTANT)).get(page).status_code == 403


def test_a_sitting_that_is_over_keeps_who_could_vote() -> None:
    rules = make_rule_set(suspension_days="0")
    who, actor, held_on = make_associate(), make_organiser(), TODAY - 3 * DAY
    notify_late(who, at=at(TODAY - 60 * DAY), reason="Rien n’est venu", actor=actor)
    times = {"starts_at": at(held_on), "opened_at": at(held_on), "rule_set": rules}
    sat = make_assembly(state="closed", closed_at=at(held_on) + timedelta(hours=3), **times)
    late = {"reason": "Rien n’est venu", "actor": actor}
    assert who.pk in standing_at(sat, sat.closed_at).members
    for before in (at(held_on - DAY), at(held_on) + timedelta(hours=2)):
        stopped = refusal_of(partial(suspend, who, at=before, **late))
        assert (stopped.code, sat.title in str(stopped)) == (Code.DATE_INVALID, True)
    assert who.pk in standing_at(sat, sat.closed_at).members
    suspend(who, at=at(held_on + DAY), **late)
    assert who.pk in standing_at(sat, sat.closed_at).members
    # One that sits now counted it at its opening: given back from now on, not from before.
    make_assembly(state="open", **times | {"starts_at": at(TODAY), "opened_at": at(TODAY)})
    assert refusal_of(partial(give_back, who, at=at(TODAY - DAY), **late)).code == Code.DATE_INVALID
    assert not voters_at(timezone.now()).filter(pk=who.pk).exists()
    give_back(who, at=timezone.now(), **late)
    assert voters_at(timezone.now()).filter(pk=who.pk).exists()
