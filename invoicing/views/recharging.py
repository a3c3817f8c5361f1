"""« Frais à refacturer » on an invoice draft: expenses of its customer, added once (INV-56)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from cae.core.acting import act_now, act_page
from cae.core.permissions import can, require, requires
from cae.core.templatetags.formats import day, money
from invoicing.models import Invoice, Recharge
from invoicing.selectors.beside import RECHARGED, may_have
from invoicing.selectors.recharges import lines_to_recharge, recharges_of
from invoicing.services.recharging import recharge_expenses, undo_recharge
from invoicing.views.finding import find_invoice


class RechargeForm(forms.Form):
    """Which expenses go on the invoice."""

    lines = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Dépenses"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choisissez au moins une dépense.")},
    )

    def __init__(self, *args: Any, choices: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, initial={"lines": [key for key, _words in choices]}, **kwargs)
        self.fields["lines"].choices = choices  # type: ignore[attr-defined]


def recharge_card(user: Any, invoice: Invoice) -> dict[str, Any]:
    """What the page of a draft says of expenses to rebill; the links of an issued invoice stay shown."""
    open_to = (
        invoice.is_draft
        and not (invoice.is_credit_note or invoice.is_part)
        and can(user, "invoicing.recharge_expense", invoice)
    )
    return {
        "to_recharge": list(lines_to_recharge(invoice)) if open_to else [],
        "recharges": list(recharges_of(invoice)) if may_have(invoice, RECHARGED) else [],
        "may_recharge": open_to,
    }


@requires("invoicing.recharge_expense")
def recharge_new(request: HttpRequest, pk: int) -> HttpResponse:
    invoice = find_invoice(request, pk)
    require(request.user, "invoicing.recharge_expense", invoice)
    choices = [
        (line.pk, f"{day(line.on)} · {line.label} · {money(line.cost)}")
        for line in lines_to_recharge(invoice)
    ]
    return act_page(
        request,
        RechargeForm(request.POST or None, choices=choices),
        lambda typed: recharge_expenses(invoice, keys=typed["lines"], actor=request.user),
        done=_("Frais ajoutés à la facture : relisez leur libellé et leur taux de TVA."),
        back_url=invoice.get_absolute_url(),
        title=_("Frais à refacturer"),
        lead=_("Chaque dépense s’ajoute une fois, à ce qu’elle coûte hors taxe récupérée."),
        submit=_("Ajouter à la facture"),
        crumbs=[(_("Facture"), invoice.get_absolute_url()), (_("Frais à refacturer"), "")],
    )


@require_POST
@requires("invoicing.recharge_expense")
def recharge_undo(request: HttpRequest, pk: int) -> HttpResponse:
    recharge = get_object_or_404(Recharge, pk=pk)
    invoice = find_invoice(request, recharge.invoice_id)
    require(request.user, "invoicing.recharge_expense", invoice)
    return act_now(
        request,
        lambda: undo_recharge(recharge, at=timezone.now(), actor=request.user),
        done=_("Dépense retirée de la facture : elle est de nouveau à refacturer."),
        back_url=invoice.get_absolute_url(),
    )
