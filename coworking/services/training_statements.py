"""Origins of what is sold, charges of the year, the statement filed and frozen (COW-48, 49)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.canonical import sha256_of
from cae.core.errors import Code, Refused
from cae.core.turns import take_turn
from cae.core.workflow import performs
from coworking.calculations.training_statement import agrees, filed, unsaid
from coworking.models import LineOrigin, QuoteOrigin, TrainingStatement
from coworking.selectors.training_statement import statement_of
from coworking.states.training import STATEMENT_FLOW, Origin, StatementState
from invoicing.models import Invoice, InvoiceLine, QuoteLine
from invoicing.states.sales import SaleNature
from people.models import User
from people.services.changes import refuse_stale

# A year is looked for, then opened: one hand at a time.
_YEARS = "coworking.statements"


@transaction.atomic
def set_origin(line: InvoiceLine, *, origin: str, actor: User | None) -> LineOrigin:
    """Does: says where the money of a line of training comes from. Refuses: an unknown origin, a line that
    sells no training, a year whose statement is filed. Leaves behind: the row, audit."""
    if origin not in Origin.values:
        raise Refused(Code.VALUE_INVALID, _("Choisissez l’origine dans la liste."), field="origin")
    if line.nature != SaleNature.TRAINING:
        raise Refused(Code.NOT_ALLOWED, _("Cette ligne ne vend pas de formation."))
    take_turn(_YEARS)
    issued = line.invoice.issued_on
    if issued is not None:
        _refuse_filed(issued.year)
    row, _made = LineOrigin.objects.update_or_create(
        line=line, defaults={"origin": origin, "set_by": actor, "set_at": timezone.now()}
    )
    audit.record(actor, "coworking.origin.set", row, detail={"value": origin})
    return row


@transaction.atomic
def set_quote_origin(line: QuoteLine, *, origin: str, actor: User | None) -> QuoteOrigin:
    """Does: says, on a quote, where the money of a training will come from; the invoices made of it have it,
    unless theirs is said. Refuses: an unknown origin, a line that sells no training, a quote that may still
    change, an invoice of it in a year whose statement is filed. Leaves behind: the row, audit."""
    if origin not in Origin.values:
        raise Refused(Code.VALUE_INVALID, _("Choisissez l’origine dans la liste."), field="origin")
    if line.nature != SaleNature.TRAINING:
        raise Refused(Code.NOT_ALLOWED, _("Cette ligne ne vend pas de formation."))
    if not line.quote.is_frozen:
        raise Refused(Code.ILLEGAL_MOVE, _("Ce devis change encore : notez l’origine une fois validé."))
    take_turn(_YEARS)
    for issued in Invoice.objects.issued().filter(quote=line.quote_id).dates("issued_on", "year"):
        _refuse_filed(issued.year)
    row, _made = QuoteOrigin.objects.update_or_create(
        line=line, defaults={"origin": origin, "set_by": actor, "set_at": timezone.now()}
    )
    audit.record(actor, "coworking.origin.promise", row, detail={"value": origin})
    return row


@transaction.atomic
def open_statement(year: int, *, actor: User | None) -> TrainingStatement:
    """Does: opens the statement of a year, or gives the one there is. Refuses: a year to come. Leaves behind:
    the row, audit when it is new."""
    if year > timezone.localdate().year:
        raise Refused(Code.DATE_INVALID, _("Cette année est à venir."))
    take_turn(_YEARS)
    row, made = TrainingStatement.objects.get_or_create(year=year)
    if made:
        audit.record(actor, "coworking.statement.open", row)
    return row


@transaction.atomic
def set_charges(
    row: TrainingStatement, *, total: Decimal, pay: Decimal, purchases: Decimal, seen: int | None, actor: User
) -> TrainingStatement:
    """Does: writes frame D. Refuses: an amount below nothing, parts above the total, a statement filed, a
    form opened before somebody else’s change. Leaves behind: the amounts, audit."""
    found = TrainingStatement.objects.select_for_update(of=("self",)).get(pk=row.pk)
    refuse_stale(found, seen)
    if found.state == StatementState.FILED:
        raise Refused(Code.ILLEGAL_MOVE, _("Ce bilan est déposé : il ne change plus."))
    for field, amount in (("total", total), ("pay", pay), ("purchases", purchases)):
        if amount < 0:
            raise Refused(Code.AMOUNT_INVALID, _("Ce montant n’est pas possible."), field=field)
    if pay + purchases > total:
        raise Refused(Code.AMOUNT_INVALID, _("Salaires et achats dépassent le total."), field="total")
    found.charges_total, found.charges_pay, found.charges_purchases = total, pay, purchases
    found.version += 1
    found.save()
    audit.record(actor, "coworking.statement.charges", found, detail={"amount": str(total)})
    return found


@performs(STATEMENT_FLOW, "file")
def file_statement(row: TrainingStatement, *, on: date, actor: User) -> None:
    """Does: notes that the statement was filed, and freezes every figure of it. Refuses: a day before the end
    of the year or to come, something that nobody said, F-1, F-3 and F-4 that differ. Leaves behind: the
    figures and their hash, for ever; audit."""
    take_turn(_YEARS)
    if not date(row.year, 12, 31) < on <= timezone.localdate():
        raise Refused(
            Code.DATE_INVALID,
            _("Le bilan d’une année se dépose une fois qu’elle est finie."),
            field="on",
        )
    frames = statement_of(row.year, row)
    lacking = unsaid(frames)
    if lacking:
        places = ", ".join(f"{frame} ({count})" for frame, count in lacking.items())
        raise Refused(Code.VALUE_MISSING, _("Il reste à préciser : %(places)s.") % {"places": places})
    if not agrees(frames):
        raise Refused(
            Code.NOT_ALLOWED,
            _("Les totaux des cadres F-1, F-3 et F-4 diffèrent : le bilan ne se dépose pas."),
        )
    row.figures = filed(frames)
    row.sha256 = sha256_of(row.figures)
    row.filed_on, row.filed_by = on, actor


def _refuse_filed(year: int) -> None:
    if TrainingStatement.objects.filter(year=year, state=StatementState.FILED).exists():
        raise Refused(
            Code.PERIOD_CLOSED,
            _("Le bilan de %(year)d est déposé : ses lignes ne changent plus.") % {"year": year},
        )
