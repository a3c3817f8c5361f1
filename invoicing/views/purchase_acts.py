"""What is done to a purchase: each act its page, or one click (INV-47, INV-48)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cae.core.acting import act_now, act_page
from cae.core.permissions import requires
from invoicing.forms.purchase_acts import (
    AnswerForm,
    ApproveForm,
    DisputeForm,
    DueForm,
    ImputeForm,
    PaidForm,
    ReasonForm,
)
from invoicing.models import Purchase
from invoicing.selectors.purchases import doubts_of, invoices_to_impute_on, left_of, shares_of
from invoicing.selectors.suppliers import bank_in_force
from invoicing.services.purchase_moves import (
    approve_purchase,
    dispute_purchase,
    refuse_purchase,
    resume_purchase,
    take_purchase,
    undo_purchase,
)
from invoicing.services.purchase_payments import (
    impute_credit,
    order_payment,
    release_credit,
    settle_purchase,
    withdraw_orders,
)
from invoicing.states.exchange import EInvoiceCode
from invoicing.states.reasons import reasons_for
from invoicing.views.purchase_parts import crumbs_of, find_purchase

TAKE, APPROVE = "invoicing.take_purchase", "invoicing.approve_purchase"
ANSWER, PAY = "invoicing.answer_purchase", "invoicing.pay_purchase"


@require_POST
@requires(TAKE)
def purchase_take(request: HttpRequest, pk: int) -> HttpResponse:
    purchase = find_purchase(request, pk, right=TAKE)
    return act_now(
        request,
        lambda: take_purchase(purchase, actor=request.user, at=timezone.now()),
        done=_("C’est noté : cet achat est pour vous. La comptabilité l’approuve ensuite."),
        back_url=purchase.get_absolute_url(),
    )


@requires(APPROVE)
def purchase_approve(request: HttpRequest, pk: int) -> HttpResponse:
    purchase = find_purchase(request, pk, right=APPROVE)
    doubts = doubts_of(purchase)
    form = ApproveForm(request.POST if request.method == "POST" else None, doubtful=bool(doubts))
    return _page(
        request,
        purchase,
        form,
        lambda _found: approve_purchase(
            purchase, actor=request.user, at=timezone.now(), looked=form.has_looked
        ),
        title=_("Approuver l’achat"),
        submit=_("Approuver et comptabiliser"),
        done=_("Achat approuvé : son écriture est passée."),
        template="invoicing/purchases/approve.html",
        doubts=doubts,
        shares=shares_of(purchase),
    )


@requires(ANSWER)
def purchase_dispute(request: HttpRequest, pk: int) -> HttpResponse:
    purchase = find_purchase(request, pk, right=ANSWER)
    today = timezone.localdate()
    known = {one.code: one for one in reasons_for(EInvoiceCode.DISPUTED, on=today)}
    known |= {one.code: one for one in reasons_for(EInvoiceCode.SUSPENDED, on=today)}
    reasons = list(known.values())
    form = DisputeForm(request.POST or None, reasons=reasons, address=purchase.supplier.email)
    return _page(
        request,
        purchase,
        form,
        lambda _found: dispute_purchase(purchase, actor=request.user, at=timezone.now(), **form.told()),
        title=_("Mettre en litige"),
        submit=_("Mettre en litige"),
        done=_("L’achat est en litige : il ne sera pas payé avant d’être repris."),
    )


@require_POST
@requires(ANSWER)
def purchase_resume(request: HttpRequest, pk: int) -> HttpResponse:
    purchase = find_purchase(request, pk, right=ANSWER)
    return act_now(
        request,
        lambda: resume_purchase(purchase, actor=request.user, at=timezone.now()),
        done=_("Le litige est levé : l’achat est à approuver."),
        back_url=purchase.get_absolute_url(),
    )


@requires(ANSWER)
def purchase_refuse(request: HttpRequest, pk: int) -> HttpResponse:
    purchase = find_purchase(request, pk, right=ANSWER)
    reasons = reasons_for(EInvoiceCode.REFUSED, on=timezone.localdate())
    form = AnswerForm(request.POST or None, reasons=reasons, address=purchase.supplier.email)
    return _page(
        request,
        purchase,
        form,
        lambda _found: refuse_purchase(purchase, actor=request.user, at=timezone.now(), **form.told()),
        title=_("Refuser l’achat"),
        submit=_("Refuser"),
        tone="danger",
        done=_("L’achat est refusé : le fournisseur peut en envoyer un autre, corrigé."),
    )


@requires(PAY)
def purchase_undo(request: HttpRequest, pk: int) -> HttpResponse:
    purchase = find_purchase(request, pk, right=PAY)
    return _page(
        request,
        purchase,
        ReasonForm(request.POST or None),
        lambda found: undo_purchase(
            purchase, reason=found["reason"], on=timezone.localdate(), actor=request.user
        ),
        title=_("Annuler l’approbation"),
        lead=_("Une écriture inverse est passée ; l’achat redevient à approuver."),
        submit=_("Annuler l’approbation"),
        tone="danger",
        done=_("L’approbation est annulée : l’écriture est contre-passée."),
    )


@requires(PAY)
def purchase_payment(request: HttpRequest, pk: int) -> HttpResponse:
    purchase = find_purchase(request, pk, right=PAY)
    left = left_of(purchase)
    return _page(
        request,
        purchase,
        DueForm(request.POST or None, initial={"due_on": purchase.due_on}),
        lambda found: order_payment(purchase, actor=request.user, due_on=found["due_on"]),
        title=_("Ordonner le paiement"),
        submit=_("Ordonner le paiement"),
        done=_("Le paiement est ordonné : il partira avec un virement groupé."),
        template="invoicing/purchases/payment.html",
        parts=[(share.section, left.get(share.section_id, 0)) for share in shares_of(purchase)],
        bank=bank_in_force(purchase.supplier) if purchase.advanced_by is None else None,
    )


@requires(PAY)
def purchase_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    purchase = find_purchase(request, pk, right=PAY)
    return _page(
        request,
        purchase,
        ReasonForm(request.POST or None),
        lambda found: withdraw_orders(purchase, reason=found["reason"], actor=request.user),
        title=_("Retirer l’ordre de paiement"),
        submit=_("Retirer l’ordre"),
        tone="danger",
        done=_("L’ordre de paiement est retiré : l’achat reste approuvé."),
    )


@requires(PAY)
def purchase_settle(request: HttpRequest, pk: int) -> HttpResponse:
    purchase = find_purchase(request, pk, right=PAY)
    return _page(
        request,
        purchase,
        PaidForm(request.POST or None, initial={"on": timezone.localdate()}),
        lambda found: settle_purchase(purchase, on=found["on"], actor=request.user),
        title=_("Noter remboursé") if purchase.is_credit_note else _("Noter payé"),
        submit=_("Noter"),
        done=_("C’est noté : l’écriture de banque est passée."),
    )


@requires(PAY)
def purchase_impute(request: HttpRequest, pk: int) -> HttpResponse:
    purchase = find_purchase(request, pk, right=PAY)
    return _page(
        request,
        purchase,
        ImputeForm(request.POST or None, invoices=invoices_to_impute_on(purchase)),
        lambda found: impute_credit(
            purchase, invoice=found["invoice"], on=timezone.localdate(), actor=request.user
        ),
        title=_("Imputer l’avoir"),
        lead=_("Le paiement de la facture choisie est réduit d’autant."),
        submit=_("Imputer"),
        done=_("L’avoir est imputé : le paiement de la facture est réduit d’autant."),
    )


@require_POST
@requires(PAY)
def purchase_release(request: HttpRequest, pk: int) -> HttpResponse:
    purchase = find_purchase(request, pk, right=PAY)
    return act_now(
        request,
        lambda: release_credit(purchase, actor=request.user),
        done=_("L’avoir est repris : il peut servir à une autre facture."),
        back_url=purchase.get_absolute_url(),
    )


def _page(
    request: HttpRequest,
    purchase: Purchase,
    form: forms.BaseForm,
    run: Callable[[dict[str, Any]], Any],
    **page: Any,
) -> HttpResponse:
    """One act alone on its page, under the purchase it is about."""
    known: dict[str, Any] = {
        "crumbs": crumbs_of(purchase, page["title"]),
        "lead": str(purchase),
        "purchase": purchase,
    }
    return act_page(request, form, run, back_url=purchase.get_absolute_url(), **(known | page))
