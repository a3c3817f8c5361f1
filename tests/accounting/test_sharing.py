"""The result of a collective is shared once, down to zero, by signed keys; undone by a counter-entry."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F, Sum

from accounting.models import AnalyticAccount, Entry, EntryLine, ResultSharing
from accounting.selectors.ledger import sales_of_year
from accounting.selectors.sharing import left_to_share, parts_received, plan_sharing
from accounting.services.sharing import share_result, undo_sharing
from accounting.states.books import AccountKind
from cae.core.controls import controls
from cae.core.errors import Code, Refused
from cae.core.models import AuditEntry
from entrepreneurs.models import Activity
from entrepreneurs.services.members import join_activity
from people.states import ScopePart
from tests.factories.collectives import (
    HALVES,
    contents,
    contribute,
    earn,
    make_agreement,
    make_collective,
    signed_agreement,
)
from tests.factories.entrepreneurs import make_activity
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db

START, END, TODAY = date(2025, 1, 1), date(2025, 12, 31), date(2026, 2, 10)


def share(activity: Activity, **changes: object) -> ResultSharing:
    told = {"start": START, "end": END, "today": TODAY, "actor": None} | changes
    return share_result(activity, **told)  # type: ignore[arg-type]


def result_of(section: AnalyticAccount) -> Decimal:
    rows = EntryLine.objects.filter(
        analytic=section, account__kind__in=[AccountKind.INCOME, AccountKind.EXPENSE], on__lte=END
    )
    total: Decimal = rows.aggregate(sum=Sum(F("credit") - F("debit"), default=Decimal(0)))["sum"]
    return total


def section(activity: Activity) -> AnalyticAccount:
    return AnalyticAccount.objects.get(activity=activity)


def counts() -> tuple[int, ...]:
    return (
        Entry.objects.count(),
        ResultSharing.objects.count(),
        AnalyticAccount.objects.count(),
        AuditEntry.objects.count(),
    )


def faults() -> list[str]:
    return [fault for control in controls() for fault in control.faults()]


def refused(code: Code, activity: Activity, **changes: object) -> None:
    before = counts()
    with pytest.raises(Refused) as refusal:
        share(activity, **changes)
    assert refusal.value.code == code
    assert counts() == before


def test_a_year_is_shared_to_zero_between_an_activity_and_a_person_without_any() -> None:
    activity, (ana, jean) = make_collective()
    own = make_activity(ana, code="ANA")
    thirds = [Fraction(1, 3), Fraction(2, 3)]
    signed_agreement(activity, contents([ana, jean], thirds, HALVES, [own, None]))
    earn(activity, "1000.00", on=date(2025, 3, 4))
    earn(activity, "-100.00", on=date(2025, 5, 4), role="611000")
    contribute(activity, "75.01", on=date(2025, 6, 1))
    before = faults()
    sharing = share(activity)
    assert (sharing.result, sharing.contribution) == (Decimal("824.99"), Decimal("75.01"))
    assert result_of(section(activity)) == 0
    assert result_of(section(own)) == Decimal("300.00") - Decimal("37.51")
    person = AnalyticAccount.objects.get(person=jean)
    assert result_of(person) == Decimal("600.00") - Decimal("37.50")
    assert [part.amount for part in parts_received(person)] == [Decimal("562.50")]
    assert sum(sharing.parts.values_list("amount", flat=True)) == sharing.result
    assert sales_of_year([own], END) == {own.pk: Decimal("0.00")}, "a part of result is no sale"
    assert left_to_share(sharing) == 0
    assert sharing.entry is not None
    assert sharing.entry.source == sharing
    assert faults() == before, "the books are as sound as they were"


def test_a_key_that_changes_shares_each_half_by_its_own() -> None:
    activity, (ana, jean) = make_collective()
    signed_agreement(activity, contents([ana, jean], [Fraction(1), Fraction(0)]))
    signed_agreement(activity, contents([ana, jean], [Fraction(0), Fraction(1)]), starts_on=date(2025, 7, 1))
    earn(activity, "100.00", on=date(2025, 6, 30))
    earn(activity, "40.00", on=date(2025, 7, 1))
    sharing = share(activity)
    assert dict(sharing.parts.values_list("person", "amount")) == {
        ana.pk: Decimal("100.00"),
        jean.pk: Decimal("40.00"),
    }
    assert [one["version"] for one in sharing.working] == [1, 2]


def test_a_loss_is_shared_too_and_nothing_makes_no_entry() -> None:
    activity, people = make_collective()
    signed_agreement(activity, contents(people, HALVES))
    earn(activity, "-10.01", on=date(2025, 3, 4), role="611000")
    sharing = share(activity)
    assert sorted(sharing.parts.values_list("amount", flat=True)) == [Decimal("-5.01"), Decimal("-5.00")]
    assert result_of(section(activity)) == 0
    idle, others = make_collective()
    signed_agreement(idle, contents(others, HALVES))
    assert share(idle).entry is None


def test_days_are_shared_once_until_the_sharing_is_undone() -> None:
    activity, people = make_collective()
    signed_agreement(activity, contents(people, HALVES))
    earn(activity, "100.00", on=date(2025, 3, 4))
    sharing = share(activity)
    refused(Code.ALREADY_DONE, activity)
    refused(Code.ALREADY_DONE, activity, start=END)
    with pytest.raises(Refused) as refusal:
        undo_sharing(sharing, on=date(2026, 1, 15), reason=" ", actor=None)
    assert refusal.value.field == "reason"
    undone = undo_sharing(sharing, on=END, reason="Facture oubliée", actor=None)
    assert undone.reversal is not None
    assert undone.reversal.reverses == sharing.entry
    assert result_of(section(activity)) == Decimal("100.00")
    with pytest.raises(Refused) as twice:
        undo_sharing(sharing, on=END, reason="Encore", actor=None)
    assert twice.value.code == Code.ALREADY_DONE
    earn(activity, "20.00", on=date(2025, 12, 30))
    assert share(activity).result == Decimal("120.00")
    assert result_of(section(activity)) == 0


def test_what_came_after_is_told() -> None:
    activity, people = make_collective()
    signed_agreement(activity, contents(people, HALVES))
    sharing = share(activity)
    earn(activity, "30.00", on=date(2025, 3, 4))
    assert left_to_share(sharing) == Decimal("30.00")


def test_what_cannot_be_shared_leaves_nothing() -> None:
    activity, people = make_collective()
    earn(activity, "100.00", on=date(2025, 3, 4))
    refused(Code.VALUE_MISSING, activity)
    make_agreement(activity, contents(people, HALVES))
    refused(Code.VALUE_MISSING, activity)
    refused(Code.PERIOD_INVALID, activity, start=END, end=START)
    refused(Code.PERIOD_INVALID, activity, end=TODAY)
    refused(Code.PERIOD_INVALID, activity, start=date(2024, 12, 31))
    refused(Code.VALUE_INVALID, make_activity())


def test_figures_that_moved_since_they_were_shown_are_refused() -> None:
    activity, people = make_collective()
    signed_agreement(activity, contents(people, HALVES))
    shown = plan_sharing(activity, start=START, end=END).figures
    earn(activity, "100.00", on=date(2025, 3, 4))
    refused(Code.STALE_FORM, activity, shown=shown)
    shown = plan_sharing(activity, start=START, end=END).figures
    assert share(activity, shown=shown).result == Decimal("100.00")


def test_the_database_refuses_the_same_day_twice() -> None:
    activity, people = make_collective()
    signed_agreement(activity, contents(people, HALVES))
    share(activity)
    with pytest.raises(IntegrityError), transaction.atomic():
        ResultSharing.objects.create(
            activity=activity, starts_on=END, ends_on=END, result=0, contribution=0, working=[]
        )


def test_who_enters_by_skills_has_a_section_at_once() -> None:
    activity, _people = make_collective()
    newcomer = make_person()
    join_activity(activity, person=newcomer, role=ScopePart.MEMBER, starts_on=START, actor=None)
    assert AnalyticAccount.objects.get(person=newcomer).kind == "person"
    entrepreneur = make_person()
    make_activity(entrepreneur)
    join_activity(activity, person=entrepreneur, role=ScopePart.MEMBER, starts_on=START, actor=None)
    assert not AnalyticAccount.objects.filter(person=entrepreneur).exists()
