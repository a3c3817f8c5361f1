"""The register of associates as of a day, and who may vote at an instant (GOV-01)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from governance.models import CategoryPeriod, College, Representative, ShareMovement, VotingRightEvent
from governance.selectors.register import register_on, share_among_entrepreneurs, voters_at
from governance.states.register import Category, MovementKind, RightsEventKind
from people.states.statuses import StatusKind
from tests.factories.governance import make_associate, make_share_class
from tests.factories.people import OrganisationFactory, make_person
from tests.factories.person_files import make_status

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
SPRING = date(2026, 3, 1)


def _at(day: date, hour: int = 18) -> datetime:
    return datetime.combine(day, time(hour), timezone.get_current_timezone())


def test_the_register_of_a_day_has_those_of_that_day_with_what_they_were() -> None:
    college = College.objects.create(name="Salarié·es")
    early = make_associate(admitted_on=date(2024, 1, 1), number=1)
    late = make_associate(admitted_on=SPRING)
    period = early.categories.get()
    period.ends_on = SPRING - DAY
    period.save()
    CategoryPeriod.objects.create(
        associate=early, category=Category.FORMER_EMPLOYEE, college=college, starts_on=SPRING, reason="départ"
    )
    before, after = register_on(SPRING - DAY), register_on(SPRING)
    assert [(one.pk, one.category, one.college_name) for one in before] == [(early.pk, "employee", None)]
    assert [(one.pk, one.category, one.college_name) for one in after] == [
        (early.pk, "former_employee", "Salarié·es"),
        (late.pk, "employee", None),
    ]


def test_the_day_of_leaving_is_the_first_one_outside() -> None:
    one = make_associate(admitted_on=date(2024, 1, 1))
    one.left_on, one.loss_cause = SPRING, "resignation"
    one.save()
    assert list(register_on(SPRING - DAY)) == [one]
    assert not register_on(SPRING).exists()


def test_shares_of_a_day_are_the_sum_of_the_movements_until_its_evening() -> None:
    giver, receiver = make_associate(), make_associate()
    shares = make_share_class()
    for kind, on, quantity, sides in (
        (MovementKind.ISSUE, SPRING, 10, {"receiver": giver}),
        (MovementKind.TRANSFER, SPRING + DAY, 4, {"giver": giver, "receiver": receiver}),
        (MovementKind.WITHDRAWAL, SPRING + 2 * DAY, 1, {"giver": receiver}),
    ):
        ShareMovement.objects.create(kind=kind, on=on, quantity=quantity, share_class=shares, **sides)
    held = [{one.pk: one.shares for one in register_on(SPRING + days * DAY)} for days in (-1, 0, 1, 2)]
    assert held == [
        {giver.pk: 0, receiver.pk: 0},
        {giver.pk: 10, receiver.pk: 0},
        {giver.pk: 6, receiver.pk: 4},
        {giver.pk: 6, receiver.pk: 3},
    ]


def test_a_legal_person_is_named_with_who_represents_it_that_day() -> None:
    town = make_associate(organisation=OrganisationFactory.create(), category=Category.PUBLIC_BODY)
    person = make_person(first_name="Ana", last_name="Ruiz")
    Representative.objects.create(associate=town, person=person, starts_on=SPRING)
    assert [one.acting for one in register_on(SPRING - DAY)] == [""]
    assert [one.acting for one in register_on(SPRING)] == ["Ana Ruiz"]


def test_who_is_suspended_has_no_voice_until_it_is_given_back() -> None:
    one, other = make_associate(), make_associate()
    for kind, day in (
        (RightsEventKind.NOTICE, SPRING),
        (RightsEventKind.SUSPENSION, SPRING + 40 * DAY),
        (RightsEventKind.RETURN, SPRING + 60 * DAY),
    ):
        VotingRightEvent.objects.create(associate=one, kind=kind, at=_at(day), reason="retard")
    voices = [
        set(voters_at(_at(SPRING + days * DAY, hour)).values_list("pk", flat=True))
        for days, hour in ((1, 9), (40, 17), (40, 18), (59, 9), (60, 18))
    ]
    both, alone = {one.pk, other.pk}, {other.pk}
    assert voices == [both, both, alone, alone, both]
    assert [found.suspended for found in register_on(SPRING + 40 * DAY)] == [True, False]


def test_the_share_of_associates_among_entrepreneurs() -> None:
    inside, outside, holder = make_person(), make_person(), make_person()
    for person, kind in ((inside, "ENTREPRENEUR"), (outside, "ENTREPRENEUR"), (holder, "PROJECT_HOLDER")):
        make_status(person, StatusKind[kind], SPRING)
    make_associate(inside)
    make_associate()
    found = share_among_entrepreneurs(SPRING)
    assert (found.associates, found.entrepreneurs) == (1, 2)
    assert share_among_entrepreneurs(SPRING - DAY).part is None
