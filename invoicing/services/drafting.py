"""Writes drafts: begun, saved from a page, or copied (INV-14, INV-21, INV-28, INV-30)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, NoReturn, TypeVar
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, IllegalMove, Refused
from entrepreneurs.models import Activity
from invoicing.models import Customer, Invoice, Quote, TypedForm, VatRate
from invoicing.services.disbursing import disbursements_in
from invoicing.services.inputs import DraftContent, LineContent
from invoicing.services.schedules import says_schedule, schedule_in
from invoicing.services.writing import Document, default_vat_due_on, write_content
from people.services.changes import refuse_spent

Draft = TypeVar("Draft", Invoice, Quote)


def create_draft(activity: Activity, *, content: DraftContent, form_key: UUID, actor: Any) -> Invoice:
    """Does: opens a draft invoice; the same form sent twice gives the same draft. Refuses: a customer
    archived or of another activity, amounts or texts out of bounds, the same form with another
    content. Leaves behind: the draft with its totals, audit."""
    new = Invoice(activity=activity, form_key=form_key, created_by=actor)
    return open_draft(new, content=content, actor=actor, verb="invoicing.create_draft")


def save_draft(
    invoice: Invoice, *, content: DraftContent, version: int, actor: Any, by_itself: bool = False
) -> Invoice:
    """Does: replaces the content of a draft. Refuses: a document that is no draft any more, a credit note,
    a form older than the draft (stale_form: another tab saved it). Leaves behind: the draft with its
    totals, audit (`by_itself`: once for a spell of typing)."""
    verb = "invoicing.save_draft"
    return replace_draft(
        invoice, content=content, version=version, actor=actor, verb=verb, by_itself=by_itself
    )


def duplicate_invoice(
    invoice: Invoice,
    *,
    form_key: UUID,
    actor: Any,
    customer: Customer | None = None,
    on: date | None = None,
) -> Invoice:
    """Does: copies an invoice, whatever its state, into a new draft of the activity of its customer, under
    the VAT rates in force on the day (`on`). Refuses: a credit note, an archived customer. Leaves behind: the
    draft, without dates nor order number, audit."""
    content = copied(invoice, customer=customer, rates_on=on)
    return create_draft(content.customer.activity, content=content, form_key=form_key, actor=actor)


def open_draft(new: Draft, *, content: DraftContent, actor: Any, verb: str) -> Draft:
    """Does: writes a new document, unless its form was already received. Refuses: a customer archived or of
    another activity, amounts or texts out of bounds. Leaves behind: the draft with its totals, audit."""
    with transaction.atomic():
        # One creation at a time in an activity: the second click finds what the first one made.
        Activity.objects.select_for_update(no_key=True).get(pk=new.activity_id)
        known = type(new).objects.filter(form_key=new.form_key, activity=new.activity).first()
        if known is not None:
            if not says_same(known, content):
                raise_stale()
            return known
        refuse_spent(new)
        _check_customer(content.customer, new.activity_id)
        write_content(new, content)
        _is_whole(new)
        audit.record(actor, verb, new)
        return new


def replace_draft(
    document: Draft,
    *,
    content: DraftContent,
    version: int,
    actor: Any,
    verb: str,
    by_itself: bool = False,
) -> Draft:
    """Does: replaces the content of a draft. Refuses: a document that is no draft any more, a credit note, a
    form older than the draft. Leaves behind: the draft with its totals, audit; nothing new when a page saves
    `by_itself` what is already stored."""
    with transaction.atomic():
        row: Draft = type(document).objects.select_for_update(of=("self",)).get(pk=document.pk)
        require_current(row, version)
        _check_customer(content.customer, row.activity_id, unless=row.customer_id)
        if by_itself and says_same(row, content):
            _is_whole(row)
            return row
        row.version += 1
        write_content(row, content)
        _is_whole(row)
        if not (by_itself and audit.said_lately(row, verb, actor)):
            audit.record(actor, verb, row)
        return row


def _is_whole(row: Document) -> None:
    """What was kept of a form half written says nothing more than the draft."""
    TypedForm.objects.filter(form_key=row.form_key).delete()


def require_current(row: Document, version: int) -> None:
    """Refuses to change what is no draft any more, or what another tab has saved meanwhile."""
    if isinstance(row, Quote) and not row.is_draft:
        raise IllegalMove(_("Ce devis n’est plus un brouillon : changez-le par une nouvelle version."))
    if not row.is_draft:
        raise IllegalMove(_("Cette facture n’est plus un brouillon : elle ne change plus."))
    if isinstance(row, Invoice) and row.is_credit_note:
        raise IllegalMove(_("Un brouillon d’avoir ne se modifie pas : abandonnez-le et refaites-le."))
    if isinstance(row, Invoice) and row.is_part:
        raise IllegalMove(
            _("Les montants de cette facture viennent du devis : pour d’autres, refaites-la depuis le devis.")
        )
    if row.version != version:
        raise_stale()


def raise_stale() -> NoReturn:
    raise Refused(
        Code.STALE_FORM,
        _("Ce brouillon a été enregistré ailleurs entre-temps : votre saisie reste affichée ici."),
    )


def says_same(document: Document, content: DraftContent) -> bool:
    """The content is the one already stored: the same form, sent a second time."""
    stored = copied(document, whole=True)
    exact = ("customer", "discount_rate", "discount_amount")
    own = (
        ("valid_until", "starts_on", "payment_days")
        if isinstance(document, Quote)
        else ("delivered_on", "due_on")
    )
    return (
        all(getattr(document, name) == getattr(content, name) for name in (*exact, *own))
        and all(getattr(stored, name) == getattr(content, name).strip() for name in _TEXTS)
        and document.vat_due_on == (content.vat_due_on or default_vat_due_on(document))
        and stored.lines == tuple(_stripped(line) for line in content.lines)
        and set(stored.mentions) == set(content.mentions)
        and stored.disbursements
        == tuple(replace(one, label=one.label.strip()) for one in content.disbursements)
        and (not isinstance(document, Quote) or says_schedule(document, content.schedule))
    )


_TEXTS = ("purpose", "order_reference", "internal_note")


def _stripped(line: LineContent) -> LineContent:
    texts = {name: getattr(line, name).strip() for name in ("label", "description", "group_title", "choice")}
    return replace(line, **texts)


_KEPT = ("purpose", "discount_rate", "discount_amount")
_KEPT_WHOLE = (
    "order_reference",
    "vat_due_on",
    "internal_note",
    "starts_on",
    "due_on",
    "delivered_on",
)
_KEPT_OF_LINE = (
    "label",
    "description",
    "group_title",
    "quantity",
    "unit",
    "unit_price",
    "nature",
    "discount_rate",
    "discount_amount",
    "vat_rate",
    "item",
)


def copied(
    document: Document,
    *,
    customer: Customer | None = None,
    whole: bool = False,
    rates_on: date | None = None,
) -> DraftContent:
    """What a copy of a document says: lines and discounts; `whole` keeps dates and terms too."""
    if isinstance(document, Invoice) and document.is_credit_note:
        raise IllegalMove(_("Un avoir ne se duplique pas : il se fait à partir de sa facture."))
    if isinstance(document, Invoice) and document.is_part:
        raise IllegalMove(_("Une partie de devis ne se duplique pas : dupliquez le devis."))
    values: dict[str, Any] = {name: getattr(document, name) for name in _KEPT}
    if isinstance(document, Quote):
        values |= {"payment_days": document.payment_days, "schedule": schedule_in(document)}
    # A proof is asked back once: the copy of an invoice is another sale.
    if whole or isinstance(document, Quote):
        values |= {"disbursements": disbursements_in(document)}
    if whole:
        values |= {name: getattr(document, name) for name in _KEPT_WHOLE if hasattr(document, name)}
    lines = tuple(
        LineContent(
            **{name: getattr(line, name) for name in _KEPT_OF_LINE},
            optional=line.priced.optional,
            choice=line.variant_of,
            borne_by=line.borne_by_id if whole and isinstance(document, Quote) else None,
        )
        for line in document.lines.select_related("vat_rate", "item").order_by("position")
    )
    if rates_on is not None:
        lines = _under_rates_of(lines, rates_on)
    mentions = tuple(own.mention for own in document.own_mentions.select_related("mention"))
    return DraftContent(customer=customer or document.customer, lines=lines, mentions=mentions, **values)


def _under_rates_of(lines: tuple[LineContent, ...], on: date) -> tuple[LineContent, ...]:
    """A rate that ended since gives way to the one of the same code; one that has no successor stays."""
    in_force = {rate.code: rate for rate in VatRate.objects.in_force(on)}
    return tuple(replace(line, vat_rate=in_force.get(line.vat_rate.code, line.vat_rate)) for line in lines)


def _check_customer(customer: Customer, activity_id: int, *, unless: int | None = None) -> None:
    if customer.activity_id != activity_id:
        raise Refused(
            Code.VALUE_INVALID, _("Ce client n’est pas un client de cette activité."), field="customer"
        )
    if customer.is_archived and customer.pk != unless:
        raise Refused(
            Code.VALUE_INVALID, _("Ce client est archivé : reprenez d’abord sa fiche."), field="customer"
        )
