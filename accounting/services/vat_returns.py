"""A VAT return: opened, its lines counted, filed and locked, paid; undone while nothing follows (ACC-40)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounting.calculations.deadlines import period_around
from accounting.calculations.entries import EntryDraft, credit, debit
from accounting.calculations.vat import DUE, Figure, settlement
from accounting.models import Entry, EntryLine, LetteredLine, VatBox, VatCounted, VatFigure, VatReturn
from accounting.selectors.accounts import shared_section
from accounting.selectors.periods import open_day
from accounting.selectors.vat import Worked, boxes_told, form_on, standings_of, worked
from accounting.selectors.vat_coefficients import put_right_since
from accounting.services.lettering import letter_entries
from accounting.services.posting import post_entry
from accounting.services.reversing import reverse_entry
from accounting.services.tax_deadlines import (
    note_return_filed,
    note_return_paid,
    note_return_undone,
    note_return_unpaid,
)
from accounting.states.books import JournalCode
from accounting.states.vat import TURN, VAT_FLOW, VAT_PERIOD, VatState
from accounting.vat_form import TO_CARRY, TO_PAY
from cae.core import audit
from cae.core.documents import store_document
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.models import Document
from cae.core.money import ZERO
from cae.core.periods import Month, Span
from cae.core.settings import value_of
from cae.core.turns import take_turn
from cae.core.uploads import plain_name, proof_mime
from cae.core.workflow import performs
from people.services.changes import one_line

PROOF_KIND = "accounting.vat_proof"
MOST_MEGABYTES, MOST_REASON, MOST_REFERENCE = 10, 300, 60
# Supporting papers of the books (C. com. L123-22).
KEPT_YEARS = 10


@dataclass(frozen=True)
class Filing:
    """What the tax office answered."""

    filed_on: date
    reference: str
    # Name and content of the receipt, if there is one.
    proof: tuple[str, bytes] | None = None


@transaction.atomic
def open_return(*, day: date, today: date, actor: Any) -> VatReturn:
    """Does: opens the return of the period that holds a day, at the rhythm in force then. Refuses: a period
    to come, one already opened or that would leave a hole after the last, no form for it. Leaves behind: the
    return, to be prepared; audit."""
    take_turn(TURN)
    span = period_around(day, value_of(VAT_PERIOD, on=day))
    span = _after_last(span)
    if span.starts_on > today:
        raise Refused(Code.DATE_INVALID, _("Cette période n’a pas commencé."), field="month")
    form = form_on(span.starts_on)
    if form is None:
        raise Refused(Code.DATE_INVALID, _("Aucun formulaire n’est connu pour cette période."), field="month")
    row = VatReturn.objects.create(form=form, starts_on=span.starts_on, ends_on=span.ends_on)
    audit.record(actor, "accounting.open_vat_return", row)
    return row


def _after_last(span: Span) -> Span:
    """The period asked, when it follows the last; Refused otherwise."""
    last = VatReturn.objects.order_by("-starts_on").first()
    if last is None:
        return span
    wanted = Month.of(last.ends_on).next().first
    if span.starts_on <= last.ends_on < span.ends_on:
        # The rhythm changed meanwhile: the first period is what is left of it.
        return Span(wanted, span.ends_on)
    if span.ends_on <= last.ends_on:
        raise Refused(Code.DUPLICATE, _("Cette période a déjà sa déclaration."), field="month")
    if span.starts_on != wanted:
        raise Refused(
            Code.DATE_INVALID,
            _("Les déclarations se suivent : ouvrez d’abord celle qui suit « %(last)s ».") % {"last": last},
            field="month",
        )
    return span


@transaction.atomic
def prepare_return(vat_return: VatReturn, *, actor: Any) -> VatReturn:
    """Does: counts the lines of the books in the return and keeps its boxes. Refuses: the return before not
    filed, a line without box. Leaves behind: each line counted once, boxes in whole euros, audit."""
    take_turn(TURN)
    return _prepare(vat_return, actor=actor)


@performs(VAT_FLOW, "prepare")
def _prepare(row: VatReturn, *, actor: Any) -> None:
    """Does, refuses, leaves behind: as `prepare_return`, which has the turn."""
    earlier = VatReturn.objects.filter(starts_on__lt=row.starts_on).exclude(state=VatState.FILED).first()
    if earlier is not None:
        raise IllegalMove(_("Déposez d’abord « %(earlier)s ».") % {"earlier": earlier})
    found = worked(row)
    if found.missing:
        count = len(found.missing)
        raise Refused(
            Code.VALUE_MISSING,
            ngettext(
                "%(count)d ligne n’a pas de case : qualifiez-la d’abord.",
                "%(count)d lignes n’ont pas de case : qualifiez-les d’abord.",
                count,
            )
            % {"count": count},
        )
    _count(row, found)
    row.result = result_of(found.figures)


def _count(row: VatReturn, found: Worked) -> None:
    by_code: dict[str, VatBox] = {box.code: box for box in found.boxes}
    lines = []
    for one in found.counted:
        operation, tax, _repeated = boxes_told(found.boxes, one)
        lines.append(
            VatCounted(
                line_id=one.line.key,
                vat_return=row,
                operation=by_code.get(operation),
                box=by_code.get(tax),
                base=one.base,
                tax=one.tax,
            )
        )
    VatCounted.objects.bulk_create(lines, batch_size=2000)
    VatFigure.objects.bulk_create(
        VatFigure(
            vat_return=row,
            box=by_code[code],
            exact_base=figure.exact_base,
            exact_tax=figure.exact_tax,
            base=figure.base,
            tax=figure.tax,
        )
        for code, figure in found.figures.items()
    )


def result_of(figures: Mapping[str, Figure]) -> Decimal:
    """Whole euros to pay, or the credit to carry, below zero."""
    nothing = Figure()
    return figures.get(TO_PAY, nothing).tax - figures.get(TO_CARRY, nothing).tax


@transaction.atomic
def reopen_return(vat_return: VatReturn, *, actor: Any) -> VatReturn:
    """Does: takes the preparation up again. Refuses: a return that is filed or not prepared. Leaves behind:
    no line counted, audit."""
    take_turn(TURN)
    row = _reopen(vat_return, actor=actor)
    _uncount(row)
    return row


@performs(VAT_FLOW, "reopen")
def _reopen(row: VatReturn, *, actor: Any) -> None:
    """Does, refuses, leaves behind: as `reopen_return`."""
    row.result = None


def _uncount(row: VatReturn) -> None:
    row.counted.all().delete()
    row.figures.all().delete()


@transaction.atomic
def file_return(vat_return: VatReturn, *, filing: Filing, today: date, actor: Any) -> VatReturn:
    """Does: notes the return filed and posts what settles it, on the last day of its period or the first open
    after it. Refuses: no reference, a day before the end of the period or to come, a proof that is none.
    Leaves behind: the return locked, its entry, its proof, its deadline filed, audit."""
    take_turn(TURN)
    row = _file(vat_return, filing=filing, today=today, actor=actor)
    note_return_filed(row, actor=actor)
    return row


@performs(VAT_FLOW, "file")
def _file(row: VatReturn, *, filing: Filing, today: date, actor: Any) -> None:
    """Does, refuses, leaves behind: as `file_return`, which has the turn."""
    ask = _("Donnez le numéro d’enregistrement que l’administration a rendu.")
    row.reference = one_line(filing.reference, "reference", ask, most=MOST_REFERENCE)
    if filing.filed_on <= row.ends_on:
        raise Refused(
            Code.DATE_INVALID,
            _("Une déclaration se dépose après la fin de sa période."),
            field="filed_on",
        )
    if filing.filed_on > today:
        raise Refused(Code.DATE_INVALID, _("Ce jour n’est pas encore venu."), field="filed_on")
    row.filed_on, row.filed_by = filing.filed_on, actor
    row.entry = _settle(row, actor)
    if filing.proof is not None:
        row.proof = _kept(filing.proof, row, filing.filed_on, actor)


def _kept(sent: tuple[str, bytes], row: VatReturn, on: date, actor: Any) -> Document:
    name, content = sent
    return store_document(
        content,
        kind=PROOF_KIND,
        name=plain_name(name, otherwise=_("accusé de dépôt")),
        mime=proof_mime(content, most=MOST_MEGABYTES, field="proof"),
        about=row,
        actor=actor,
        retention_until=date(on.year + KEPT_YEARS, 12, 31),
    )


def _settle(row: VatReturn, actor: Any) -> Entry | None:
    result = row.result or ZERO
    lines = settlement(standings_of(row), result=result, shared=shared_section().pk)
    if not lines:
        return None
    draft = EntryDraft(
        journal=JournalCode.OTHER,
        on=open_day(row.ends_on),
        # Written in the books, so in French whoever records.
        label=f"Déclaration de TVA {row.starts_on:%m/%Y}",
        piece=row.reference,
        lines=tuple(lines),
    )
    return post_entry(draft, actor=actor, source=row)


@transaction.atomic
def undo_return(vat_return: VatReturn, *, reason: str, actor: Any) -> VatReturn:
    """Does: takes the filing back. Refuses: no reason, a return already paid, be it in part, a later one
    prepared, deductions that a final coefficient has put right since. Leaves behind: the settlement reversed,
    no line counted, the deadline to do again, audit."""
    take_turn(TURN)
    reason = one_line(reason, "reason", _("Dites pourquoi ce dépôt est annulé."), most=MOST_REASON)
    entry = VatReturn.objects.select_related("entry").get(pk=vat_return.pk).entry
    row = _undo(vat_return, reason=reason, actor=actor)
    _uncount(row)
    if entry is not None:
        reverse_entry(entry, on=open_day(entry.on), reason=reason, actor=actor, source=row)
    note_return_undone(row, actor=actor)
    return row


@performs(VAT_FLOW, "undo")
def _undo(row: VatReturn, *, reason: str, actor: Any) -> None:
    """Does, refuses, leaves behind: as `undo_return`, which has the turn."""
    # A line of the bank may have settled it, though nobody noted the payment.
    settled = LetteredLine.objects.filter(line__entry=row.entry_id, line__account__role=DUE, is_live=True)
    if row.paid_on is not None or settled.exists():
        raise IllegalMove(
            _("Cette TVA est payée : ce qui manque ou ce qui est en trop va dans la prochaine déclaration.")
        )
    later = VatReturn.objects.filter(starts_on__gt=row.starts_on).exclude(state=VatState.DRAFT).first()
    if later is not None:
        raise IllegalMove(_("« %(later)s » suit celle-ci : son dépôt ne s’annule plus.") % {"later": later})
    final = put_right_since(row)
    if final is not None:
        raise IllegalMove(
            _(
                "Le coefficient définitif de « %(section)s » a repris les déductions de cette déclaration :"
                " son dépôt ne s’annule plus."
            )
            % {"section": final.section.label}
        )
    row.filed_on, row.filed_by, row.reference, row.entry, row.proof = None, None, "", None, None
    row.result, row.undone_reason = None, reason


def _payment(row: VatReturn, owed: Iterable[EntryLine], on: date) -> EntryDraft:
    lines = []
    for line in owed:
        lines.append(debit(DUE, line.analytic_id, line.credit - line.debit))
        lines.append(credit("bank", line.analytic_id, line.credit - line.debit))
    label = f"Paiement de la TVA {row.starts_on:%m/%Y}"
    return EntryDraft(JournalCode.BANK, on, label, tuple(lines), piece=row.reference)


def _settled_by(owed: Sequence[EntryLine]) -> Entry | None:
    """The last entry that answers the whole of what is due, if the books hold it already."""
    live = LetteredLine.objects.filter(line__in=owed, is_live=True).select_related("lettering")
    letterings = {one.line_id: one.lettering for one in live}
    if not letterings:
        return None
    if len(letterings) < len(owed) or any(one.left for one in letterings.values()):
        raise Refused(
            Code.ALREADY_DONE,
            _("Une partie de cette TVA est déjà réglée dans les livres : rapprochez-y aussi le reste."),
            field="on",
        )
    answers = EntryLine.objects.filter(
        letterings__lettering__in=letterings.values(), letterings__is_live=True
    ).exclude(entry=owed[0].entry_id)
    paid = answers.select_related("entry").latest("entry__on", "entry__pk").entry
    other = VatReturn.objects.filter(payment=paid).first()
    if other is not None:
        # A payment proves one return.
        raise Refused(
            Code.ALREADY_DONE,
            _(
                "La même écriture de banque paie déjà « %(other)s » : défaites son lettrage et passez une"
                " écriture par déclaration."
            )
            % {"other": other},
            field="on",
        )
    return paid


@transaction.atomic
def pay_return(vat_return: VatReturn, *, on: date, today: date, actor: Any) -> VatReturn:
    """Does: notes that the bank paid, and posts it, each section paying its own tax; what a line of the bank
    has settled already is noted on its day, and posted no more. Refuses: a return that is not filed, nothing
    to pay, paid already, in part or with another return, a day before the filing or to come. Leaves behind:
    the entry, lettered with what was due, the deadline paid, audit."""
    row = VatReturn.objects.select_for_update(of=("self",)).select_related("entry").get(pk=vat_return.pk)
    if not row.awaits_payment or row.filed_on is None:
        raise IllegalMove(_("Cette déclaration n’attend pas de paiement."))
    if not row.filed_on <= on <= today:
        raise Refused(
            Code.DATE_INVALID,
            _("La TVA se paie après le dépôt, et pas un jour à venir."),
            field="on",
        )
    owed = list(EntryLine.objects.filter(entry=row.entry, account__role=DUE).order_by("position"))
    paid = _settled_by(owed)
    if paid is None:
        paid = post_entry(_payment(row, owed, on), actor=actor, source=row)
        letter_entries([owed[0].entry_id, paid], roles=[DUE], actor=actor)
    row.payment, row.paid_on = paid, paid.on
    row.save(update_fields=["payment", "paid_on"])
    audit.record(actor, "accounting.pay_vat_return", row, detail={"amount": str(row.result)})
    note_return_paid(row, actor=actor)
    return row


def take_back_payments(entries: Iterable[Entry], *, actor: Any) -> None:
    """Does: the returns that these entries paid, reversed by now, are to be paid again; the caller holds the
    transaction. Refuses: nothing. Leaves behind: the returns filed, their deadlines declared, audit."""
    rows = VatReturn.objects.select_for_update(of=("self",)).filter(payment__in=[one.pk for one in entries])
    for row in rows.order_by("pk"):
        row.payment, row.paid_on = None, None
        row.save(update_fields=["payment", "paid_on"])
        audit.record(actor, "accounting.unpay_vat_return", row)
        note_return_unpaid(row, actor=actor)
