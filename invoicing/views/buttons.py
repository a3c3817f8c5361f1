"""What a person may do to a document on its page: one main act, those beside it, the rest in a menu."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.permissions import can
from invoicing.models import Invoice, Quote
from invoicing.services.quoting import REVISABLE
from invoicing.states.sales import INVOICE_FLOW, QUOTE_FLOW, InvoiceState, QuoteState, Settlement
from invoicing.views.acting import Act
from invoicing.views.billing import next_to_invoice
from invoicing.views.gate import Gate
from invoicing.views.piece_buttons import piece_acts


@dataclass
class Acts:
    """The main act comes last on the page, as everywhere."""

    main: Act | None = None
    beside: list[Act] = field(default_factory=list)
    others: list[Act] = field(default_factory=list)

    def settle(self) -> Acts:
        """A menu of one entry is a button."""
        if len(self.others) == 1:
            self.beside.insert(0, self.others.pop())
        return self


def acts_of_quote(user: Any, quote: Any, state: dict[str, Any]) -> Acts:
    """`state`: what `state_of` and `sent_quote` found of this quote for this person."""
    to, acts = _address(quote, "quote"), Acts()
    moves = {move.name for move in QUOTE_FLOW.moves_open_to(user, quote)}
    on_the_way = _towards_customer(user, quote, state, moves)
    acts.main = on_the_way.pop(0) if on_the_way else None
    if state.get("may_remind"):
        acts.beside.append(Act(_("Relancer le client"), to("remind"), "bell"))
    acts.others += _as_customer(to, given_up=quote.state == QuoteState.DISCARDED) + on_the_way
    if state.get("may_send_again"):
        acts.others.append(Act(_("Envoyer de nouveau"), to("send"), "send"))
    if can(user, "invoicing.create_quote", quote.activity):
        again, elsewhere = _copies(to, _("Dupliquer pour un autre client"))
        # After a refusal, the next thing is another offer.
        (acts.beside if quote.state == QuoteState.REFUSED else acts.others).append(again)
        acts.others.append(elsewhere)
        if quote.number and not quote.is_joint:
            acts.others.append(Act(_("Rendre récurrent"), to("repeat"), "repeat"))
    if quote.state == QuoteState.ACCEPTED and can(user, "invoicing.create_purchase_order", quote.activity):
        order = f"{reverse('invoicing:purchase_order_new')}?devis={quote.pk}"
        acts.others.append(Act(_("Commander à un fournisseur"), order, "box-seam"))
    acts.others += piece_acts(user, quote)
    if quote.is_draft and not quote.is_joint and can(user, "invoicing.edit_quote", quote):
        acts.others.append(Act(_("Partager entre activités"), to("shares"), "people"))
    if "withdraw" in moves:
        acts.others.append(Act(_("Retirer le devis"), to("withdraw"), "x-lg"))
    _of_draft(acts, to, moves, state)
    return acts.settle()


def _towards_customer(user: Any, quote: Any, state: dict[str, Any], moves: set[str]) -> list[Act]:
    """What a numbered quote waits for, the likeliest first: send, note the answer, invoice, start again."""
    to, steps = _address(quote, "quote"), []
    if state.get("may_send_first"):
        steps.append(Act(_("Envoyer au client"), to("send"), "send"))
    if "accept" in moves:
        steps.append(Act(_("Noter la réponse"), to("answer"), "check-circle"))
    to_invoice = quote.state == QuoteState.ACCEPTED and not quote.invoiced
    if to_invoice and state.get("work") and can(user, "invoicing.create_invoice", quote):
        steps.append(next_to_invoice(quote, state["work"]))
    if quote.state in REVISABLE and can(user, "invoicing.edit_quote", quote):
        over = quote.is_expired(timezone.localdate())
        new = Act(_("Nouvelle version"), to("revise"), "pencil", posts=True)
        steps.insert(0 if over else len(steps), new)
    return steps


def acts_of_invoice(user: Any, invoice: Invoice, state: dict[str, Any]) -> Acts:
    """`state`: what `state_of` and `sent_invoice` found of this document for this person."""
    to, acts = _address(invoice, "invoice"), Acts()
    moves = {move.name for move in INVOICE_FLOW.moves_open_to(user, invoice)}
    owed = invoice.is_issued and not invoice.is_credit_note
    pays = owed and invoice.due > 0 and can(user, "invoicing.record_payment", invoice)
    left = owed and invoice.credited_amount < invoice.to_pay
    if left and can(user, "invoicing.credit_invoice", invoice):
        acts.beside.append(Act(_("Faire un avoir"), to("credit"), "file-earmark-minus"))
    if pays:
        payment = reverse("invoicing:payment_new", args=[invoice.pk])
        acts.main = Act(_("Enregistrer un paiement"), payment, "cash-coin")
    if state.get("may_send_first"):
        acts.beside += [acts.main] if acts.main else []
        acts.main = Act(_("Envoyer au client"), to("send"), "send")
    acts.others += _as_customer(to, given_up=invoice.state == InvoiceState.DISCARDED)
    if owed and invoice.due > 0:
        _of_debt(acts, user, invoice, to)
    if state.get("may_send_again"):
        acts.others.append(Act(_("Envoyer de nouveau"), to("send"), "send"))
    if owed and invoice.balance.held and can(user, "invoicing.record_payment", invoice):
        release = reverse("invoicing:retention_release", args=[invoice.pk])
        acts.others.append(Act(_("Libérer la retenue de garantie"), release, "unlock"))
    copied = not invoice.is_credit_note and not invoice.is_part
    if copied and can(user, "invoicing.create_invoice", invoice.activity):
        acts.others += _copies(to, _("Dupliquer pour un autre client, ou en devis"))
        if invoice.is_issued:
            acts.others.append(Act(_("Rendre récurrente"), to("repeat"), "repeat"))
    acts.others += piece_acts(user, invoice)
    _of_draft(acts, to, moves, state)
    return acts.settle()


def _of_debt(acts: Acts, user: Any, invoice: Any, to: Callable[[str], str]) -> None:
    """What is done about money that does not come."""
    if invoice.settlement == Settlement.OVERDUE:
        if can(user, "invoicing.chase_customer", invoice):
            url = reverse(
                "invoicing:chase_customer", args=[invoice.customer_id], query={"facture": invoice.pk}
            )
            acts.beside.append(Act(_("Relancer"), url, "bell"))
            acts.others.append(Act(_("Mettre les relances en pause"), to("pause"), "pause-circle"))
        if can(user, "invoicing.make_recovery_file", invoice):
            word = _("Dossier de recouvrement")
            acts.others.append(Act(word, to("recovery"), "file-earmark-zip", posts=True))
    if can(user, "invoicing.write_off", invoice):
        acts.others.append(Act(_("Passer en perte"), to("loss"), "slash-circle"))


def _of_draft(acts: Acts, to: Callable[[str], str], moves: set[str], state: dict[str, Any]) -> None:
    """Until it is numbered: write, hand over, take back, give up; and what a checker does of it."""
    gate: Gate | None = state["gate"]
    if state["queue_url"]:
        acts.main = Act(_("Relire et répondre"), state["queue_url"], "check-circle")
    if gate:
        acts.main = Act(gate.word, gate.url, "check-lg" if gate.alone else "send")
    if state["may_edit"]:
        acts.beside.append(Act(_("Modifier"), state["edit_url"], "pencil"))
    if state["may_take_back"]:
        acts.beside.append(
            Act(_("Reprendre pour modifier"), to("take_back"), "arrow-counterclockwise", posts=True)
        )
    if "restore" in moves:
        acts.main = Act(_("Reprendre"), to("restore"), "arrow-counterclockwise", posts=True, form="restore")
    if "discard" in moves:
        acts.others.append(Act(_("Abandonner"), to("discard"), "trash", posts=True))


def _as_customer(to: Callable[[str], str], *, given_up: bool) -> list[Act]:
    """No customer will ever see what was given up."""
    return [] if given_up else [Act(_("Voir comme le client"), to("as_customer"), "eye")]


def _copies(to: Callable[[str], str], elsewhere: str) -> list[Act]:
    return [
        Act(_("Dupliquer pour le même client"), to("duplicate"), "copy", posts=True),
        Act(elsewhere, to("copy"), "people"),
    ]


def _address(document: Quote | Invoice, kind: str) -> Callable[[str], str]:
    return lambda name: reverse(f"invoicing:{kind}_{name}", args=[document.pk])
