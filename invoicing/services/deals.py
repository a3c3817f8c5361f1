"""Opens, changes, closes deals, and says what belongs to them (INV-10)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from cae.core import audit, numbering
from cae.core.errors import Code, Refused
from cae.core.workflow import performs
from entrepreneurs.models import Activity
from invoicing.models import (
    Customer,
    Deal,
    DealKind,
    DealPiece,
    ExpenseLine,
    Invoice,
    Purchase,
    Quote,
)
from invoicing.selectors.deal_figures import sums_of
from invoicing.services.deal_papers import require_papers_of
from invoicing.states.deals import DEAL_FLOW, DEAL_SERIES, Moment
from people.services.changes import one_line, refuse_long, refuse_spent, refuse_stale

Member = Quote | Invoice | Purchase | ExpenseLine

_NAMES: dict[type[Member], str] = {
    Quote: "quote",
    Invoice: "invoice",
    Purchase: "purchase",
    ExpenseLine: "expense",
}
_MOST_TITLE, _MOST_NOTE, _MOST_REASON = 160, 4000, 250


@dataclass(frozen=True)
class DealContent:
    """What is typed of a deal."""

    title: str
    kind: DealKind
    customer: Customer | None = None
    note: str = ""


@transaction.atomic
def open_deal(activity: Activity, *, content: DealContent, form_key: UUID, on: date, actor: Any) -> Deal:
    """Does: opens a deal, numbered; the same form sent twice gives the same deal. Refuses: no title, the
    customer of another activity, a kind that is offered no longer. Leaves behind: the row, audit."""
    content = _checked(content, activity)
    if content.kind.archived_at is not None:
        raise Refused(Code.VALUE_INVALID, _("Ce genre d’affaire n’est plus proposé."), field="kind")
    # One opening at a time in an activity: the second click finds what the first one made.
    Activity.objects.select_for_update(no_key=True).get(pk=activity.pk)
    known = Deal.objects.filter(activity=activity, form_key=form_key).first()
    if known is not None:
        return known
    deal = Deal(activity=activity, opened_on=on, form_key=form_key, created_by=actor)
    refuse_spent(deal)
    _write(deal, content)
    deal.number = numbering.next_number(DEAL_SERIES, on)
    deal.save()
    audit.record(actor, "invoicing.open_deal", deal)
    return deal


@transaction.atomic
def save_deal(deal: Deal, *, content: DealContent, version: int, actor: Any) -> Deal:
    """Does: changes a deal. Refuses: what `open_deal` refuses, a form older than the row, a closed deal.
    Leaves behind: the row, audit."""
    content = _checked(content, deal.activity)
    row = locked_open(deal)
    refuse_stale(row, version)
    if content.kind.pk != row.kind_id and content.kind.archived_at is not None:
        raise Refused(Code.VALUE_INVALID, _("Ce genre d’affaire n’est plus proposé."), field="kind")
    row.version += 1
    _write(row, content)
    row.save()
    audit.record(actor, "invoicing.save_deal", row)
    return row


@performs(DEAL_FLOW, "close")
def close_deal(deal: Deal, *, reason: str = "", on: date, actor: Any) -> None:
    """Does: closes a deal. Refuses: a paper of the closing missing, a day before the opening, something left
    to invoice or unpaid without a reason. Leaves behind: the day, the reason, the state, audit."""
    if on < deal.opened_on:
        raise Refused(Code.DATE_INVALID, _("Une affaire se clôt après son ouverture."))
    require_papers_of(deal, Moment.CLOSING)
    sums = sums_of([deal], on=on)[deal.pk]
    reason = " ".join(reason.split())
    refuse_long(reason, "reason", _MOST_REASON)
    if (sums.left_to_invoice or sums.due) and not reason:
        sentence = _("Il reste à facturer ou à encaisser : dites pourquoi l’affaire est close quand même.")
        raise Refused(Code.VALUE_MISSING, sentence, field="reason")
    deal.closed_on, deal.closing_reason = on, reason


@performs(DEAL_FLOW, "reopen")
def reopen_deal(deal: Deal, *, actor: Any) -> None:
    """Does: opens a closed deal again. Refuses: nothing. Leaves behind: the state, audit."""
    deal.closed_on, deal.closing_reason = None, ""


@transaction.atomic
def attach(deal: Deal, member: Member, *, actor: Any) -> DealPiece:
    """Does: puts a quote, an invoice, a purchase or an expense in a deal; from another deal, moves it.
    Refuses: another activity's, an invoice that follows its quote, a closed deal on either side. Leaves
    behind: the piece, audit of both deals."""
    row = locked_open(deal)
    if activity_of(member) != row.activity_id:
        raise Refused(Code.VALUE_INVALID, _("Cette pièce est d’une autre activité."), field="piece")
    if isinstance(member, Invoice) and (member.quote_id or member.credited_id):
        sentence = _("Cette facture suit son devis : rattachez le devis.")
        if member.credited_id:
            sentence = _("Un avoir suit la facture qu’il corrige.")
        raise Refused(Code.VALUE_INVALID, sentence, field="piece")
    name = _NAMES[type(member)]
    piece = DealPiece.objects.select_for_update().filter(**{name: member}).first()
    if piece is not None:
        if piece.deal_id == row.pk:
            return piece
        former = locked_open(piece.deal)
        audit.record(actor, "invoicing.detach_piece", former, detail={"piece": str(member)})
        piece.deal = row
        piece.save(update_fields=["deal"])
    else:
        piece = DealPiece.objects.create(deal=row, **{name: member})
    audit.record(actor, "invoicing.attach_piece", row, detail={"piece": str(member)})
    return piece


@transaction.atomic
def detach(piece: DealPiece, *, actor: Any) -> None:
    """Does: takes a piece out of its deal; the piece itself is untouched. Refuses: a closed deal. Leaves
    behind: audit."""
    deal = locked_open(piece.deal)
    audit.record(actor, "invoicing.detach_piece", deal, detail={"piece": str(piece)})
    piece.delete()


def follow_quote(new: Quote, *, former: Quote) -> None:
    """Does: a new version of a quote is in the deal of the former. Refuses: nothing. Leaves behind: its
    piece."""
    piece = DealPiece.objects.filter(quote=former).first()
    if piece is not None:
        DealPiece.objects.get_or_create(quote=new, defaults={"deal_id": piece.deal_id})


def activity_of(member: Member) -> int | None:
    """The activity whose piece this is; none for a purchase shared between several."""
    return member.claim.activity_id if isinstance(member, ExpenseLine) else member.activity_id


def locked_open(deal: Deal) -> Deal:
    """Gives the row under lock. Raises Refused when the deal is closed."""
    row = Deal.objects.select_for_update(of=("self",)).select_related("kind").get(pk=deal.pk)
    if not row.is_open:
        raise Refused(Code.ILLEGAL_MOVE, _("Cette affaire est close : rouvrez-la d’abord."))
    return row


def _checked(content: DealContent, activity: Activity) -> DealContent:
    title = one_line(content.title, "title", _("Donnez un intitulé à l’affaire."), most=_MOST_TITLE)
    refuse_long(content.note, "note", _MOST_NOTE)
    if content.customer is not None and content.customer.activity_id != activity.pk:
        raise Refused(Code.VALUE_INVALID, _("Ce client est d’une autre activité."), field="customer")
    return DealContent(title, content.kind, content.customer, content.note.strip())


def _write(deal: Deal, content: DealContent) -> None:
    deal.title, deal.kind = content.title, content.kind
    deal.customer, deal.note = content.customer, content.note
