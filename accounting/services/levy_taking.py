"""Takes the levies of the cooperative on a document, a receipt or a month, and undoes a taking (ACC-21)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from accounting.calculations.levies import Step, counted, levy_entry, step, undone
from accounting.models import Entry, Levy, LevyTaking
from accounting.selectors.accounts import section_of
from accounting.selectors.contribution import month_label
from accounting.selectors.levies import (
    levies_of,
    levies_of_window,
    on_documents,
    route_of,
    rule_of,
    taking_words,
    window_of,
)
from accounting.selectors.levy_month import Due, due_of_month
from accounting.selectors.periods import open_day
from accounting.selectors.receipts import receipts_of
from accounting.services.posting import post_entry
from accounting.states.levies import TakingKind, TakingNature
from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.periods import Month
from entrepreneurs.models import Activity
from people.services.changes import one_line


@dataclass(frozen=True)
class TakingDraft:
    """A taking to come: for what, when, how it was found."""

    kind: str
    subject: str
    window: str
    on: date
    fact_on: date
    step: Step
    rank: int
    words: str
    nature: str = TakingNature.TAKE
    answers: LevyTaking | None = None
    reason: str = ""


def take_levies(
    activity: Activity,
    sales: Mapping[str, Decimal],
    *,
    on: date,
    document: str,
    corrects: str,
    source: models.Model | None,
    actor: Any,
) -> None:
    """Does: takes the levies of a document, within its issue, the activity locked by the caller; a credit
    note (`corrects`: the number of its invoice) gives back what that invoice gave. Twice the same document
    changes nothing. Refuses: an account missing. Leaves behind: takings and their entries."""
    window = corrects or document
    rows = levies_of_window(activity, corrects) if corrects else on_documents(levies_of(activity, on))
    for levy in rows:
        rule, held = rule_of(levy), window_of(levy, activity, TakingKind.DOCUMENT, window)
        if LevyTaking.objects.filter(
            levy=levy, activity=activity, kind=TakingKind.DOCUMENT, subject=document
        ).exists():
            continue
        taken = step(rule, counted(sales, rule.categories), held)
        draft = TakingDraft(
            TakingKind.DOCUMENT, document, window, on, on, taken, held.ranks + 1, words=document
        )
        _write(levy, activity, draft, source=source, actor=actor)


def take_levies_on_receipt(activity: Activity, levies: list[Levy], *, entry: Entry, actor: Any) -> None:
    """Does: takes these levies on what a receipt, posted by `entry`, pays of each document, the activity
    locked by the caller; money given back gives back. Refuses: an account missing. Leaves behind: takings and
    their entries; nothing when that receipt already gave."""
    for receipt in receipts_of(entry, activity.pk) if levies else ():
        for levy in levies:
            rule = rule_of(levy)
            held = window_of(levy, activity, TakingKind.RECEIPT, receipt.document)
            chosen = LevyTaking.objects.filter(
                levy=levy,
                activity=activity,
                kind=TakingKind.RECEIPT,
                subject=str(entry.pk),
                window=receipt.document,
            )
            if chosen.exists():
                continue
            draft = TakingDraft(
                TakingKind.RECEIPT,
                str(entry.pk),
                receipt.document,
                entry.on,
                entry.on,
                step(rule, counted(receipt.sales, rule.categories), held),
                held.ranks + 1,
                words=receipt.document,
            )
            _write(levy, activity, draft, source=entry.source, actor=actor)


@transaction.atomic
def take_levies_of_month(activity: Activity, month: Month, *, today: date, actor: Any) -> list[LevyTaking]:
    """Does: takes the levies of a month that is over, adjusts those of its year whose facts changed, gives
    back what was held long enough. Refuses: a month not over, an account missing. Leaves behind: takings and
    their entries; nothing when nothing changed."""
    if today < month.last:
        raise Refused(
            Code.PERIOD_INVALID,
            _("%(month)s n’est pas terminé : ses prélèvements ne sont pas connus.")
            % {"month": month_label(month).capitalize()},
        )
    activity = Activity.objects.select_for_update(no_key=True).get(pk=activity.pk)
    return [
        row
        for due in due_of_month(activity, month)
        if (row := _write(due.foreseen.levy, activity, _of_month(due, today), source=None, actor=actor))
    ]


def _of_month(due: Due, today: date) -> TakingDraft:
    month = due.month
    words = f"{month.month:02}/{month.year}"
    if due.answers is not None:
        former = due.answers
        return TakingDraft(
            former.kind,
            former.subject,
            f"rendu {former.pk}",
            open_day(month.last),
            month.last,
            due.foreseen.step,
            1,
            words=_("%(subject)s, restitution") % {"subject": taking_words(former)},
            nature=TakingNature.RELEASE,
            answers=former,
        )
    first = due.rank == 1
    return TakingDraft(
        TakingKind.MONTH,
        str(month),
        str(month),
        # What comes once its month is closed is booked on the first day that is open.
        open_day(month.last) if first else max(today, month.last),
        month.last,
        due.foreseen.step,
        due.rank,
        words=words if first else _("%(month)s, régularisation") % {"month": words},
    )


@transaction.atomic
def undo_taking(taking: LevyTaking, *, on: date, reason: str, actor: Any) -> LevyTaking:
    """Does: gives back what a levy took, by mistake, for a document, a receipt or a month. Refuses: one
    already answered, one that undoes, no reason, a date before its own. Leaves behind: a taking that names
    it, the entry the other way, audit; a month may be taken again."""
    why = one_line(reason, "reason", _("Dites pourquoi ce prélèvement est annulé."), most=200)
    activity = Activity.objects.select_for_update(no_key=True).get(pk=taking.activity_id)
    row = LevyTaking.objects.select_related("levy__section").get(pk=taking.pk)
    if row.nature != TakingNature.TAKE or row.answered_by.exists():
        raise Refused(Code.ALREADY_DONE, _("Ce prélèvement a déjà été annulé ou rendu."))
    if on < row.on:
        raise Refused(Code.DATE_INVALID, _("Une annulation ne précède pas ce qu’elle annule."), field="on")
    held = window_of(row.levy, activity, row.kind, row.window)
    draft = TakingDraft(
        row.kind,
        row.subject,
        row.window,
        on,
        row.fact_on,
        undone(held, row.base, row.amount),
        held.ranks + 1,
        words=_("%(subject)s, annulation") % {"subject": taking_words(row)},
        nature=TakingNature.REVERSE,
        answers=row,
        reason=why,
    )
    source = row.entry.source if row.entry else None
    undoing = _post(row.levy, activity, draft, source=source, actor=actor)
    audit.record(actor, "accounting.undo_levy_taking", row, detail={"reason": why})
    return undoing


def _write(
    levy: Levy, activity: Activity, draft: TakingDraft, *, source: models.Model | None, actor: Any
) -> LevyTaking | None:
    """Posts what is taken and keeps how it was found; nothing when there is nothing to say."""
    return _post(levy, activity, draft, source=source, actor=actor) if draft.step.says_something else None


def _post(
    levy: Levy, activity: Activity, draft: TakingDraft, *, source: models.Model | None, actor: Any
) -> LevyTaking:
    entry = None
    if draft.step.amount:
        lines = levy_entry(
            draft.step.amount,
            route_of(levy, section_of(activity).pk),
            label=f"{levy.label} {draft.words}",
            piece=draft.subject if draft.kind != TakingKind.RECEIPT else draft.window,
            on=draft.on,
        )
        entry = post_entry(lines, actor=actor, source=source)
    return LevyTaking.objects.create(
        levy=levy,
        activity=activity,
        kind=draft.kind,
        subject=draft.subject,
        window=draft.window,
        rank=draft.rank,
        nature=draft.nature,
        on=draft.on,
        fact_on=draft.fact_on,
        base=draft.step.base,
        window_base=draft.step.window_base,
        due=draft.step.due,
        given=draft.step.given,
        amount=draft.step.amount,
        reason=draft.reason,
        entry=entry,
        answers=draft.answers,
        created_by=actor,
    )
