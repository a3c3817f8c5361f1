"""Makes the invoice of an accepted quote: nothing is asked twice (INV-15, INV-30)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from cae.core.errors import Code, IllegalMove, Refused
from invoicing.models import ChosenOption, Invoice, Quote
from invoicing.selectors.quotes import invoice_of
from invoicing.services.drafting import copied, open_draft
from invoicing.services.inputs import DraftContent
from invoicing.states import MentionPlace, QuoteState


def invoice_quote(quote: Quote, *, form_key: UUID, actor: Any) -> Invoice:
    """Does: prepares the invoice of a whole accepted quote, with the options that the customer chose; the
    same form sent twice gives the same draft. Refuses: a quote that is not accepted, one already invoiced.
    Leaves behind: the draft that names its quote, audit."""
    with transaction.atomic():
        row = (
            Quote.objects.select_for_update(of=("self",))
            .select_related("activity", "customer")
            .get(pk=quote.pk)
        )
        if row.state != QuoteState.ACCEPTED:
            raise IllegalMove(_("Seul un devis accepté se facture : notez d’abord la réponse du client."))
        made = invoice_of(row)
        if made is not None and made.form_key != form_key:
            raise Refused(
                Code.ALREADY_DONE,
                _("Ce devis a déjà sa facture : %(invoice)s.") % {"invoice": made},
            )
        new = Invoice(activity=row.activity, quote=row, form_key=form_key, created_by=actor)
        return open_draft(new, content=_content(row), actor=actor, verb="invoicing.invoice_quote")


def _content(quote: Quote) -> DraftContent:
    """The quote as accepted: an option taken is a line like another, the others are left out."""
    chosen = set(ChosenOption.objects.filter(line__quote=quote).values_list("line__position", flat=True))
    content = copied(quote, whole=True)
    lines = tuple(
        replace(line, optional=False)
        for position, line in zip(_positions(quote), content.lines, strict=True)
        if not line.optional or position in chosen
    )
    mentions = tuple(one for one in content.mentions if one.place != MentionPlace.QUOTES)
    return replace(content, lines=lines, mentions=mentions)


def _positions(quote: Quote) -> list[int]:
    return list(quote.lines.order_by("position").values_list("position", flat=True))
