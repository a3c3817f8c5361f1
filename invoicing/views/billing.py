"""The block « Facturation » of an accepted quote: what was invoiced of it, what is left, what may be made."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cae.core.permissions import can
from invoicing.models import Invoice, Quote
from invoicing.selectors.parts import Work, amendable_with, work_of
from invoicing.states.sales import QuoteState
from invoicing.views.acting import Act


def work_shown(quote: Quote) -> Work | None:
    """What is invoiced of an accepted quote; an amendment is told by the work that it adds to."""
    if quote.state != QuoteState.ACCEPTED or hasattr(quote, "amends"):
        return None
    return work_of(quote)


def billing_shown(user: Any, quote: Quote, work: Work | None) -> dict[str, Any]:
    """The context of `_billing.html`, and what the customer chose, which the work has read."""
    if work is None:
        amended = quote.amends.work if hasattr(quote, "amends") else None
        may_unamend = amended is not None and can(user, "invoicing.create_invoice", quote)
        return {"work": None, "amended": amended, "may_unamend": may_unamend}
    open_ = is_open(user, work)
    return {
        "work": work,
        "chosen": work.chosen,
        "billed_percent": int(work.share_done * 100),
        "amendments": [one.quote for one in work.accepted[1:]],
        "to_come": work.to_come if open_ else [],
        "billing_acts": [*_to_make(quote, work), *_to_read(quote, work)] if open_ else _to_read(quote, work),
    }


def is_open(user: Any, work: Work) -> bool:
    """This person may invoice something of the work now."""
    free = work.whole is None and work.prepared is None and bool(work.left)
    return free and can(user, "invoicing.create_invoice", work.quote)


def next_to_invoice(quote: Quote, work: Work) -> Act:
    """The likeliest thing to do now to invoice the quote."""
    to, waiting = _to(quote), work.to_come
    if work.prepared is not None:
        url = work.prepared.get_absolute_url()
        return Act(_("Voir la facture en préparation"), url, "receipt")
    if waiting:
        url = reverse("invoicing:quote_instalment", args=[quote.pk, waiting[0].position])
        return Act(_("Facturer : %(part)s") % {"part": waiting[0]}, url, "receipt", posts=True)
    if work.by_progress:
        return Act(_("Préparer une situation"), to("progress"), "receipt")
    if work.parts:
        return Act(_("Facturer le solde"), to("balance"), "receipt", posts=True)
    if len(work.accepted) > 1:
        return Act(_("Facturer avec l’avenant"), to("balance"), "receipt", posts=True)
    return Act(_("Facturer"), to("invoice"), "receipt", posts=True)


def _to_make(quote: Quote, work: Work) -> list[Act]:
    to = _to(quote)
    acts = [Act(_("Acompte"), to("deposit"), "cash-coin")]
    if not work.by_progress:
        acts.append(Act(_("Facture intermédiaire"), to("interim"), "receipt"))
    if not work.has_interims:
        acts.append(Act(_("Situation"), to("progress"), "layers"))
    if work.parts:
        acts.append(Act(_("Solde"), to("balance"), "check-lg", posts=True))
    if amendable_with(quote).exists():
        acts.append(Act(_("Ajouter un avenant"), to("amend"), "plus-lg"))
    return acts


def _to_read(quote: Quote, work: Work) -> list[Act]:
    if work.whole is not None or not (work.by_progress or work.parts):
        return []
    return [Act(_("Décompte en PDF"), _to(quote)("account"), "file-earmark-pdf")]


def _to(quote: Quote) -> Any:
    return lambda name: reverse(f"invoicing:quote_{name}", args=[quote.pk])


def siblings_of(invoice: Invoice) -> list[Invoice]:
    """The other documents in which the same quote was invoiced."""
    if invoice.quote is None or not invoice.is_part:
        return []
    work = work_of(invoice.quote, without=invoice)
    return [part.invoice for part in work.parts]
