"""Gives back what was billed and should not stay so: said first, then a credit note of its line (COW-15,
COW-21)."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import NAMESPACE_URL, uuid4, uuid5

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.money import ZERO
from coworking.models import Charge, Pass
from coworking.states.members import ChargeState
from invoicing.models import Invoice, InvoiceLine
from invoicing.services.crediting import draft_credit_note
from invoicing.services.discarding import restore_invoice
from invoicing.services.inputs import LineCredit
from invoicing.services.internal_sales import credit_internal
from invoicing.states.sales import CreditPart, InvoiceState
from people.services.changes import one_line

_MOST_REASON = 250


@transaction.atomic
def owe_back(charge: Charge, *, reason: str, actor: Any) -> Charge:
    """Does: says that what was billed is to be given back; whoever bills is asked for the credit note.
    Refuses: a charge that is not billed, a deposit kept, a pass already used, no reason. Leaves behind: the
    moment and the reason, the pass empty, audit; said twice, nothing more."""
    row = _locked(charge)
    reason = one_line(reason, "reason", _("Dites pourquoi cette ligne est rendue."), most=_MOST_REASON)
    if row.state != ChargeState.BILLED:
        raise IllegalMove(_("Cette ligne n’est pas facturée : abandonnez-la plutôt."))
    if hasattr(row, "kept_deposit") or hasattr(row, "kept_accessloan"):
        raise Refused(Code.NOT_ALLOWED, _("Un dépôt gardé paie cette ligne : faites l’avoir de sa facture."))
    if row.to_credit_since is not None:
        return row
    if row.sold_pass_id is not None:
        _empty(row.sold_pass_id)
    row.to_credit_since, row.to_credit_because = timezone.now(), reason
    row.save(update_fields=["to_credit_since", "to_credit_because"])
    audit.record(actor, "coworking.charge.owe_back", row, detail={"reason": reason})
    return row


@transaction.atomic
def keep_billed(charge: Charge, *, reason: str, actor: Any) -> Charge:
    """Does: gives nothing back after all, or not from here. Refuses: a charge that is not to be given back, a
    month due anew since, no reason. Leaves behind: the pass as it was, unless its invoice gave it back,
    audit."""
    row = _locked(charge)
    reason = one_line(reason, "reason", _("Dites pourquoi rien n’est rendu."), most=_MOST_REASON)
    _require_owed(row)
    if _is_due_anew(row):
        raise Refused(
            Code.DUPLICATE,
            _("Ce mois est dû de nouveau, sur une autre ligne : abandonnez-la d’abord, ou faites son avoir."),
        )
    if row.sold_pass_id is not None and not _is_credited(row):
        Pass.objects.filter(pk=row.sold_pass_id).update(left=F("units"))
    row.to_credit_since, row.to_credit_because, row.credit = None, "", None
    row.save(update_fields=["to_credit_since", "to_credit_because", "credit"])
    audit.record(actor, "coworking.charge.keep_billed", row, detail={"reason": reason})
    return row


@transaction.atomic
def prepare_credit(charge: Charge, *, today: date, actor: Any) -> Charge:
    """Does: prepares the credit note of the line: a draft for a customer, taken up again if it was given up;
    at once between activities. Refuses: a charge that is not to be given back, an invoice that is not issued
    or whose line changed, what the credit note refuses. Leaves behind: the credit note, audit."""
    row = _locked(charge)
    _require_owed(row)
    if row.internal_sale is not None:
        row.internal_credit = credit_internal(
            row.internal_sale,
            amount=row.amount,
            reason=row.to_credit_because,
            form_key=uuid5(NAMESPACE_URL, f"place-credit:{row.pk}"),
            on=today,
            actor=actor,
        )
    elif row.credit is not None:
        restore_invoice(row.credit, actor=actor)
    else:
        row.credit = _note_of(row, actor)
    row.save(update_fields=["credit", "internal_credit"])
    audit.record(actor, "coworking.charge.credit", row, detail={"amount": str(row.amount)})
    return row


def _note_of(row: Charge, actor: Any) -> Invoice:
    invoice = row.invoice
    if invoice is None or not invoice.is_issued:
        raise Refused(
            Code.NOT_ALLOWED,
            _("Cette facture n’est pas encore émise : retirez la ligne de son brouillon, ou abandonnez-le."),
        )
    line = _line_of(row, invoice)
    return draft_credit_note(
        invoice,
        part=CreditPart.LINES,
        reason=row.to_credit_because,
        form_key=uuid4(),
        actor=actor,
        lines=[LineCredit(line, line.quantity)],
    )


def _line_of(row: Charge, invoice: Invoice) -> InvoiceLine:
    """The line that bills a charge; of several that say the same, the one of its rank."""
    alike = Charge.objects.filter(invoice=invoice, label=row.label, amount=row.amount).order_by("day", "pk")
    rank = list(alike.values_list("pk", flat=True)).index(row.pk)
    lines = list(invoice.lines.filter(label=row.label, net=row.amount).order_by("position"))
    if len(lines) <= rank:
        raise Refused(
            Code.NOT_ALLOWED,
            _("La ligne a changé sur %(number)s : faites l’avoir depuis la facture.")
            % {"number": invoice.number},
        )
    return lines[rank]


def _is_due_anew(row: Charge) -> bool:
    """Its subscription is due for the same month by another line."""
    if row.subscription_id is None:
        return False
    live = Charge.objects.exclude(state=ChargeState.WAIVED).filter(to_credit_since__isnull=True)
    return live.filter(subscription=row.subscription_id, kind=row.kind, day=row.day).exists()


def _is_credited(row: Charge) -> bool:
    """Its document itself was credited of it."""
    if row.invoice is not None:
        notes = row.invoice.credit_notes.exclude(state=InvoiceState.DISCARDED)
        return notes.filter(lines__label=row.label).exists()
    return row.internal_sale is not None and row.internal_sale.credits.exists()


def _empty(key: int) -> None:
    """A pass given back serves no more."""
    sold = Pass.objects.select_for_update(of=("self",)).get(pk=key)
    if sold.left != sold.units:
        raise Refused(
            Code.NOT_ALLOWED, _("Ce carnet a déjà servi : faites l’avoir de ce qui reste depuis la facture.")
        )
    sold.left = ZERO
    sold.save(update_fields=["left"])


def _locked(charge: Charge) -> Charge:
    rows = Charge.objects.select_for_update(of=("self",)).select_related("invoice", "internal_sale", "credit")
    return rows.get(pk=charge.pk)


def _require_owed(row: Charge) -> None:
    if not row.is_to_credit:
        raise Refused(
            Code.ALREADY_DONE, _("Rien n’est à rendre sur cette ligne : quelqu’un s’en est occupé.")
        )
