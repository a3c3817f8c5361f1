"""Marks given alone, frozen once given, changed with a trace; the economic criterion and its waiver."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from cae.core.errors import Code, Refused
from cae.core.settings import set_setting
from entrepreneurs.models import CriteriaSet, EconomicWaiver, Mark, Review
from entrepreneurs.selectors.reviews import (
    CRITERION_AMOUNT,
    CRITERION_BASIS,
    criteria_for,
    economic_of,
    grid_of,
    reviews_asked_of,
)
from entrepreneurs.services.reviews import (
    CriterionData,
    ask_review,
    change_mark,
    give_review,
    lay_first_criteria,
    save_criteria,
    waive_criterion,
)
from people.states import RoleKind
from tests.factories.kernel import BEGINNING
from tests.factories.people import make_territory, make_user, scope_of_territory
from tests.factories.welcome import candidature, convened, criteria, manager, review

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate


def test_nobody_sees_the_marks_of_others_before_giving_theirs() -> None:
    criteria()
    sent, one, two = candidature(), manager(), manager()
    review(sent, one, 4, 2, 1, 3)
    hidden = grid_of(sent, two)
    assert (hidden.reviews, hidden.rows, hidden.mean, hidden.hidden) == ([], [], None, 1)
    review(sent, two, 1, 2, 3, 4)
    seen = grid_of(sent, two)
    # (4×3 + 2×2 + 1×2 + 3×3) / 10 and (1×3 + 2×2 + 3×2 + 4×3) / 10.
    assert [given.mean for given in seen.reviews] == [Fraction(27, 10), Fraction(25, 10)]
    assert (seen.mean, seen.hidden) == (Fraction(26, 10), 0)
    assert [row.spread.gap for row in seen.rows if row.spread] == [3, 0, 2, 1]


def test_marks_are_refused_unless_whole_and_once() -> None:
    known, sent, one = criteria(), candidature(), manager()
    keys = [row.pk for row in known.criteria.all()]
    whole = dict.fromkeys(keys, 2)
    for marks, code in (
        ({}, Code.VALUE_MISSING),
        (whole | {keys[0]: 5}, Code.VALUE_INVALID),
        (whole | {0: 1}, Code.STALE_FORM),
    ):
        with pytest.raises(Refused) as refusal:
            give_review(sent, marks=marks, on=TODAY(), actor=one)
        assert refusal.value.code == code
    assert not Review.objects.exists()
    give_review(sent, marks=whole, on=TODAY(), actor=one)
    with pytest.raises(Refused) as refusal:
        give_review(sent, marks=whole, on=TODAY(), actor=one)
    assert refusal.value.code == Code.ALREADY_DONE
    assert Mark.objects.count() == len(keys)


def test_a_mark_changes_with_its_reason_until_a_committee_holds_the_file() -> None:
    criteria()
    sent, one = candidature(), manager()
    given = review(sent, one, 1, 1, 1, 1)
    criterion = given.criteria.criteria.first()
    assert criterion is not None
    change_mark(given, criterion=criterion, value=3, reason="Vu son atelier", actor=one)
    assert grid_of(sent, one).reviews[0].mean == Fraction(16, 10)
    assert Mark.objects.filter(criterion=criterion).count() == 2
    for value, reason, who, code in (
        (3, "encore", one, Code.ALREADY_DONE),
        (2, " ", one, Code.VALUE_MISSING),
        (2, "x", manager(), Code.NOT_ALLOWED),
    ):
        with pytest.raises(Refused) as refusal:
            change_mark(given, criterion=criterion, value=value, reason=reason, actor=who)
        assert refusal.value.code == code
    convened(sent)
    for act in (
        lambda: change_mark(given, criterion=criterion, value=2, reason="x", actor=one),
        lambda: review(sent, manager()),
    ):
        with pytest.raises(Refused) as refusal:
            act()
        assert refusal.value.code == Code.NOT_ALLOWED
    assert Mark.objects.count() == 5


def test_the_database_keeps_marks_as_given() -> None:
    given = review(candidature(), manager())
    with pytest.raises(DatabaseError), transaction.atomic():
        Mark.objects.filter(review=given).update(value=0)


def test_versions_of_the_grid_follow_days_and_territories() -> None:
    first = criteria()
    assert lay_first_criteria(on=TODAY(), actor=None) == first
    region = make_territory("Drôme")
    own = save_criteria(
        [CriterionData("Rivière", 2)], valid_from=BEGINNING, reason="Ici", territory=region, actor=None
    )
    town = make_territory("Crest", parent=region)
    assert criteria_for(candidature(territory=town), on=TODAY()) == own
    assert criteria_for(candidature(territory=make_territory("Isère")), on=TODAY()) == first
    for lines, reason, code in (
        ([], "x", Code.VALUE_MISSING),
        ([CriterionData("A", 1)], " ", Code.VALUE_MISSING),
        ([CriterionData(" ", 1)], "x", Code.VALUE_MISSING),
        ([CriterionData("A", 1), CriterionData("a ", 1)], "x", Code.DUPLICATE),
        ([CriterionData("A", 0)], "x", Code.VALUE_INVALID),
    ):
        with pytest.raises(Refused) as refusal:
            save_criteria(lines, valid_from=BEGINNING, reason=reason, actor=None)
        assert refusal.value.code == code
    assert CriteriaSet.objects.count() == 2


def test_a_reviewer_is_asked_once_within_sight() -> None:
    criteria()
    sent, asker = candidature(territory=make_territory("Drôme")), manager()
    reviewer = manager()
    ask_review(sent, reviewer=reviewer, on=TODAY(), actor=asker)
    assert list(reviews_asked_of(reviewer)) == [sent]
    elsewhere = make_user(RoleKind.ADVISOR, scope=scope_of_territory(make_territory("Isère")))
    for who, code in ((reviewer, Code.ALREADY_DONE), (elsewhere, Code.NOT_ALLOWED)):
        with pytest.raises(Refused) as refusal:
            ask_review(sent, reviewer=who, on=TODAY(), actor=asker)
        assert refusal.value.code == code
    review(sent, reviewer)
    assert not reviews_asked_of(reviewer).exists()


TESTED = {
    "is_tested": True,
    "tested_as": "micro",
    "tested_from": date(2024, 1, 1),
    "sales_12_months": Decimal("9000.00"),
    "weekly_hours": 14,
    "is_time_chosen": True,
}


def test_the_criterion_shows_its_working_and_follows_dated_settings() -> None:
    check = economic_of(candidature(**TESTED))
    assert check.working is not None
    # 14 hours of 35: two fifths of 20 000 €.
    assert (check.working.required, check.working.is_met, check.passes) == (Decimal("8000.00"), True, True)
    set_setting(CRITERION_AMOUNT, value="30000", valid_from=TODAY(), actor=None, reason="Vote")
    later = economic_of(candidature(**TESTED))
    assert later.working is not None
    assert (later.working.required, later.passes) == (Decimal("12000.00"), False)
    set_setting(CRITERION_BASIS, value="margin", valid_from=TODAY(), actor=None, reason="Vote")
    assert economic_of(candidature(**TESTED)).working is None
    margin = economic_of(candidature(**(TESTED | {"costs_12_months": Decimal("1000.50")}))).working
    assert margin is not None
    assert (margin.measured, margin.is_met) == (Decimal("7999.50"), False)
    untested = economic_of(candidature())
    assert untested.working is None
    assert untested.why_not


@pytest.mark.parametrize(
    ("since", "until", "required"),
    [
        # Both days are worked: whole years ask for the whole amount, leap day or not.
        (date(2024, 1, 1), date(2024, 12, 31), "20000.00"),
        (date(2025, 3, 1), date(2026, 2, 28), "20000.00"),
        (date(2024, 2, 29), date(2025, 2, 28), "20000.00"),
        (date(2025, 3, 1), date(2026, 2, 27), "18333.33"),
        (date(2025, 1, 1), date(2025, 6, 30), "10000.00"),
        (date(2025, 1, 31), date(2025, 2, 28), "1666.67"),
        (date(2025, 1, 1), date(2025, 1, 2), "1666.67"),
    ],
)
def test_what_is_asked_follows_the_months_tested(since: date, until: date, required: str) -> None:
    facts = TESTED | {"tested_from": since, "tested_until": until, "weekly_hours": 35}
    check = economic_of(candidature(**facts))
    assert check.working is not None
    assert check.working.required == Decimal(required)


def test_a_waiver_has_an_author_and_a_reason() -> None:
    sent, boss = candidature(**(TESTED | {"sales_12_months": Decimal(1)})), manager()
    assert not economic_of(sent).passes
    with pytest.raises(Refused):
        waive_criterion(sent, reason=" ", actor=boss)
    assert not EconomicWaiver.objects.exists()
    waive_criterion(sent, reason="Reprise après maladie", actor=boss)
    assert economic_of(sent).passes
    with pytest.raises(Refused) as refusal:
        waive_criterion(sent, reason="encore", actor=boss)
    assert refusal.value.code == Code.ALREADY_DONE
