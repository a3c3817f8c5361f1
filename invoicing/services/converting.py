"""Makes the invoice of an accepted quote: nothing is asked twice (INV-15, INV-30)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.errors import Code, IllegalMove, Refused
from invoicing.calculations.variants import optional_places, variants_of
from invoicing.models import Amendment, ChosenOption, Invoice, Quote
from invoicing.selectors.deliveries import last_delivery
from invoicing.selectors.quotes import invoice_of
from invoicing.services.drafting import copied, open_draft
from invoicing.services.inputs import DraftContent, LineContent
from invoicing.services.parting import prepare_balance
from invoicing.states.sales import MentionPlace, QuoteState


def invoice_quote(quote: Quote, *, form_key: UUID, actor: Any) -> Invoice:
    """Does: prepares the invoice of a whole accepted quote, with options and variants taken; the same form
    sent twice gives the same draft, and the last delivery its day. Refuses: a quote that is not accepted, one
    already invoiced. Leaves behind: the draft that names its quote, audit."""
    with transaction.atomic():
        row = (
            Quote.objects.select_for_update(of=("self",))
            .select_related("activity", "customer")
            .get(pk=quote.pk)
        )
        if row.state != QuoteState.ACCEPTED:
            raise IllegalMove(_("Seul un devis accepté se facture : notez d’abord la réponse du client."))
        amends = Amendment.objects.filter(quote=row).select_related("work").first()
        if amends is not None:
            raise IllegalMove(
                _("Ce devis est un avenant de %(work)s : il se facture avec lui.") % {"work": amends.work}
            )
        if row.amendments.exists():
            raise IllegalMove(_("Ce devis a un avenant : facturez-les ensemble, par une facture de solde."))
        made = invoice_of(row)
        if made is not None and made.form_key != form_key:
            raise Refused(
                Code.ALREADY_DONE,
                _("Ce devis a déjà sa facture : %(invoice)s.") % {"invoice": made},
            )
        if row.is_joint:
            # What each has of it is what the quote says: its amounts are not typed over.
            return prepare_balance(row, form_key=form_key, actor=actor)
        new = Invoice(activity=row.activity, quote=row, form_key=form_key, created_by=actor)
        content = replace(_content(row), delivered_on=last_delivery(row, on=timezone.localdate()))
        return open_draft(new, content=content, actor=actor, verb="invoicing.invoice_quote")


def _content(quote: Quote) -> DraftContent:
    """The quote as accepted: what was taken is a line like another, what was not is left out."""
    content = copied(quote, whole=True)
    rows = quote.lines.order_by("position").annotate(
        taken=Exists(ChosenOption.objects.filter(line=OuterRef("pk")))
    )
    taken = {place for place, row in enumerate(rows) if row.taken}
    variants = [one for one in variants_of(content.lines) if one.first in taken]
    left = optional_places(content.lines, taken=variants, options=taken)
    lines = [line for place, line in enumerate(_titled(content.lines)) if place not in left]
    mentions = tuple(one for one in content.mentions if one.place != MentionPlace.QUOTES)
    return replace(content, lines=tuple(_opening(lines)), mentions=mentions)


def _titled(lines: Sequence[LineContent]) -> Iterator[LineContent]:
    """Each line under the title that it stands under, so that none loses it with the line that opened it."""
    title = ""
    for line in lines:
        title = line.group_title or title
        yield replace(line, group_title=title, optional=False, choice="")


def _opening(lines: Sequence[LineContent]) -> Iterator[LineContent]:
    """The title of a group on its first line only."""
    title = ""
    for line in lines:
        yield replace(line, group_title="" if line.group_title == title else line.group_title)
        title = line.group_title
