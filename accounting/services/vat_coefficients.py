"""Decides the coefficient of deduction of a section, and puts the deductions of the year right (ACC-39).

Source: CGI ann. II art. 206-III (rounded up to two decimals) and 206-V (final before 25 April, the
difference paid or deducted then). Regularisations of fixed assets over years (art. 207) are by hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounting.calculations.entries import EntryDraft, credit, debit
from accounting.calculations.vat import ADJUSTMENT, DEDUCTIBLE, NOT_DEDUCTED, deduction_coefficient
from accounting.models import AnalyticAccount, Entry, VatCoefficient
from accounting.selectors.vat_coefficients import deductions_of, is_applied, returns_of
from accounting.services.posting import post_entry
from accounting.states.books import JournalCode
from accounting.states.vat import TURN, CoefficientStage, VatState
from cae.core import audit
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.money import CENT, cents
from cae.core.turns import take_turn


@dataclass(frozen=True)
class Ratio:
    """Sales that give the right to deduct, and all sales of the year that the coefficient is taken from."""

    taxed: Decimal
    whole: Decimal


@transaction.atomic
def decide_coefficient(
    section: AnalyticAccount, *, year: int, stage: str, ratio: Ratio, on: date, actor: Any
) -> VatCoefficient:
    """Does: gives a section its coefficient for a year; a final one posts, on that day, what it changes of
    the deductions of the year. Refuses: sales that make no ratio, a provisional one already applied, a final
    one given already, before the year is over or while a return of it is not filed. Leaves behind: the
    coefficient, the entry if anything changes, audit."""
    take_turn(TURN)
    value = _value(ratio)
    is_final = stage == CoefficientStage.FINAL
    entry = None
    if is_final:
        _require_year_over(section, year, on)
        entry = _regularise(section, year, value, on, actor)
    elif is_applied(section, year):
        raise IllegalMove(
            _("Une déclaration a déjà déduit la TVA de cette section : attendez le coefficient définitif.")
        )
    row, _made = VatCoefficient.objects.update_or_create(
        section=section,
        year=year,
        stage=CoefficientStage(stage),
        defaults={
            "taxed": ratio.taxed,
            "whole": ratio.whole,
            "value": value,
            "entry": entry,
            "decided_by": actor,
            "decided_at": timezone.now(),
        },
    )
    audit.record(
        actor, "accounting.decide_coefficient", row, detail={"period": str(year), "rate": str(value)}
    )
    return row


def _value(ratio: Ratio) -> Decimal:
    if ratio.taxed % CENT or ratio.whole % CENT:
        raise Refused(Code.AMOUNT_INVALID, _("Un montant s’arrête au centime."), field="taxed")
    try:
        return deduction_coefficient(ratio.taxed, ratio.whole)
    except ValueError as error:
        raise Refused(
            Code.AMOUNT_INVALID,
            _("Les ventes qui ouvrent droit à déduction sont une part de toutes les ventes de l’année."),
            field="taxed",
        ) from error


def _require_year_over(section: AnalyticAccount, year: int, on: date) -> None:
    final = VatCoefficient.objects.filter(section=section, year=year, stage=CoefficientStage.FINAL)
    if final.exists():
        raise Refused(Code.ALREADY_DONE, _("Le coefficient définitif de cette année est déjà donné."))
    if on.year <= year:
        raise Refused(
            Code.DATE_INVALID, _("Un coefficient définitif se donne une fois l’année finie."), field="on"
        )
    waiting = returns_of(section, year).exclude(state=VatState.FILED).first()
    if waiting is not None:
        raise IllegalMove(_("Déposez d’abord « %(earlier)s ».") % {"earlier": waiting})


def _regularise(section: AnalyticAccount, year: int, value: Decimal, on: date, actor: Any) -> Entry | None:
    """Posts the difference between what the year should deduct and what its returns deducted."""
    found = deductions_of(section, year)
    more = cents(found.whole * value) - found.deducted
    if not more:
        return None
    lines = (
        debit(DEDUCTIBLE, section.pk, more, vat_kind=ADJUSTMENT),
        credit(NOT_DEDUCTED, section.pk, more),
    )
    # Written in the books, so in French whoever records.
    label = f"Coefficient de déduction {year} définitif : {value}"
    return post_entry(EntryDraft(JournalCode.OTHER, on, label, lines), actor=actor, source=None)
