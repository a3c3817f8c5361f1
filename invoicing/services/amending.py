"""Adds an accepted quote to the work of another, or takes it out while nothing of it is invoiced (INV-23)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.money import ZERO
from invoicing.calculations.schedule import gross_of
from invoicing.models import Amendment, InvoiceLine, Quote
from invoicing.selectors.joint import agreed_on
from invoicing.selectors.parts import amendable_with, work_of
from invoicing.states.sales import InvoiceState, QuoteState


def add_amendment(work: Quote, *, quote: Quote, actor: Any, at: datetime) -> Amendment:
    """Does: adds an accepted quote to the work of another; twice is once. Refuses: a quote not accepted, of
    another customer, invoiced, or in another work; a work invoiced whole, closed, or with a part in
    preparation. Leaves behind: the amendment, audit on both quotes."""
    with transaction.atomic():
        rows = {one.pk: one for one in _locked(work, quote)}
        main, added = rows[work.pk], rows[quote.pk]
        known = Amendment.objects.filter(quote=added, work=main).first()
        if known is not None:
            return known
        if not amendable_with(main).filter(pk=added.pk).exists():
            raise Refused(
                Code.VALUE_INVALID,
                _("Un avenant est un devis accepté du même client, pas encore facturé."),
                field="quote",
            )
        _require_same_shares(main, added)
        _require_open(main)
        if main.disbursed or added.disbursed:
            raise IllegalMove(_("Un devis qui annonce des débours se facture seul, en une fois."))
        made = Amendment.objects.create(quote=added, work=main, added_at=at, added_by=actor)
        audit.record(actor, "invoicing.add_amendment", main, detail={"quote": str(added)})
        audit.record(actor, "invoicing.add_amendment", added, detail={"work": str(main)})
        return made


def remove_amendment(amendment: Amendment, *, actor: Any) -> None:
    """Does: takes a quote out of the work of another. Refuses: once something of it was invoiced, or while a
    part is in preparation. Leaves behind: the quote as it was, audit on both."""
    with transaction.atomic():
        rows = {one.pk: one for one in _locked(amendment.work, amendment.quote)}
        main, added = rows[amendment.work.pk], rows[amendment.quote.pk]
        work = work_of(main)
        if work.prepared is not None:
            raise IllegalMove(
                _("Une facture de ce devis est en préparation : émettez-la ou abandonnez-la d’abord.")
            )
        asked = InvoiceLine.objects.filter(quote_line__quote=added, invoice__state=InvoiceState.ISSUED)
        others = sum((gross_of(one.groups) for one in work.accepted if one.quote.pk != added.pk), ZERO)
        if asked.exists() or work.gross - work.gross_left > others:
            raise IllegalMove(_("Une partie de cet avenant est facturée : il reste dans ces travaux."))
        Amendment.objects.filter(pk=amendment.pk).delete()
        audit.record(actor, "invoicing.remove_amendment", main, detail={"quote": str(added)})
        audit.record(actor, "invoicing.remove_amendment", added, detail={"work": str(main)})


def _require_same_shares(main: Quote, added: Quote) -> None:
    """Both are invoiced as one: what each activity has of one is what it has of the other."""
    if not (main.is_joint or added.is_joint):
        return
    told = [(one.sharing, agreed_on(one)) for one in (main, added)]
    if told[0] != told[1]:
        raise Refused(
            Code.VALUE_INVALID,
            _("Un avenant se partage comme le devis qu’il complète : mêmes activités, mêmes parts."),
            field="quote",
        )


def _locked(*quotes: Quote) -> list[Quote]:
    keys = [one.pk for one in quotes]
    rows = Quote.objects.select_for_update(of=("self",)).select_related("activity", "customer")
    return list(rows.filter(pk__in=keys).order_by("pk"))


def _require_open(main: Quote) -> None:
    work = work_of(main)
    if main.state != QuoteState.ACCEPTED or work.whole is not None or (work.parts and not work.left):
        raise IllegalMove(_("Ce devis n’a plus rien à facturer : l’avenant se facture seul."))
    if work.prepared is not None:
        raise IllegalMove(
            _("Une facture de ce devis est en préparation : émettez-la ou abandonnez-la d’abord.")
        )
