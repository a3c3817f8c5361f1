"""Bank details of a supplier: proposed, confirmed after a call by another person, set aside (INV-45)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.acting import act_page
from cae.core.keys import key_in
from cae.core.permissions import requires
from invoicing.forms.suppliers import BankForm, CallForm, RejectForm
from invoicing.models import Supplier, SupplierBank
from invoicing.selectors.suppliers import bank_in_force
from invoicing.services.supplier_banks import confirm_bank, propose_bank, reject_bank
from invoicing.states.purchases import BankSource
from invoicing.views.purchase_parts import find_purchase, find_supplier, supplier_crumbs


@requires("invoicing.keep_banks")
def bank_propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Typed, or taken from a purchase that asks to be paid there: it is kept which."""
    supplier = find_supplier(pk)
    seen = _iban_seen(request, supplier)
    title = _("Proposer un IBAN")

    def propose(found: dict[str, Any]) -> None:
        is_seen = bool(seen) and "".join(found["iban"].split()).upper() == seen
        source = BankSource.INVOICE if is_seen else BankSource.TYPED
        propose_bank(supplier, iban=found["iban"], actor=request.user, at=timezone.now(), source=source)

    return act_page(
        request,
        BankForm(request.POST or None, initial={"iban": seen}),
        propose,
        done=_("IBAN proposé : il servira quand une autre personne l’aura confirmé par téléphone."),
        back_url=supplier.get_absolute_url(),
        title=title,
        submit=_("Proposer"),
        crumbs=supplier_crumbs((supplier.name, supplier.get_absolute_url()), (title, "")),
    )


@requires("invoicing.keep_banks")
def bank_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    bank = _bank(pk)
    form = CallForm(request.POST or None, initial={"on": timezone.localdate()})
    title = _("Confirmer un IBAN")
    return act_page(
        request,
        form,
        lambda _found: confirm_bank(bank, call=form.call(), actor=request.user, at=timezone.now()),
        done=_("IBAN confirmé : les prochains paiements y vont."),
        back_url=bank.supplier.get_absolute_url(),
        title=title,
        submit=_("Confirmer cet IBAN"),
        crumbs=_crumbs(bank, title),
        template="invoicing/purchases/bank_confirm.html",
        bank=bank,
        current=bank_in_force(bank.supplier),
        is_mine=bank.proposed_by_id == request.user.pk,
    )


@requires("invoicing.keep_banks")
def bank_reject(request: HttpRequest, pk: int) -> HttpResponse:
    bank = _bank(pk)
    title = _("Écarter un IBAN")
    return act_page(
        request,
        RejectForm(request.POST or None),
        lambda found: reject_bank(bank, reason=found["reason"], actor=request.user, at=timezone.now()),
        done=_("Cet IBAN est écarté : rien n’y sera payé."),
        back_url=bank.supplier.get_absolute_url(),
        title=title,
        submit=_("Écarter cet IBAN"),
        tone="danger",
        crumbs=_crumbs(bank, title),
    )


def _iban_seen(request: HttpRequest, supplier: Supplier) -> str:
    """The IBAN that the purchase of the address prints."""
    key = key_in(request.GET.get("achat", ""))
    if key is None:
        return ""
    purchase = find_purchase(request, key)
    return purchase.iban_seen if purchase.supplier_id == supplier.pk else ""


def _bank(pk: int) -> SupplierBank:
    found: SupplierBank = get_object_or_404(
        SupplierBank.objects.select_related("supplier", "proposed_by__person"), pk=pk
    )
    return found


def _crumbs(bank: SupplierBank, title: str) -> list[tuple[object, str]]:
    return supplier_crumbs((bank.supplier.name, bank.supplier.get_absolute_url()), (title, ""))
