"""Prepares the invoices in which a quote is asked for: deposit, instalment, situation, balance (INV-22,
INV-23). Each is a draft whose amounts come from the quote; it is issued by the same verb as an invoice."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.money import ZERO, cents
from cae.core.settings import value_of
from cae.core.templatetags.formats import money
from invoicing import parameters
from invoicing.calculations.schedule import AboveRest, Groups, gross_of, in_gross, in_share, within
from invoicing.calculations.totals import TaxGroup, totals_of_groups
from invoicing.models import Amendment, Invoice, OwnMention, Quote, QuoteInstalment
from invoicing.selectors.parts import Work, planned_of, work_of
from invoicing.services.inputs import PartContent
from invoicing.services.part_rows import (
    Content,
    retained_of,
    rows_of_balance,
    rows_of_groups,
    rows_of_progress,
)
from invoicing.services.writing import check_texts, operation_of, write_rows
from invoicing.states.parts import MAX_RETENTION, InvoicePart
from invoicing.states.sales import MAX_TEXT, MentionPlace, Operation, QuoteState, VatCategory, VatDueOn


@dataclass(frozen=True, slots=True)
class Ask:
    """How much of the quote: a line of its schedule, a share of it, or an amount with tax."""

    instalment: QuoteInstalment | None = None
    rate: Decimal | None = None
    amount: Decimal | None = None


Compose = Callable[[Work], Content]


def prepare_deposit(quote: Quote, *, ask: Ask, form_key: UUID, actor: Any) -> Invoice:
    """Does: prepares a deposit invoice; the same form sent twice gives the same draft. Refuses: a quote not
    accepted, invoiced whole or added to another, a part already in preparation, more than what is left,
    goods that leave for another State of the Union. Leaves behind: the draft, one line a rate; audit."""
    label = _label_of(ask, _("Acompte"))

    def compose(work: Work) -> Content:
        # Such a payment on account has no invoice (directive 2006/112/EC art. 220-1, 4): that of the goods
        # says when they left (BR-IC-11), which a deposit cannot.
        if any(group.category == VatCategory.INTRA_COMMUNITY for group in work.left):
            raise IllegalMove(
                _("Des biens qui partent dans un autre pays de l’Union se facturent au départ, sans acompte.")
            )
        return _asking(quote, ask, label)(work)

    return _prepare(quote, InvoicePart.DEPOSIT, compose, ask, form_key=form_key, actor=actor)


def prepare_interim(quote: Quote, *, ask: Ask, form_key: UUID, actor: Any) -> Invoice:
    """Does: prepares the invoice of a part of the price. Refuses: as `prepare_deposit`, and a quote that is
    invoiced by situations. Leaves behind: the draft, one line a rate; audit."""

    def compose(work: Work) -> Content:
        if work.by_progress:
            raise IllegalMove(_("Ce devis se facture à l’avancement : préparez une situation."))
        return _asking(quote, ask, _label_of(ask, _("Échéance")))(work)

    return _prepare(quote, InvoicePart.INTERIM, compose, ask, form_key=form_key, actor=actor)


def prepare_progress(
    quote: Quote,
    *,
    reached: Mapping[int, Decimal],
    form_key: UUID,
    actor: Any,
    retention: Decimal | None = None,
) -> Invoice:
    """Does: prepares a situation: each line, by its key, to the share of it that is reached; when all is
    reached it is the final account. Refuses: as `prepare_deposit`; a quote invoiced by instalments; a share
    out of bounds; a situation of nothing or below zero. Leaves behind: the draft, its retention; audit."""

    def compose(work: Work) -> Content:
        if work.has_interims:
            raise IllegalMove(_("Ce devis se facture par échéances : préparez la suivante ou le solde."))
        _check_shares(work, reached)
        return _above_zero(rows_of_progress(work, reached))

    return _prepare(
        quote, InvoicePart.PROGRESS, compose, Ask(), form_key=form_key, actor=actor, retention=retention
    )


def prepare_balance(quote: Quote, *, form_key: UUID, actor: Any, retention: Decimal | None = None) -> Invoice:
    """Does: prepares the invoice of all that is left, rate by rate, the deposit taken off; after situations
    it is the final account. Refuses: as `prepare_deposit`; nothing left. Leaves behind: the draft; audit."""
    return _prepare(
        quote, InvoicePart.BALANCE, balance_of, Ask(), form_key=form_key, actor=actor, retention=retention
    )


def balance_of(work: Work) -> Content:
    """What the balance asks, however the quote was invoiced before."""
    if work.by_progress:
        return _above_zero(rows_of_progress(work, dict.fromkeys(work.work_lines, Decimal(1))))
    return _above_zero(rows_of_balance(work))


def save_part(invoice: Invoice, *, content: PartContent, version: int, actor: Any) -> Invoice:
    """Does: changes what a part may say of itself: purpose, order number, dates, internal note; its amounts
    come from the quote. Refuses: no draft of a part, a form older than it, a text too long. Leaves behind:
    the draft, audit."""
    check_texts(content)
    with transaction.atomic():
        row = Invoice.objects.select_for_update(of=("self",)).get(pk=invoice.pk)
        if not (row.is_draft and row.is_part):
            raise IllegalMove(_("Cette facture n’est plus un brouillon : elle ne change plus."))
        if row.version != version:
            raise Refused(
                Code.STALE_FORM, _("Ce brouillon a été enregistré ailleurs entre-temps : rechargez la page.")
            )
        for name in ("purpose", "order_reference", "internal_note"):
            setattr(row, name, getattr(content, name).strip())
        row.due_on = content.due_on
        row.delivered_on = None if row.part == InvoicePart.DEPOSIT else content.delivered_on
        row.version += 1
        row.save()
        audit.record(actor, "invoicing.save_draft", row)
        return row


def retention_rate_of(quote: Quote, *, on: date) -> Decimal:
    """What the customer keeps of a situation: what the quote says, else the usual rate."""
    said: Any = quote.retention_rate
    rate: Decimal = value_of(parameters.RETENTION_RATE, on=on) if said is None else said
    return rate


def _prepare(
    quote: Quote,
    part: InvoicePart,
    compose: Compose,
    ask: Ask,
    *,
    form_key: UUID,
    actor: Any,
    retention: Decimal | None = None,
) -> Invoice:
    with transaction.atomic():
        row = locked_quote(quote)
        known = Invoice.objects.filter(form_key=form_key, quote=row).first()
        if known is not None:
            return known
        work = work_of(row)
        _require_open(work)
        if row.disbursed:
            raise IllegalMove(_("Ce devis annonce des débours : il se facture en une fois."))
        with translation.override(row.customer.language):
            content = compose(work)
        part = _closing(work, part, content)
        new = _document(work, part, content, form_key=form_key, actor=actor)
        new.instalment = ask.instalment
        on = timezone.localdate(new.created_at)
        if part in (InvoicePart.PROGRESS, InvoicePart.BALANCE) and work.by_progress:
            _retain(new, content, retention_rate_of(row, on=on) if retention is None else retention)
        write_rows(new, content.rows, content.totals)
        _keep_mentions(new, row)
        audit.record(actor, "invoicing.prepare_part", new, detail={"part": part, "of": str(row)})
        return new


def require_still_of_quote(invoice: Invoice, quote: Quote) -> None:
    """Refuses the draft of a part that no longer says what the quote leaves: a credit note came since, or an
    amendment."""
    work = work_of(quote, without=invoice)
    rows = list(invoice.lines.all())
    taxes = [tax.group for tax in invoice.taxes.all()]
    if invoice.part in (InvoicePart.DEPOSIT, InvoicePart.INTERIM):
        still = _is_within(work.left, taxes)
    else:
        reached = {
            row.quote_line_id: row.reached
            for row in rows
            if row.quote_line_id is not None and row.reached is not None
        }
        progress = invoice.part == InvoicePart.PROGRESS
        content = rows_of_progress(work, reached) if progress else balance_of(work)
        still = content.figures == Content(rows, totals_of_groups(taxes)).figures
    if not still:
        raise Refused(
            Code.STALE_FORM,
            _("Ce qui reste du devis a changé depuis : abandonnez ce brouillon et préparez-le de nouveau."),
        )


def _is_within(left: Groups, taxes: Sequence[TaxGroup]) -> bool:
    try:
        return set(within(left, taxes)) == {group for group in taxes if group.net or group.tax}
    except AboveRest:
        return False


def locked_quote(quote: Quote) -> Quote:
    """The quote, locked: two parts prepared at once wait for each other."""
    rows = Quote.objects.select_for_update(of=("self",)).select_related("activity", "customer")
    return rows.get(pk=quote.pk)


def _require_open(work: Work) -> None:
    """Refuses a quote of which nothing may be invoiced now."""
    quote = work.quote
    if quote.state != QuoteState.ACCEPTED:
        raise IllegalMove(_("Seul un devis accepté se facture : notez d’abord la réponse du client."))
    amends = Amendment.objects.filter(quote=quote).select_related("work").first()
    if amends is not None:
        raise IllegalMove(
            _("Ce devis est un avenant de %(work)s : il se facture avec lui.") % {"work": amends.work}
        )
    if work.whole is not None:
        raise Refused(
            Code.ALREADY_DONE, _("Ce devis a déjà sa facture : %(invoice)s.") % {"invoice": work.whole}
        )
    if work.prepared is not None:
        raise Refused(
            Code.ALREADY_DONE,
            _("Une facture de ce devis est en préparation : émettez-la ou abandonnez-la d’abord."),
        )
    if not work.left:
        raise Refused(Code.ALREADY_DONE, _("Ce devis est entièrement facturé."))


def _asking(quote: Quote, ask: Ask, label: str) -> Compose:
    def compose(work: Work) -> Content:
        try:
            groups = _groups_asked(work, ask)
        except AboveRest as error:
            raise Refused(
                Code.AMOUNT_ABOVE_DUE,
                _("Il ne reste que %(left)s TTC à facturer sur ce devis.") % {"left": money(error.left)},
                field="amount",
            ) from error
        if gross_of(groups) <= ZERO:
            raise Refused(Code.AMOUNT_INVALID, _("Cette partie du devis ne demande rien."), field="amount")
        if gross_of(groups) == work.gross_left:
            raise Refused(
                Code.AMOUNT_INVALID,
                _("C’est tout ce qui reste du devis : faites la facture de solde."),
                field="amount",
            )
        return rows_of_groups(work, groups, label=f"{label} · {quote}"[:MAX_TEXT])

    return compose


def _groups_asked(work: Work, ask: Ask) -> Groups:
    if ask.instalment is not None:
        rows = list(work.quote.instalments.all())
        if ask.instalment not in rows:
            raise Refused(Code.VALUE_INVALID, _("Cette échéance n’est pas de ce devis."))
        if any(part.invoice.instalment_id == ask.instalment.pk and part.groups for part in work.parts):
            raise Refused(Code.ALREADY_DONE, _("Cette échéance est déjà facturée."))
        return within(work.left, planned_of(work.quote, work.accepted[0].groups)[rows.index(ask.instalment)])
    if ask.rate is not None:
        if not 0 < ask.rate <= 1:
            raise Refused(
                Code.AMOUNT_INVALID, _("Une part du devis se donne entre 0 et 100 %."), field="rate"
            )
        return in_share(work.groups, work.left, ask.rate)
    if ask.amount is None or ask.amount <= ZERO or ask.amount != cents(ask.amount):
        raise Refused(
            Code.AMOUNT_INVALID, _("Donnez une part du devis, ou un montant positif."), field="amount"
        )
    return in_gross(work.left, ask.amount)


def _label_of(ask: Ask, usual: str) -> str:
    if ask.instalment is not None and ask.instalment.label:
        return str(ask.instalment.label)
    return usual


def _check_shares(work: Work, reached: Mapping[int, Decimal]) -> None:
    if not reached.keys() <= work.work_lines.keys():
        raise Refused(Code.VALUE_INVALID, _("Une de ces lignes n’est pas du devis accepté."))
    for key, share in reached.items():
        if not 0 <= share <= 1 or share != round(share, 4):
            raise Refused(
                Code.AMOUNT_INVALID, _("Un avancement se donne entre 0 et 100 %."), field=f"reached-{key}"
            )


def _above_zero(content: Content) -> Content:
    if not content.rows:
        raise Refused(Code.AMOUNT_INVALID, _("Rien n’a avancé depuis la dernière facture de ce devis."))
    if content.totals.gross <= ZERO:
        raise Refused(
            Code.AMOUNT_INVALID,
            _("L’avancement baisse plus qu’il ne monte : faites un avoir sur la situation précédente."),
        )
    return content


def _closing(work: Work, part: InvoicePart, content: Content) -> InvoicePart:
    """A situation that reaches everything is the final account."""
    if part == InvoicePart.PROGRESS and content.totals.gross == work.gross_left:
        return InvoicePart.BALANCE
    return part


def _document(work: Work, part: InvoicePart, content: Content, *, form_key: UUID, actor: Any) -> Invoice:
    quote = work.quote
    new = Invoice(
        activity=quote.activity,
        customer=quote.customer,
        quote=quote,
        part=part,
        situation=work.situations + 1 if part == InvoicePart.PROGRESS else None,
        purpose=quote.purpose,
        order_reference=quote.order_reference,
        discount_amount=content.discount or None,
        operation=operation_of([row.nature for row in content.rows]),
        vat_due_on=quote.vat_due_on,
        form_key=form_key,
        created_by=actor,
    )
    if part == InvoicePart.DEPOSIT and new.operation == Operation.GOODS:
        # A deposit on goods is taxed when it is paid (CGI art. 269-2 a).
        new.vat_due_on = VatDueOn.RECEIPTS
    return new


def _retain(new: Invoice, content: Content, rate: Decimal) -> None:
    if not 0 <= rate <= MAX_RETENTION:
        raise Refused(
            Code.AMOUNT_INVALID, _("La loi limite la retenue de garantie à 5 %."), field="retention"
        )
    if rate:
        new.retention_rate, new.retained = rate, retained_of(content, rate)


def _keep_mentions(new: Invoice, quote: Quote) -> None:
    """The optional notices of the quote that an invoice may bear."""
    chosen = quote.own_mentions.exclude(mention__place=MentionPlace.QUOTES).select_related("mention")
    OwnMention.objects.bulk_create(OwnMention(mention=own.mention, invoice=new) for own in chosen)
