"""What waits in purchases: to recognise, to approve, to pay soon; orders and bank details to vouch for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import ngettext

from cae.core.facts import Awaited, Todo
from cae.core.permissions import can
from cae.core.questions import Given, Pile, Tally
from cae.core.settings import value_of
from invoicing.models import Purchase, PurchaseOrder, Supplier, SupplierBank
from invoicing.models.sight import reach, within
from invoicing.parameters import DUE_SOON_DAYS
from invoicing.selectors.queue import checked_by
from invoicing.states.purchases import PurchaseKind, PurchaseOrderState, PurchaseState
from people.permissions import is_accountant, is_manager
from people.selectors import scopes_with_part
from people.states import SELLING_PARTS


def _of_seller(user: Any, _today: date) -> dict[str, Any] | None:
    own = scopes_with_part(user, SELLING_PARTS)
    return reach(own) if own else None


def _of_accountant(user: Any, today: date) -> dict[str, Any] | None:
    return {} if is_accountant.test(user) else None


def _of_payer(user: Any, today: date) -> dict[str, Any] | None:
    if not is_accountant.test(user):
        return None
    return {"until": today + timedelta(days=value_of(DUE_SOON_DAYS, on=today))}


def _of_keeper(user: Any, _today: date) -> dict[str, Any] | None:
    return {"user": user.pk} if is_accountant.test(user) or is_manager.test(user) else None


def _of_checker(user: Any, _today: date) -> dict[str, Any] | None:
    if not can(user, "invoicing.check_document"):
        return None
    return reach(checked_by(user))


def _to_take(user: Any, today: date, tally: Tally) -> Iterator[Todo]:
    label = ngettext("Reconnaître %(count)d achat", "Reconnaître %(count)d achats", tally.count)
    yield _counted(label, f"{reverse('invoicing:purchase_list')}?step=to_take", tally)


def _to_approve(user: Any, today: date, tally: Tally) -> Iterator[Todo]:
    label = ngettext("Approuver %(count)d achat", "Approuver %(count)d achats", tally.count)
    yield _counted(label, f"{reverse('invoicing:purchase_list')}?step=to_approve", tally)


def _to_pay(user: Any, today: date, tally: Tally) -> Iterator[Todo]:
    label = ngettext(
        "Payer %(count)d achat bientôt échu", "Payer %(count)d achats bientôt échus", tally.count
    )
    yield Todo(
        label=label % {"count": tally.count},
        url=f"{reverse('invoicing:purchase_list')}?step=to_pay",
        due=tally.since,
        count=tally.count,
    )


def _banks(user: Any, today: date, tally: Tally) -> Iterator[Todo]:
    label = ngettext(
        "Confirmer les coordonnées bancaires de %(count)d fournisseur",
        "Confirmer les coordonnées bancaires de %(count)d fournisseurs",
        tally.count,
    )
    yield _counted(label, f"{reverse('invoicing:supplier_list')}?bank=waits", tally)


def _suppliers(user: Any, today: date, tally: Tally) -> Iterator[Todo]:
    label = ngettext("Vérifier %(count)d fournisseur", "Vérifier %(count)d fournisseurs", tally.count)
    yield _counted(label, f"{reverse('invoicing:supplier_list')}?proposed=1", tally)


def _orders(user: Any, today: date, tally: Tally) -> Iterator[Todo]:
    label = ngettext(
        "Approuver %(count)d commande fournisseur", "Approuver %(count)d commandes fournisseurs", tally.count
    )
    yield _counted(label, f"{reverse('invoicing:purchase_order_list')}?state=submitted", tally)


def _counted(label: str, url: str, tally: Tally) -> Todo:
    return Todo(label=label % {"count": tally.count}, url=url, since=tally.since, count=tally.count)


AWAITED = (
    Awaited(
        Pile(
            "invoicing.purchases_to_take",
            lambda: (Purchase.objects.filter(within(), state=PurchaseState.RECEIVED), "state_since"),
        ),
        _of_seller,
        _to_take,
    ),
    Awaited(
        Pile(
            "invoicing.purchases_to_approve",
            lambda: (
                Purchase.objects.filter(
                    Q(state=PurchaseState.CHECKING) | Q(state=PurchaseState.RECEIVED, activity=None)
                ),
                "state_since",
            ),
        ),
        _of_accountant,
        _to_approve,
    ),
    Awaited(
        Pile(
            "invoicing.purchases_due",
            lambda: (
                Purchase.objects.filter(
                    state=PurchaseState.APPROVED, kind=PurchaseKind.INVOICE, due_on__lte=Given("until")
                ),
                "due_on",
            ),
        ),
        _of_payer,
        _to_pay,
    ),
    Awaited(
        Pile(
            "invoicing.banks_to_confirm",
            lambda: (SupplierBank.objects.waiting().exclude(proposed_by=Given("user")), "proposed_at"),
        ),
        _of_keeper,
        _banks,
    ),
    Awaited(
        Pile(
            "invoicing.suppliers_proposed",
            lambda: (Supplier.objects.active().filter(accepted_at=None), "created_at"),
        ),
        _of_accountant,
        _suppliers,
    ),
    Awaited(
        Pile(
            "invoicing.orders_to_approve",
            lambda: (
                PurchaseOrder.objects.filter(within(), state=PurchaseOrderState.SUBMITTED),
                "state_since",
            ),
        ),
        _of_checker,
        _orders,
    ),
)
