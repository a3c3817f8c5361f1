"""Writes quotes: drafts, copies, new versions of one already proposed (INV-14, INV-17, INV-30)."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import IllegalMove
from cae.core.workflow import performs
from entrepreneurs.models import Activity
from invoicing.models import Customer, Invoice, Quote
from invoicing.services.deals import follow_quote
from invoicing.services.drafting import copied, open_draft, replace_draft
from invoicing.services.inputs import DraftContent
from invoicing.services.sharing import ask_anew_if_changed, carry_shares, terms_of
from invoicing.services.writing import write_content
from invoicing.states.sales import QUOTE_FLOW, QuoteState

REVISABLE = (QuoteState.APPROVED, QuoteState.SENT)


def create_quote_draft(activity: Activity, *, content: DraftContent, form_key: UUID, actor: Any) -> Quote:
    """Does: opens a draft quote; the same form sent twice gives the same draft. Refuses: a customer archived
    or of another activity, amounts or texts out of bounds. Leaves behind: the draft with totals, audit."""
    new = Quote(activity=activity, form_key=form_key, created_by=actor)
    return open_draft(new, content=content, actor=actor, verb="invoicing.create_quote")


def save_quote_draft(
    quote: Quote, *, content: DraftContent, version: int, actor: Any, by_itself: bool = False
) -> Quote:
    """Does: replaces the content of a draft. Refuses: a quote that is no draft any more, a form older than
    the draft (stale_form). Leaves behind: the draft with its totals, the agreements to its shares asked anew
    when lines or prices changed, audit."""
    verb = "invoicing.save_quote"
    with transaction.atomic():
        former = terms_of(quote)
        saved = replace_draft(
            quote, content=content, version=version, actor=actor, verb=verb, by_itself=by_itself
        )
        ask_anew_if_changed(saved, former, actor=actor, at=timezone.now())
        return saved


def duplicate_as_quote(
    document: Quote | Invoice,
    *,
    form_key: UUID,
    actor: Any,
    customer: Customer | None = None,
    on: date | None = None,
) -> Quote:
    """Does: copies a quote or an invoice, whatever its state, into a new draft quote of the activity of its
    customer, under the VAT rates in force on the day (`on`). Refuses: a credit note, an archived customer.
    Leaves behind: the draft, without dates, audit."""
    content = copied(document, customer=customer, rates_on=on)
    return create_quote_draft(content.customer.activity, content=content, form_key=form_key, actor=actor)


def revise_quote(quote: Quote, *, form_key: UUID, actor: Any) -> Quote:
    """Does: opens a draft that will replace a quote, under the same number; asked twice, gives the same one,
    and takes up again the one that was discarded. Refuses: a quote that is not waiting for its
    customer. Leaves behind: the draft, audit; the quote stands as it is until the draft is approved."""
    with transaction.atomic():
        row = Quote.objects.select_for_update(of=("self",)).get(pk=quote.pk)
        if row.state not in REVISABLE:
            raise IllegalMove(
                _("Une nouvelle version part d’un devis validé ou envoyé, encore sans réponse.")
            )
        known = Quote.objects.filter(replaces=row).first()
        if known is not None:
            return restore_quote(known, actor=actor) if known.state == QuoteState.DISCARDED else known
        new = Quote(
            activity=row.activity,
            number=row.number,
            revision=row.revision + 1,
            replaces=row,
            sharing=row.sharing,
            form_key=form_key,
            created_by=actor,
        )
        write_content(new, copied(row, whole=True))
        carry_shares(new, former=row, actor=actor, at=timezone.now())
        follow_quote(new, former=row)
        audit.record(actor, "invoicing.revise_quote", new, detail={"of": str(row)})
        return new


@performs(QUOTE_FLOW, "discard")
def discard_quote(quote: Quote, *, actor: Any) -> None:
    """Does: puts a draft aside. Refuses: anything but a draft. Leaves behind: the state, audit."""


@performs(QUOTE_FLOW, "restore")
def restore_quote(quote: Quote, *, actor: Any) -> None:
    """Does: takes up a discarded draft. Refuses: anything else. Leaves behind: the state, audit."""
