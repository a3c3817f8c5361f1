"""Associates enter, change, are represented and leave; the right to vote (GOV-01, GOV-05)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from cae.core import facts
from cae.core.errors import Code, Refused
from cae.core.models import AuditEntry, OutgoingEmail
from governance.models import Associate, College, Representative
from governance.selectors.register import register_on, voters_at
from governance.selectors.representation import acting_persons
from governance.services.associates import (
    Entry,
    change_category,
    enter_associate,
    lose_status,
    restore_status,
)
from governance.services.colleges import save_college
from governance.services.representatives import end_representation, name_representative
from governance.services.voting_rights import give_back, notify_late, suspend
from governance.states.assemblies import AssemblyState
from governance.states.register import Category, LossCause
from people.models import Deadline, StatusPeriod
from people.selectors.rights import held_kinds
from people.states import RoleKind
from people.states.statuses import StatusKind
from tests.factories.contracts import make_signed, make_signer
from tests.factories.governance import make_assembly, make_associate, make_rule_set
from tests.factories.people import OrganisationFactory, make_person, make_user
from tests.factories.person_files import make_status
from tests.refusals import refusal_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _today() -> object:
    with time_machine.travel("2026-11-25 10:00:00+01:00", tick=False):
        yield


def at(day: date) -> datetime:
    return datetime.combine(day, time(9), timezone.get_current_timezone())


def entered(**fields: Any) -> Associate:
    entry = {
        "category": Category.EMPLOYEE,
        "admitted_on": date(2024, 6, 12),
        "decision": "AG du 12/06/2024, 4e résolution",
    }
    return enter_associate(Entry(**(entry | fields)), actor=None, on=TODAY)


def test_who_enters_the_register_is_an_associate_for_the_whole_house() -> None:
    user = make_user()
    associate = entered(person=user.person, number=7)
    status = StatusPeriod.objects.get(person=user.person, kind=StatusKind.ASSOCIATE)
    assert (status.starts_on, status.ends_on, status.about_type) == (
        date(2024, 6, 12),
        None,
        "governance.associate",
    )
    assert RoleKind.ASSOCIATE in held_kinds(user, TODAY)
    assert (associate.number, associate.categories.get().category) == (7, "employee")
    assert AuditEntry.objects.filter(verb="governance.associate.enter").count() == 1


def test_a_status_written_by_hand_before_takes_the_days_of_the_register() -> None:
    person = make_person()
    make_status(person, StatusKind.ASSOCIATE, date(2025, 1, 1))
    entered(person=person)
    status = StatusPeriod.objects.get(person=person, kind=StatusKind.ASSOCIATE)
    assert (status.starts_on, status.ends_on) == (date(2024, 6, 12), None)


def test_a_legal_person_makes_no_status_and_has_who_acts_for_it() -> None:
    acting = make_user()
    town = entered(
        organisation=OrganisationFactory.create(), category=Category.PUBLIC_BODY, representative=acting.person
    )
    assert town.representatives.get().person == acting.person
    assert not StatusPeriod.objects.filter(kind=StatusKind.ASSOCIATE).exists()
    assert RoleKind.ASSOCIATE not in held_kinds(acting, TODAY)
    assert list(Associate.objects.visible_to(acting)) == [town]


@pytest.mark.parametrize(
    ("fields", "code", "field"),
    [
        ({"person": None}, Code.VALUE_MISSING, "person"),
        ({"decision": "  "}, Code.VALUE_MISSING, "decision"),
        ({"decision": "x" * 201}, Code.TEXT_TOO_LONG, "decision"),
        ({"admitted_on": TODAY + DAY}, Code.DATE_INVALID, "admitted_on"),
        ({"category": "hero"}, Code.VALUE_INVALID, "category"),
        ({"category": Category.PUBLIC_BODY}, Code.VALUE_INVALID, "category"),
        ({"number": 0}, Code.NOT_A_NUMBER, "number"),
        ({"number": 3}, Code.DUPLICATE, "number"),
    ],
)
def test_what_the_register_does_not_take(fields: dict[str, Any], code: Code, field: str) -> None:
    make_associate(number=3)
    person = make_person()
    found = refusal_of(lambda: entered(**({"person": person} | fields)))
    assert (found.code, found.field) == (code, field)


def test_a_body_needs_who_acts_for_it_and_a_category_of_its_own() -> None:
    body, person = OrganisationFactory.create(), make_person()
    assert refusal_of(lambda: entered(organisation=body, category="producer")).field == "representative"
    assert refusal_of(lambda: entered(organisation=body, representative=person)).field == "category"
    assert refusal_of(lambda: entered(person=person, representative=person)).field == "representative"


def test_nobody_is_twice_in_the_register_on_one_day() -> None:
    associate = entered(person=make_person())
    assert refusal_of(lambda: entered(person=associate.person)).code == Code.DUPLICATE
    lose_status(associate, cause="resignation", on=date(2025, 5, 1), decision="", actor=None)
    early = {"person": associate.person, "admitted_on": date(2025, 4, 30)}
    assert refusal_of(lambda: entered(**early)).code == Code.DUPLICATE
    again = entered(person=associate.person, admitted_on=date(2025, 5, 1))
    assert [one.pk for one in register_on(date(2025, 4, 30))] == [associate.pk]
    assert [one.pk for one in register_on(date(2025, 5, 1))] == [again.pk]


def test_a_category_is_that_of_its_days() -> None:
    associate = entered(person=make_person())
    college = College.objects.create(name="Salarié·es")
    on = date(2026, 1, 1)
    change_category(
        associate, category="former_employee", college=college, on=on, reason="retraite", actor=None
    )
    assert [one.category for one in register_on(on - DAY)] == ["employee"]
    assert [(one.category, one.college_name) for one in register_on(on)] == [
        ("former_employee", "Salarié·es")
    ]
    # Noted wrong, it is noted again from the same day: the wrong one has no day left.
    change_category(associate, category="outside", college=college, on=on, reason="erreur", actor=None)
    assert [one.category for one in register_on(on)] == ["outside"]


def test_categories_that_are_refused() -> None:
    associate = entered(person=make_person())
    college = College.objects.create(name="Ancien·nes", is_active=False)

    def change(**fields: Any) -> Refused:
        said = {"category": "outside", "college": None, "on": TODAY, "reason": "départ", "actor": None}
        return refusal_of(lambda: change_category(associate, **(said | fields)))

    assert change(reason=" ").field == "reason"
    assert change(category="employee").code == Code.ALREADY_DONE
    assert change(category="cooperative").field == "category"
    assert change(college=college).field == "college"
    assert change(on=date(2024, 6, 11)).field == "on"
    change_category(associate, category="outside", college=None, on=TODAY, reason="x", actor=None)
    assert change(category="employee", on=TODAY - DAY).code == Code.DATE_BEFORE_LAST
    College.objects.create(name="Usagers")
    assert change(category="beneficiary").field == "college"


def test_who_acts_for_a_body_changes_on_a_day() -> None:
    first, second = make_person(), make_person()
    town = entered(
        organisation=OrganisationFactory.create(), category=Category.PUBLIC_BODY, representative=first
    )
    name_representative(town, person=second, function="Adjointe", on=TODAY, actor=None)
    assert [one.acting for one in register_on(TODAY - DAY)] == [str(first)]
    assert [one.acting for one in register_on(TODAY)] == [str(second)]
    again = {"person": second, "function": "Adjointe", "on": TODAY, "actor": None}
    assert refusal_of(lambda: name_representative(town, **again)).code == Code.ALREADY_DONE
    early = again | {"person": first, "on": TODAY - DAY}
    assert refusal_of(lambda: name_representative(town, **early)).code == Code.DATE_BEFORE_LAST
    alone = entered(person=make_person())
    assert refusal_of(lambda: name_representative(alone, **again)).code == Code.VALUE_INVALID


def test_who_acts_for_a_body_leaves_it_and_its_voice_waits() -> None:
    acting, assembly = make_user(), make_assembly(state=AssemblyState.OPEN)
    town = entered(
        organisation=OrganisationFactory.create(), category=Category.PUBLIC_BODY, representative=acting.person
    )
    manager = make_user(RoleKind.CO_MANAGER)
    said = {"on": TODAY, "actor": None}

    def labels() -> list[str]:
        return [one.label for one in facts.todos_of(manager, TODAY)]

    assembly.refresh_from_db()
    pulse, wanted = assembly.pulse, f"Nommer qui représente {town}"
    early = said | {"on": date(2024, 6, 11)}
    assert refusal_of(lambda: end_representation(town, **early)).code == Code.DATE_INVALID
    assert wanted not in labels()
    end_representation(town, **said)
    assembly.refresh_from_db()
    assert assembly.pulse == pulse + 1
    assert wanted in labels()
    assert not Associate.objects.acted_by(acting.person_id, TODAY).exists()
    assert Associate.objects.acted_by(acting.person_id, TODAY - DAY).get() == town
    # It is an associate still, and no assembly is called without who hears of it.
    assert voters_at(timezone.now()).get() == town
    assert acting_persons([town.pk], TODAY) == {}
    assert refusal_of(lambda: end_representation(town, **said)).code == Code.ALREADY_DONE
    alone = entered(person=make_person())
    assert refusal_of(lambda: end_representation(alone, **said)).code == Code.ALREADY_DONE
    following = {"person": make_person(), "function": "Maire", "actor": None}
    before = following | {"on": TODAY - DAY}
    assert refusal_of(lambda: name_representative(town, **before)).code == Code.DATE_BEFORE_LAST
    # A loss noted by mistake gives back what it ended, not who had left before.
    lose_status(town, cause="resignation", on=TODAY, decision="", actor=None)
    Representative.objects.filter(associate=town).update(ends_on=TODAY - 10 * DAY)
    restore_status(town, reason="Erreur", actor=None)
    assert not Representative.objects.in_force(TODAY).exists()
    name_representative(town, on=TODAY, **following)
    assert wanted not in labels()


def test_losing_the_status_ends_everything_on_the_eve_and_tells_live_pages() -> None:
    user, assembly = make_user(), make_assembly(state=AssemblyState.OPEN)
    associate = entered(person=user.person)
    pulse = assembly.pulse
    lose_status(associate, cause="exclusion", on=TODAY, decision="AG du 25/11/2026", actor=None)
    status = StatusPeriod.objects.get(person=user.person, kind=StatusKind.ASSOCIATE)
    assert status.ends_on == TODAY - DAY
    assert associate.categories.get().ends_on == TODAY - DAY
    assert RoleKind.ASSOCIATE not in held_kinds(user, TODAY)
    assert not voters_at(at(TODAY)).exists()
    assembly.refresh_from_db()
    assert assembly.pulse == pulse + 2
    twice = {"cause": "resignation", "on": TODAY, "decision": "", "actor": None}
    assert refusal_of(lambda: lose_status(associate, **twice)).code == Code.ALREADY_DONE


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"cause": "dissolution"}, "cause"),
        ({"cause": "moon"}, "cause"),
        ({"cause": "exclusion"}, "decision"),
        ({"cause": "deemed_resigned"}, "decision"),
        ({"on": TODAY + DAY}, "on"),
        ({"on": date(2024, 6, 11)}, "on"),
    ],
)
def test_losses_that_are_refused(fields: dict[str, Any], field: str) -> None:
    associate = entered(person=make_person())
    said = {"cause": LossCause.RESIGNATION, "on": TODAY, "decision": "", "actor": None}
    assert refusal_of(lambda: lose_status(associate, **(said | fields))).field == field


def test_who_was_never_an_associate_is_taken_back() -> None:
    associate = entered(person=make_person(), admitted_on=TODAY)
    lose_status(associate, cause="resignation", on=TODAY, decision="", actor=None)
    status = StatusPeriod.objects.get(person=associate.person)
    assert status.is_empty
    assert not register_on(TODAY).exists()


def test_the_delay_of_a_cesa_stops_when_its_person_enters_the_register() -> None:
    user = make_signer()
    make_signed(user, kind="cesa")
    assert Deadline.objects.open().filter(person=user.person, kind="associate").count() == 1
    entered(person=user.person, admitted_on=TODAY)
    assert not Deadline.objects.open().filter(person=user.person, kind="associate").exists()


def test_the_right_to_vote_goes_after_a_notice_and_comes_back() -> None:
    make_rule_set(suspension_days="30")
    associate = entered(person=make_person())
    late = {"reason": "Deux versements en retard", "actor": None}
    assert refusal_of(lambda: suspend(associate, at=at(TODAY), **late)).code == Code.NOT_ALLOWED
    notify_late(associate, at=at(TODAY - 30 * DAY), **late)
    notify_late(associate, at=at(TODAY - 5 * DAY), **late)
    assert refusal_of(lambda: suspend(associate, at=at(TODAY - DAY), **late)).code == Code.NOT_ALLOWED
    assert refusal_of(lambda: give_back(associate, at=at(TODAY), **late)).code == Code.ALREADY_DONE
    suspend(associate, at=at(TODAY), **late)
    assert not voters_at(timezone.now()).exists()
    assert refusal_of(lambda: suspend(associate, at=timezone.now(), **late)).code == Code.ALREADY_DONE
    assert refusal_of(lambda: notify_late(associate, at=timezone.now(), **late)).code == Code.ALREADY_DONE
    assert refusal_of(lambda: give_back(associate, at=at(TODAY - DAY), **late)).code == Code.DATE_BEFORE_LAST
    give_back(associate, at=timezone.now(), reason="Tout est payé", actor=None)
    assert voters_at(timezone.now()).count() == 1
    # The notice of before does not serve twice.
    assert refusal_of(lambda: suspend(associate, at=timezone.now(), **late)).code == Code.NOT_ALLOWED
    causes = list(OutgoingEmail.objects.order_by("pk").values_list("cause", flat=True))
    assert causes == [
        "governance.rights_notice",
        "governance.rights_notice",
        "governance.rights_suspended",
        "governance.rights_returned",
    ]


def test_facts_on_the_right_to_vote_that_are_refused() -> None:
    associate = entered(person=make_person())
    late = {"reason": "Retard", "actor": None}
    assert (
        refusal_of(lambda: notify_late(associate, at=timezone.now() + DAY, **late)).code == Code.DATE_INVALID
    )
    early = at(date(2024, 6, 11))
    assert refusal_of(lambda: notify_late(associate, at=early, **late)).code == Code.DATE_INVALID
    assert refusal_of(lambda: notify_late(associate, at=at(TODAY), reason=" ", actor=None)).field == "reason"
    notify_late(associate, at=at(TODAY - 60 * DAY), **late)
    # No rule in force says the delay.
    assert refusal_of(lambda: suspend(associate, at=at(TODAY), **late)).code == Code.VALUE_MISSING


def test_a_college_in_use_stays_in_service() -> None:
    college = save_college(None, name=" Salarié·es ", rank=1, is_active=True, actor=None)
    make_associate(college=college)
    closed = {"name": "Salarié·es", "rank": 1, "is_active": False, "actor": None}
    assert refusal_of(lambda: save_college(college, **closed)).field == "is_active"
    assert refusal_of(lambda: save_college(None, **(closed | {"name": "salarié·es"}))).code == Code.DUPLICATE
    assert refusal_of(lambda: save_college(None, **(closed | {"name": ""}))).field == "name"
    assert save_college(college, **(closed | {"name": "Équipe", "is_active": True})).name == "Équipe"
