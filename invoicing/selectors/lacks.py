"""What the documents of this room lack before they are posted or paid (ACC-05)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounting.selectors.lacks import ACCOUNTS, BANKS, Lack
from invoicing.models import ExpenseClaim, Purchase, PurchaseLine, Supplier, SupplierBank
from invoicing.states.expenses import ClaimState
from invoicing.states.purchases import PurchaseKind, PurchaseState
from people.models import Person, PersonBank
from people.states.banks import BankState

# A page names the first ones; the lists of each say the rest.
_MOST = 50


def lacks_of_documents(_on: date) -> Iterator[Lack]:
    """Suppliers without account whose purchases are to be approved; suppliers and people to be paid without
    confirmed bank details."""
    yield from _suppliers_without_account()
    yield from _suppliers_without_bank()
    yield from _people_without_bank()


def _suppliers_without_account() -> Iterator[Lack]:
    bare = PurchaseLine.objects.filter(
        account=None, purchase__supplier=OuterRef("pk"), purchase__state=PurchaseState.CHECKING
    )
    for supplier in Supplier.objects.filter(Exists(bare), account=None).order_by("sort_name")[:_MOST]:
        yield Lack(
            ACCOUNTS,
            _("Les achats de « %(supplier)s » n’ont pas de compte : ils ne peuvent pas être approuvés.")
            % {"supplier": supplier.name},
            supplier.get_absolute_url(),
            gettext_lazy("Choisir le compte"),
            "invoicing.keep_suppliers",
        )


def _suppliers_without_bank() -> Iterator[Lack]:
    owed = Purchase.objects.filter(
        supplier=OuterRef("pk"),
        advanced_by=None,
        state=PurchaseState.APPROVED,
        kind=PurchaseKind.INVOICE,
    )
    known = SupplierBank.objects.confirmed().filter(supplier=OuterRef("pk"))
    for supplier in Supplier.objects.filter(Exists(owed), ~Exists(known)).order_by("sort_name")[:_MOST]:
        yield Lack(
            BANKS,
            _("« %(supplier)s » n’a pas de coordonnées bancaires confirmées : ses factures attendent.")
            % {"supplier": supplier.name},
            supplier.get_absolute_url(),
            gettext_lazy("Voir le fournisseur"),
            "invoicing.keep_suppliers",
        )


def _people_without_bank() -> Iterator[Lack]:
    owed = ExpenseClaim.objects.filter(person=OuterRef("pk"), state=ClaimState.APPROVED)
    known = PersonBank.objects.filter(person=OuterRef("pk"), state=BankState.CONFIRMED)
    for person in Person.objects.filter(Exists(owed), ~Exists(known)).order_by("pk")[:_MOST]:
        yield Lack(
            BANKS,
            _("%(person)s n’a pas de coordonnées bancaires confirmées : ses notes de frais attendent.")
            % {"person": person},
            reverse("people:bank_list"),
            gettext_lazy("Voir les comptes à confirmer"),
            "people.confirm_bank",
        )
