"""Decides a levy of the cooperative’s own, whom it falls on, and when it ends (ACC-21)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounting.models import Account, AnalyticAccount, Levy, LevyTerm
from accounting.selectors.levies import last_taken
from accounting.services.accounts import open_fund_section
from accounting.states.contributions import SaleCategory
from accounting.states.levies import LevyBase, LevyMoment, TakingNature
from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.money import CENT
from cae.core.turns import take_turn
from entrepreneurs.models import Activity
from people.services.changes import one_line

_DAY = timedelta(days=1)
_CODE = 30


@dataclass(frozen=True)
class Decided:
    """Who decided, and when."""

    by: str
    on: date


@dataclass(frozen=True)
class LevyDraft:
    """A levy to come, as the accountant describes it. `new_fund`: the name of a section opened to receive."""

    label: str
    base: str
    taken_on: str
    rate: Decimal | None
    amount: Decimal | None
    categories: Sequence[str]
    held_months: int | None
    for_all: bool
    charge_account: Account
    link_account: Account
    income_account: Account
    section: AnalyticAccount | None
    new_fund: str
    valid_from: date

    @property
    def code(self) -> str:
        return slugify(self.label)[:_CODE]


def former_of(draft: LevyDraft) -> Levy | None:
    """The levy of the same name that this one replaces."""
    rows = Levy.objects.filter(code=draft.code).filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=draft.valid_from)
    )
    return rows.order_by("-valid_from").first()


def check_levy(draft: LevyDraft, decision: Decided) -> None:
    """Refuses what cannot be a levy: no name, neither a rate nor an amount or both, a margin by document, a
    month begun, nobody who receives, a day before what the former one took."""
    one_line(draft.label, "label", _("Donnez un nom à ce prélèvement."), most=60)
    one_line(decision.by, "decided_by", _("Dites qui l’a décidé."), most=200)
    if not draft.code:
        raise Refused(Code.VALUE_INVALID, _("Ce nom ne contient ni lettre ni chiffre."), field="label")
    _check_count(draft)
    if draft.section is None and not draft.new_fund.strip():
        raise Refused(
            Code.VALUE_MISSING, _("Choisissez qui reçoit, ou nommez un nouveau fonds."), field="section"
        )
    former = former_of(draft)
    if former is not None and former.valid_from >= draft.valid_from:
        raise Refused(
            Code.PERIOD_INVALID,
            _("Un prélèvement de ce nom commence déjà le %(day)s : choisissez une date postérieure.")
            % {"day": former.valid_from.strftime("%d/%m/%Y")},
            field="valid_from",
        )
    last = last_taken(draft.code)
    if last is not None and draft.valid_from <= last:
        raise Refused(
            Code.PERIOD_INVALID,
            _("Ce prélèvement a déjà été pris le %(last)s : choisissez une date postérieure.")
            % {"last": last.strftime("%d/%m/%Y")},
            field="valid_from",
        )


def _check_count(draft: LevyDraft) -> None:
    if (draft.rate is None) == (draft.amount is None):
        raise Refused(Code.VALUE_INVALID, _("Donnez un taux ou un montant, l’un des deux."), field="rate")
    if draft.rate is not None and not 0 < draft.rate <= 1:
        raise Refused(Code.VALUE_INVALID, _("Un taux est compris entre 0 et 100 %."), field="rate")
    if draft.amount is not None and (draft.amount <= 0 or draft.amount % CENT):
        raise Refused(
            Code.AMOUNT_INVALID, _("Un montant est positif et s’arrête au centime."), field="amount"
        )
    if not draft.categories or not set(draft.categories) <= set(SaleCategory.values):
        raise Refused(Code.VALUE_MISSING, _("Choisissez au moins une sorte de vente."), field="categories")
    if draft.base == LevyBase.MARGIN and draft.taken_on != LevyMoment.MONTH:
        raise Refused(
            Code.VALUE_INVALID,
            _("La marge se connaît au mois : un prélèvement sur la marge est pris chaque mois."),
            field="taken_on",
        )
    if draft.taken_on == LevyMoment.MONTH and draft.valid_from.day != 1:
        raise Refused(
            Code.PERIOD_INVALID,
            _("Un prélèvement pris chaque mois commence avec un mois : choisissez son premier jour."),
            field="valid_from",
        )


@transaction.atomic
def create_levy(draft: LevyDraft, *, decision: Decided, actor: Any) -> Levy:
    """Does: records a levy; the one of the same name ends the eve. Refuses: what `check_levy` refuses.
    Leaves behind: the row, the section of a new fund, the end of the former, audit."""
    take_turn(f"accounting.levy.{draft.code}")
    check_levy(draft, decision)
    former = former_of(draft)
    if former is not None:
        # Without an end, or with one that was to come later.
        former.valid_to = draft.valid_from - _DAY
        former.save(update_fields=["valid_to"])
    section = draft.section or open_fund_section(draft.new_fund.strip(), actor=actor)
    row = Levy.objects.create(
        code=draft.code,
        label=draft.label.strip(),
        base=draft.base,
        taken_on=draft.taken_on,
        rate=draft.rate,
        amount=draft.amount,
        categories=sorted(draft.categories),
        held_months=draft.held_months,
        for_all=draft.for_all,
        charge_account=draft.charge_account,
        link_account=draft.link_account,
        income_account=draft.income_account,
        section=section,
        valid_from=draft.valid_from,
        decided_by=decision.by.strip(),
        decided_on=decision.on,
    )
    audit.record(actor, "accounting.create_levy", row, detail={"from": draft.valid_from.isoformat()})
    return row


@transaction.atomic
def end_levy(levy: Levy, *, ends_on: date, actor: Any) -> Levy:
    """Does: gives a levy its last day. Refuses: a day before its first or before what it took, a later one
    than it had, the middle of a month for a levy of the month. Leaves behind: the row, audit."""
    row = Levy.objects.select_for_update(of=("self",)).get(pk=levy.pk)
    if ends_on < row.valid_from or (row.valid_to is not None and ends_on > row.valid_to):
        raise Refused(
            Code.PERIOD_INVALID, _("La fin ne peut ni précéder le début, ni reculer."), field="ends_on"
        )
    if row.taken_on == LevyMoment.MONTH and (ends_on + _DAY).day != 1:
        raise Refused(
            Code.PERIOD_INVALID,
            _("Un prélèvement pris chaque mois s’arrête avec un mois : choisissez son dernier jour."),
            field="ends_on",
        )
    last = (
        row.takings.filter(nature=TakingNature.TAKE)
        .order_by("-fact_on")
        .values_list("fact_on", flat=True)
        .first()
    )
    if last is not None and ends_on < last:
        raise Refused(
            Code.PERIOD_INVALID,
            _("Ce prélèvement a été pris le %(last)s : il ne peut pas s’arrêter avant.")
            % {"last": last.strftime("%d/%m/%Y")},
            field="ends_on",
        )
    row.valid_to = ends_on
    row.save(update_fields=["valid_to"])
    audit.record(actor, "accounting.end_levy", row, detail={"on": ends_on.isoformat()})
    return row


@transaction.atomic
def add_term(
    levy: Levy,
    activity: Activity,
    *,
    starts_on: date,
    ends_on: date | None,
    decided_by: str,
    reason: str,
    actor: Any,
) -> LevyTerm:
    """Does: spares an activity a levy of all, or names one that a levy of some takes. Refuses: dates crossed
    or already covered, nobody who decided, no reason. Leaves behind: the row, audit; months already taken are
    adjusted by the next run, documents are not taken again."""
    row = Levy.objects.select_for_update(of=("self",)).get(pk=levy.pk)
    by = one_line(decided_by, "decided_by", _("Dites qui l’a décidé."), most=200)
    why = one_line(reason, "reason", _("Dites pourquoi."), most=200)
    if ends_on is not None and ends_on < starts_on:
        raise Refused(Code.PERIOD_INVALID, _("La fin ne peut pas précéder le début."), field="ends_on")
    others = row.terms.filter(activity=activity).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on))
    if ends_on is not None:
        others = others.filter(starts_on__lte=ends_on)
    if others.exists():
        raise Refused(
            Code.PERIOD_INVALID,
            _("Cette activité a déjà un cas particulier à ces dates."),
            field="starts_on",
        )
    term = LevyTerm.objects.create(
        levy=row, activity=activity, starts_on=starts_on, ends_on=ends_on, decided_by=by, reason=why
    )
    detail = {"levy": row.code, "from": starts_on.isoformat()}
    audit.record(actor, "accounting.add_levy_term", activity, detail=detail)
    return term


@transaction.atomic
def end_term(term: LevyTerm, *, ends_on: date, actor: Any) -> LevyTerm:
    """Does: gives a particular case its last day; the eve of its first takes it back. Refuses: an earlier
    day, a later one than it had. Leaves behind: the row, audit."""
    row = LevyTerm.objects.select_for_update(of=("self",)).get(pk=term.pk)
    if ends_on < row.starts_on - _DAY or (row.ends_on is not None and ends_on > row.ends_on):
        raise Refused(
            Code.PERIOD_INVALID, _("La fin ne peut ni précéder le début, ni reculer."), field="ends_on"
        )
    row.ends_on = ends_on
    row.save(update_fields=["ends_on"])
    audit.record(actor, "accounting.end_levy_term", row.activity, detail={"on": ends_on.isoformat()})
    return row
