"""Claims, receipts and kinds in sight, with what their pages show, in few questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from entrepreneurs.models import Activity
from invoicing.calculations.expenses import ClaimTotals, Counted, claim_totals
from invoicing.models import (
    ExpenseClaim,
    ExpenseFavourite,
    ExpenseKind,
    ExpenseLine,
    ExpenseRule,
    MileageAdjustment,
    MileageTrip,
    Voucher,
)
from invoicing.models.expense_sight import scopes_entered
from invoicing.selectors.expense_flags import Flag, flags_of_lines
from invoicing.states.expenses import ClaimState, ExpenseWay, PaidWith, VoucherState
from people.models import Person
from people.selectors.consents import consents_in_force
from people.states.consents import ConsentPurpose


@dataclass(frozen=True)
class ShownLine:
    """A line of a claim and what the page says of it."""

    line: ExpenseLine
    flags: list[Flag]

    @property
    def trip(self) -> MileageTrip | None:
        """The drive that the line is, if it is one."""
        return getattr(self.line, "trip", None)

    @property
    def adjustment(self) -> MileageAdjustment | None:
        """What the line puts right, if it is a regularisation of trips."""
        return getattr(self.line, "adjustment", None)


def claims_visible(user: Any) -> QuerySet[ExpenseClaim]:
    """Those in sight, with their totals; a draft whose lines all went is no longer worth a row."""
    return (
        ExpenseClaim.objects.visible_to(user)
        .with_totals()
        .select_related("person", "activity")
        .exclude(state=ClaimState.DRAFT, lines__isnull=True)
        # Rows added up forget the order of their table.
        .order_by("-month", "-pk")
    )


def lines_of(claim: ExpenseClaim) -> list[ExpenseLine]:
    """The lines in order, ready for their warnings; each names the claim in hand."""
    found = claim.lines.select_related(
        "kind__account__cost_kind",
        "kind__cost_kind",
        "voucher__document",
        "voucher__preview",
        "customer",
        "fund__section",
        "trip__vehicle",
        "adjustment",
    ).order_by("on", "pk")
    lines = list(found.select_related("created_by__person"))
    for line in lines:
        line.claim = claim
    return lines


def shown_lines(claim: ExpenseClaim) -> list[ShownLine]:
    lines = lines_of(claim)
    flags = flags_of_lines(lines)
    return [ShownLine(line, flags[line.pk]) for line in lines]


def totals_of(lines: Sequence[ExpenseLine]) -> ClaimTotals:
    """What the lines come to: all, to refund, paid by others."""
    return claim_totals(
        Counted(line.amount, is_own=line.paid_with == PaidWith.OWN, refused=not line.counts) for line in lines
    )


def vouchers_visible(user: Any) -> QuerySet[Voucher]:
    return Voucher.objects.visible_to(user).select_related("document", "preview", "person", "activity")


def vouchers_waiting(person: Person) -> QuerySet[Voucher]:
    """The receipts of a person that no line names yet, the latest first."""
    return Voucher.objects.filter(person=person).to_complete().select_related("document", "preview")


def next_waiting(voucher: Voucher) -> Voucher | None:
    """The receipt to complete after this one, the oldest first."""
    rows = vouchers_waiting(voucher.person).exclude(pk=voucher.pk)
    return rows.order_by("taken_at", "pk").first()


def kinds_offered(on: date) -> QuerySet[ExpenseKind]:
    """Those that may be chosen that day, trips apart."""
    return (
        ExpenseKind.objects.offered_on(on)
        .exclude(way=ExpenseWay.MILEAGE)
        .select_related("account__cost_kind", "cost_kind")
    )


def kinds_with_rules(on: date) -> QuerySet[ExpenseKind]:
    """Every kind with its rule of the day (`in_force`: one or none) and how many wait to be confirmed."""
    held = Prefetch("rules", ExpenseRule.objects.in_force(on), to_attr="in_force")
    return (
        ExpenseKind.objects.select_related("account__cost_kind", "cost_kind")
        .prefetch_related(held)
        .annotate(to_confirm=Count("rules", filter=Q(rules__to_confirm=True)))
        .order_by("position", "label")
    )


def favourites_of(person: Person) -> QuerySet[ExpenseFavourite]:
    return ExpenseFavourite.objects.filter(person=person).select_related("kind")


def persons_entered_for(user: Any, on: date) -> list[Person]:
    """The people who agreed that this user enters their expenses: those of the activities within reach."""
    agreed = consents_in_force(on).filter(purpose=ConsentPurpose.EXPENSES).values("person")
    found = Person.objects.filter(pk__in=agreed).exclude(pk=user.person_id)
    reach = scopes_entered(user)
    if reach is not None:
        found = found.filter(memberships__scope_id__among=reach)
    return list(found.distinct())


def activities_of_person(person: Person, user: Any, on: date) -> list[Activity]:
    """Where this person spends, as far as the user may write there."""
    found = Activity.objects.open_on(on).filter(scope__members__person=person)
    reach = scopes_entered(user)
    if reach is not None and person.pk != user.person_id:
        found = found.filter(scope_id__among=reach)
    return list(found.distinct().order_by("sort_name", "pk"))


def count_set_aside(person: Person) -> int:
    return Voucher.objects.filter(person=person, state=VoucherState.SET_ASIDE).count()
