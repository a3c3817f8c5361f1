"""The tax calendar as it is read: rules in force, deadlines, what waits, what the books say of an amount."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from accounting.models import DeadlineRule, EntryLine, TaxDeadline, VatReturn
from accounting.states.books import AccountKind, AccountRole
from accounting.states.vat import VAT_PERIOD, DeadlineState, VatKind, VatState
from accounting.vat_form import VAT_RULES
from cae.core.facts import Happening, Source
from cae.core.money import ZERO
from cae.core.permissions import can
from cae.core.questions import Given
from cae.core.settings import value_of
from people.models import User
from people.selectors.persons import accounts_holding
from people.states import RoleKind

# How many days before a deadline whoever follows it is reminded.
REMINDED_BEFORE = 7


def deadlines() -> QuerySet[TaxDeadline]:
    return TaxDeadline.objects.select_related("rule", "owner__person")


def deadlines_open() -> QuerySet[TaxDeadline]:
    """What is still to be declared, or declared and to be paid."""
    unpaid = Q(state=DeadlineState.FILED, is_paid=True)
    return deadlines().filter(Q(state=DeadlineState.TODO) | unpaid)


def deadlines_to_do(until: date | Given) -> QuerySet[TaxDeadline]:
    return deadlines_open().filter(due_on__lte=until)


def deadlines_saying(rows: QuerySet[TaxDeadline], text: str) -> QuerySet[TaxDeadline]:
    for word in text.split():
        rows = rows.filter(Q(label__unaccent__icontains=word) | Q(reference__unaccent__icontains=word))
    return rows


def deadlines_to_remind(today: date) -> QuerySet[TaxDeadline]:
    """What is near or late, and that nobody was told of."""
    near = today + timedelta(days=REMINDED_BEFORE)
    return deadlines_open().filter(due_on__lte=near, reminded_on__isnull=True).order_by("due_on", "pk")


def rules_in_force(day: date) -> list[DeadlineRule]:
    """The rules of a period that begins on a day; of VAT, the one of the rhythm in force then."""
    rows = DeadlineRule.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day)
    other = {code for rhythm, code in VAT_RULES.items() if rhythm != value_of(VAT_PERIOD, on=day)}
    return list(rows.exclude(code__in=other).order_by("code"))


def deadline_of_return(vat_return: VatReturn) -> TaxDeadline | None:
    """The deadline of the period of a return, under lock."""
    rows = TaxDeadline.objects.select_for_update(of=("self",)).filter(
        rule__code__in=VAT_RULES.values(), ends_on=vat_return.ends_on
    )
    return rows.first()


def deadline_sources(user: Any, keys: list[str]) -> dict[str, Source]:
    """The page of each deadline that a file or an act is about."""
    if not can(user, "accounting.view_deadlines"):
        return {}
    rows = TaxDeadline.objects.filter(pk__in=keys)
    return {str(row.pk): Source(str(row), row.get_absolute_url()) for row in rows}


def happenings(user: Any, start: date, end: date) -> Iterable[Happening]:
    """The deadlines that a person follows, for their calendar."""
    rows = deadlines_open().filter(owner=user, due_on__range=(start, end))
    for row in rows:
        yield Happening(
            uid=f"echeance-{row.pk}",
            title=_("Échéance : %(deadline)s") % {"deadline": row},
            starts=row.due_on,
            url=row.get_absolute_url(),
        )


def told_by_books(deadline: TaxDeadline) -> Decimal | None:
    """What the books say of its amount, where they know: VAT, services sold in the Union."""
    code = deadline.rule.code if deadline.rule else ""
    if code in VAT_RULES.values():
        found = VatReturn.objects.filter(ends_on=deadline.ends_on).exclude(state=VatState.DRAFT).first()
        return None if found is None else max(found.result or ZERO, ZERO)
    if code == "des":
        return sum((amount for _customer, amount in services_sold_abroad(deadline)), ZERO)
    return None


def services_sold_abroad(deadline: TaxDeadline) -> list[tuple[str, Decimal]]:
    """Services sold to professionals of the Union over its period, by customer: what the DES lists."""
    rows = EntryLine.objects.filter(
        vat_kind=VatKind.SERVICES_ABROAD,
        vat_rate=0,
        account__kind=AccountKind.INCOME,
        on__range=(deadline.starts_on, deadline.ends_on),
    )
    customers = EntryLine.objects.filter(entry=OuterRef("entry"), account__role=AccountRole.CUSTOMER)
    sums = (
        rows.order_by()
        .annotate(customer=Subquery(customers.order_by("position").values("party")[:1]))
        .values_list("customer")
        .annotate(net=Sum(F("credit") - F("debit")))
        .order_by("customer")
    )
    return [(customer or "", net) for customer, net in sums if net]


def owners_offered() -> QuerySet[User]:
    """Who may follow a deadline: those who keep the books."""
    return accounts_holding(RoleKind.ACCOUNTANT, on=timezone.localdate())
