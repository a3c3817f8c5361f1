"""Approves a quote: the instant when a draft becomes a numbered version that never changes again (INV-14)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import numbering
from cae.core.background import run_later
from cae.core.canonical import sha256_of
from cae.core.errors import IllegalMove
from cae.core.links import withdraw_link
from cae.core.workflow import performs
from invoicing.models import Quote, Sending
from invoicing.selectors.einvoices import quote_document_of, validity
from invoicing.services.completeness import require_fresh, require_handed, require_quote_complete
from invoicing.services.deal_papers import require_papers
from invoicing.services.looks import keep_terms
from invoicing.services.sharing import require_agreed
from invoicing.services.telling import tell_approved
from invoicing.services.waiving import require_covered
from invoicing.states.deals import Moment
from invoicing.states.sales import QUOTE_FLOW, QUOTE_SERIES, QuoteState


@performs(QUOTE_FLOW, "approve")
def approve_quote(
    quote: Quote, *, actor: Any, on: date, version: int | None = None, handed: bool = False
) -> None:
    """Does: numbers and freezes the quote; a new version keeps the number and replaces the former. Refuses:
    an incomplete quote, one that nothing insures, a paper of its deal missing, an activity that did not agree
    to its share, a validity over, a former version that was accepted. Leaves behind: number, facts and their
    hash; the former links withdrawn; audit; the PDF to come; authors told."""
    require_fresh(quote, version)
    require_handed(quote, handed)
    submitted = quote.is_submitted
    quote.valid_until = validity(quote, on)
    require_quote_complete(quote, on=on)
    require_covered(quote, on=on)
    require_papers(quote, Moment.QUOTE)
    require_agreed(quote)
    _replace_former(quote, actor)
    keep_terms(quote.activity)
    content = quote_document_of(quote, on=on)
    if quote.number is None:
        quote.number = numbering.next_number(QUOTE_SERIES, on)
    quote.approved_on = on
    quote.facts = replace(content, number=quote.number).to_json()
    quote.content_sha256 = sha256_of(quote.facts)
    quote.correction = ""
    quote.checker = actor if submitted else None
    run_later("invoicing.archive_quote_pdf", quote_id=quote.pk)
    if submitted:
        tell_approved(quote, actor=actor, on=on)


@performs(QUOTE_FLOW, "replace")
def replace_quote(quote: Quote, *, actor: Any) -> None:
    """Does: makes a version give way to the next one. Refuses: one already answered or withdrawn.
    Leaves behind: the state, its links withdrawn, audit."""
    _withdraw_links(quote, actor)


@performs(QUOTE_FLOW, "withdraw")
def withdraw_quote(quote: Quote, *, actor: Any) -> None:
    """Does: takes back a quote that nobody answered. Refuses: one already answered.
    Leaves behind: the state, its links withdrawn, audit."""
    _withdraw_links(quote, actor)


def _replace_former(quote: Quote, actor: Any) -> None:
    if quote.replaces is None:
        return
    # Read again: its state may have moved since the revision was begun.
    former = Quote.objects.select_for_update(of=("self",)).get(pk=quote.replaces.pk)
    if former.state == QuoteState.ACCEPTED:
        raise IllegalMove(
            _("Le client a accepté la version précédente le %(day)s : faites un nouveau devis.")
            % {"day": former.answered_on.strftime("%d/%m/%Y") if former.answered_on else ""}
        )
    if former.state in QUOTE_FLOW.move("replace").sources:
        replace_quote(former, actor=actor)


def _withdraw_links(quote: Quote, actor: Any) -> None:
    now = timezone.now()
    for sending in Sending.objects.filter(quote=quote, link__withdrawn_at=None).select_related("link"):
        withdraw_link(sending.link, actor=actor, at=now)
