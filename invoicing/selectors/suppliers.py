"""Suppliers, what is bought from them, and the bank details that payments go to (INV-45)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db.models import DecimalField, Exists, OuterRef, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from cae.core.fields import MoneyField
from cae.core.money import ZERO
from invoicing.models import Purchase, Supplier, SupplierBank
from invoicing.states.purchases import PurchaseKind, PurchaseState
from people.models import Role, User
from people.states import RoleKind

_MONEY: DecimalField[Any, Any] = MoneyField()
# Still owed: whatever was not refused and not paid yet.
UNPAID = (
    PurchaseState.RECEIVED,
    PurchaseState.CHECKING,
    PurchaseState.APPROVED,
    PurchaseState.DISPUTED,
    PurchaseState.ORDERED,
)
# Those who vouch for bank details: two of them are needed for one change.
BANK_KEEPERS = (RoleKind.ACCOUNTANT, RoleKind.CO_MANAGER)


def suppliers_with_sums(user: Any) -> QuerySet[Supplier]:
    """Adds `bought` (this person's sight, credit notes taken off), `owed`, `bank_waits` and `has_bank`."""
    banks = SupplierBank.objects.filter(supplier=OuterRef("pk"))
    return Supplier.objects.annotate(
        bought=_sum(user, ~Q(state=PurchaseState.REFUSED)),
        owed=_sum(user, Q(state__in=UNPAID)),
        bank_waits=Exists(banks.waiting()),
        has_bank=Exists(banks.confirmed().order_by()),
    )


def _sum(user: Any, condition: Q) -> Coalesce:
    """One question a column, whatever the number of rows."""
    seen = Purchase.objects.visible_to(user).filter(condition, supplier=OuterRef("pk")).order_by()
    signed = Coalesce(
        Sum("total_gross", filter=Q(kind=PurchaseKind.INVOICE)), Value(ZERO), output_field=_MONEY
    ) - Coalesce(
        Sum("total_gross", filter=Q(kind=PurchaseKind.CREDIT_NOTE)), Value(ZERO), output_field=_MONEY
    )
    summed = seen.values("supplier").annotate(sum=signed).values("sum")
    return Coalesce(summed, Value(ZERO), output_field=_MONEY)


def bank_in_force(supplier: Supplier) -> SupplierBank | None:
    """The last bank details confirmed: the only ones that are paid."""
    return supplier.banks.confirmed().first()


def bank_waiting(supplier: Supplier) -> SupplierBank | None:
    return supplier.banks.waiting().select_related("proposed_by").first()


def banks_of(supplier: Supplier) -> QuerySet[SupplierBank]:
    """All of them, the last proposed first, with who proposed and who decided."""
    return supplier.banks.select_related("proposed_by__person", "decided_by__person")


def suppliers_offered() -> QuerySet[Supplier]:
    """Those that a new purchase may name: proposed ones too, since the accountant looks before approving."""
    return Supplier.objects.active()


def supplier_named(*, siren: str, vat_number: str, name: str) -> Supplier | None:
    """The supplier that a document comes from: by SIREN, by VAT number, else the only one of that name."""
    for field, value in (("siren", siren), ("vat_number", vat_number)):
        found = Supplier.objects.filter(**{field: value}).first() if value else None
        if found is not None:
            return found
    if not name.strip():
        return None
    same = Supplier.objects.filter(name__iexact=" ".join(name.split()))
    # A number that differs is another firm of the same name.
    if siren:
        same = same.filter(siren="")
    found_by_name = list(same[:2])
    return found_by_name[0] if len(found_by_name) == 1 else None


def keepers(*kinds: str) -> list[User]:
    """The accounts of those who hold one of these functions today, on the whole cooperative or part of it."""
    held = Role.objects.in_force(timezone.localdate()).filter(kind__in=kinds, person__user__is_active=True)
    return list(User.objects.filter(person__in=held.values("person")).order_by("pk"))


def owed_to(supplier: Supplier) -> Decimal:
    """What the whole cooperative still owes a supplier, credit notes taken off."""
    rows = Purchase.objects.filter(supplier=supplier, state__in=UNPAID)
    sums = rows.aggregate(
        invoices=Sum("total_gross", filter=Q(kind=PurchaseKind.INVOICE)),
        notes=Sum("total_gross", filter=Q(kind=PurchaseKind.CREDIT_NOTE)),
    )
    return (sums["invoices"] or ZERO) - (sums["notes"] or ZERO)
