"""Models of entries, and those posted again at a rhythm, each date once."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from accounting.calculations.entry_models import (
    WHOLE,
    ModelPart,
    amount_gaps,
    debit_parts,
    filled,
    part_gaps,
    takes_total,
)
from accounting.models import Account, AnalyticAccount, EntryModel, EntryModelLine, Journal, RecurringEntry
from accounting.selectors.manual import lines_of_model, parts_of, recurring_due
from accounting.services.manual import (
    MOST_LABEL,
    NOT_BY_HAND,
    ManualContent,
    ManualLineContent,
    create_manual,
    validate_manual,
)
from accounting.states.manual import MONTHS, MOST_LINES, RECURRING_FLOW, RecurringState
from cae.core import audit
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.periods import after_months
from cae.core.templatetags.formats import money, percent
from cae.core.turns import take_turn
from cae.core.workflow import performs
from people.services.changes import one_line

logger = logging.getLogger(__name__)
MOST_NAME, MOST_FAILURE = 120, 500
# A name is one model’s: they are written one after the other.
_TURN = "accounting.entry_models"
# How many late dates one run posts for a subscription: beyond, something is wrong.
MOST_AT_ONCE = 24


@dataclass(frozen=True)
class ModelLineContent:
    """An amount in euros, or a share of the total: one of the two."""

    account: Account
    analytic: AnalyticAccount
    side: str
    amount: Decimal | None = None
    share: Decimal | None = None
    label: str = ""


@dataclass(frozen=True)
class ModelContent:
    name: str
    journal: Journal
    label: str
    lines: tuple[ModelLineContent, ...]


@dataclass(frozen=True)
class RecurringContent:
    model: EntryModel
    label: str
    every: str
    first_on: date
    total: Decimal | None = None
    until: date | None = None


@transaction.atomic
def create_model(content: ModelContent, *, form_key: UUID, actor: Any) -> EntryModel:
    """Does: keeps a model; the same form sent twice gives the first. Refuses: a name already taken, no name,
    no line, lines that would not balance in total and in each section whatever the total. Leaves behind: the
    model and its lines; audit."""
    take_turn(_TURN)
    already = EntryModel.objects.filter(form_key=form_key).first()
    if already is not None:
        return already
    model = EntryModel(form_key=form_key)
    _fill(model, content)
    audit.record(actor, "accounting.create_model", model)
    return model


@transaction.atomic
def save_model(model: EntryModel, content: ModelContent, *, version: int, actor: Any) -> EntryModel:
    """Does: writes a model again; what it posted stays. Refuses: what `create_model` refuses, one that
    another hand saved since. Leaves behind: the model as typed; audit."""
    take_turn(_TURN)
    row = EntryModel.objects.select_for_update(of=("self",)).get(pk=model.pk)
    if row.version != version:
        raise Refused(
            Code.STALE_FORM,
            _("Quelqu’un a modifié ce modèle depuis que vous l’avez ouvert : relisez-le d’abord."),
        )
    row.version += 1
    row.lines.all().delete()
    _fill(row, content)
    audit.record(actor, "accounting.save_model", row)
    return row


def _fill(row: EntryModel, content: ModelContent) -> None:
    row.name = one_line(content.name, "name", _("Donnez un nom à ce modèle."), most=MOST_NAME)
    row.label = one_line(content.label, "label", _("Donnez un libellé à ses écritures."), most=MOST_LABEL)
    if EntryModel.objects.exclude(pk=row.pk).filter(name=row.name).exists():
        raise Refused(Code.DUPLICATE, _("Un autre modèle porte déjà ce nom."), field="name")
    if content.journal.code in NOT_BY_HAND:
        raise Refused(
            Code.VALUE_INVALID,
            _("Les ventes viennent des factures : choisissez un autre journal."),
            field="journal",
        )
    row.journal = content.journal
    _require_balanced(content)
    row.save()
    EntryModelLine.objects.bulk_create(
        EntryModelLine(
            model=row,
            position=position,
            account=line.account,
            analytic=line.analytic,
            side=line.side,
            amount=line.amount,
            share=line.share,
            label=line.label,
        )
        for position, line in enumerate(content.lines, start=1)
    )


def _require_balanced(content: ModelContent) -> None:
    lines = content.lines
    if not 2 <= len(lines) <= MOST_LINES:
        raise Refused(
            Code.VALUE_INVALID, _("Un modèle compte de deux à %(most)d lignes.") % {"most": MOST_LINES}
        )
    parts = [
        ModelPart(line.account.number, line.analytic.pk, line.side, line.amount, line.share) for line in lines
    ]
    names = {line.analytic.pk: line.analytic.label for line in lines}
    sentence = _("Le modèle n’est pas équilibré dans « %(section)s » : débit − crédit = %(gap)s.")
    for section, gap in amount_gaps(parts).items():
        raise Refused(Code.ENTRY_UNBALANCED, sentence % {"section": names[section], "gap": money(gap)})
    for section, gap in part_gaps(parts).items():
        raise Refused(Code.ENTRY_UNBALANCED, sentence % {"section": names[section], "gap": percent(gap)})
    if takes_total(parts) and debit_parts(parts) != WHOLE:
        raise Refused(
            Code.ENTRY_UNBALANCED,
            _("Les parts du débit font %(sum)s du total : elles doivent en faire 100 %%.")
            % {"sum": percent(debit_parts(parts))},
        )


@transaction.atomic
def withdraw_model(model: EntryModel, *, actor: Any) -> EntryModel:
    """Does: stops offering a model. Refuses: one that a subscription still uses. Leaves behind: the model,
    out of the lists; audit."""
    row = EntryModel.objects.select_for_update(of=("self",)).get(pk=model.pk)
    live = row.recurring.exclude(state=RecurringState.ENDED).first()
    if live is not None:
        raise IllegalMove(
            _("L’abonnement « %(label)s » emploie ce modèle : terminez-le d’abord.") % {"label": live}
        )
    row.is_withdrawn = True
    row.save(update_fields=["is_withdrawn"])
    audit.record(actor, "accounting.withdraw_model", row)
    return row


def content_from(
    model: EntryModel, *, on: date, total: Decimal | None, label: str = "", reverse_on: date | None = None
) -> ManualContent:
    """Does: gives the entry that a model makes on a day. Refuses: a total missing, or useless. Leaves behind:
    nothing."""
    lines = lines_of_model(model)
    parts = parts_of(lines)
    _require_total(parts, total)
    accounts = {line.account.number: line.account for line in lines}
    sections = {line.analytic_id: line.analytic for line in lines}
    return ManualContent(
        journal=model.journal,
        on=on,
        label=label or model.label,
        reverse_on=reverse_on,
        lines=tuple(
            ManualLineContent(
                accounts[line.account], sections[line.analytic_id], line.debit, line.credit, line.label
            )
            for line in filled(parts, total)
        ),
    )


def _require_total(parts: tuple[ModelPart, ...], total: Decimal | None) -> None:
    if takes_total(parts) and (total is None or total <= 0):
        raise Refused(
            Code.VALUE_MISSING, _("Ce modèle a des parts : donnez le total à répartir."), field="total"
        )
    if not takes_total(parts) and total is not None:
        raise Refused(
            Code.VALUE_INVALID, _("Ce modèle n’a que des montants : laissez le total vide."), field="total"
        )


@transaction.atomic
def create_recurring(content: RecurringContent, *, form_key: UUID, actor: Any) -> RecurringEntry:
    """Does: has a model posted at each date of a rhythm; the same form sent twice gives the first. Refuses:
    no label, a total missing or useless, an end before the first date, a model withdrawn. Leaves behind: the
    subscription, nothing posted before its day; audit."""
    model = EntryModel.objects.select_for_update(of=("self",)).get(pk=content.model.pk)
    already = RecurringEntry.objects.filter(form_key=form_key).first()
    if already is not None:
        return already
    if model.is_withdrawn:
        raise IllegalMove(_("Ce modèle est retiré : choisissez-en un autre."))
    _require_total(parts_of(lines_of_model(model)), content.total)
    if content.until is not None and content.until < content.first_on:
        raise Refused(Code.DATE_INVALID, _("La fin ne précède pas la première date."), field="until")
    row = RecurringEntry.objects.create(
        model=model,
        label=one_line(content.label, "label", _("Donnez un libellé à cet abonnement."), most=MOST_LABEL),
        total=content.total,
        every=content.every,
        first_on=content.first_on,
        next_on=content.first_on,
        until=content.until,
        form_key=form_key,
        created_by=actor,
    )
    audit.record(actor, "accounting.create_recurring", row)
    return row


@performs(RECURRING_FLOW, "pause")
def pause_recurring(row: RecurringEntry, *, actor: Any) -> None:
    """Does: posts nothing more until it is resumed. Refuses: nothing more than its state. Leaves behind: its
    next date as it was; audit."""


@performs(RECURRING_FLOW, "resume")
def resume_recurring(row: RecurringEntry, *, actor: Any) -> None:
    """Does: posts again, late dates first. Refuses: nothing more than its state. Leaves behind: audit."""


@performs(RECURRING_FLOW, "end")
def end_recurring(row: RecurringEntry, *, actor: Any) -> None:
    """Does: ends a subscription for ever. Refuses: nothing more than its state. Leaves behind: what it
    posted; no next date; audit."""
    row.next_on, row.failure = None, ""


@transaction.atomic
def skip_date(recurring: RecurringEntry, *, on: date | None, actor: Any) -> RecurringEntry:
    """Does: leaves out the next date of a subscription. Refuses: another date than the next one. Leaves
    behind: the date after; the subscription ended when there is none; audit."""
    row = RecurringEntry.objects.select_for_update(of=("self",)).get(pk=recurring.pk)
    if on is None or row.next_on != on:
        raise Refused(
            Code.STALE_FORM, _("Cette date n’est plus la prochaine : relisez l’abonnement d’abord.")
        )
    audit.record(actor, "accounting.skip_recurring_date", row, detail={"on": on.isoformat()})
    return _go_on(row, actor=actor)


def _go_on(row: RecurringEntry, *, actor: Any) -> RecurringEntry:
    following = following_date(row)
    if following is None:
        return end_recurring(row, actor=actor)
    row.next_on, row.failure = following, ""
    row.save(update_fields=["next_on", "failure"])
    return row


def following_date(row: RecurringEntry) -> date | None:
    """The date after the next one: counted from the first, so that the 31st comes back after February."""
    if row.next_on is None:
        return None
    every = MONTHS[row.every]
    passed = (row.next_on.year - row.first_on.year) * 12 + row.next_on.month - row.first_on.month
    found = after_months(row.first_on, passed + every)
    return None if row.until is not None and found > row.until else found


def post_due(*, today: date) -> int:
    """Does: posts the dates that have come, of every subscription, the oldest first, each in a transaction of
    its own; whatever stops one stops no other. Refuses: nothing. Leaves behind: the entries, in the name of
    whoever made the subscription; for those that cannot be posted, why, and the date still due. Gives how
    many were posted."""
    return sum(
        _post_dates(pk, today=today)
        for pk in list(recurring_due(today).order_by("pk").values_list("pk", flat=True))
    )


def _post_dates(pk: int, *, today: date) -> int:
    posted = 0
    try:
        while posted < MOST_AT_ONCE and post_next(pk, today=today):
            posted += 1
    except Refused as refusal:
        _note_failure(pk, str(refusal))
    except Exception:  # whatever breaks one subscription, the accountant reads it and the night goes on
        logger.exception("the subscription %s could not be posted", pk)
        why = _("Une erreur inattendue l’a empêchée : elle sera tentée à nouveau la nuit prochaine.")
        _note_failure(pk, why)
    return posted


def _note_failure(pk: int, why: str) -> None:
    RecurringEntry.objects.filter(pk=pk).update(failure=why[:MOST_FAILURE])


@transaction.atomic
def post_next(pk: int, *, today: date) -> bool:
    """Does: posts the next date of a subscription if it has come; called twice, or by two at once, it posts
    each date once. Refuses: whatever validating refuses. Leaves behind: the entry by hand, validated; the
    next date. Tells whether it posted."""
    row = recurring_due(today).select_for_update(of=("self",)).filter(pk=pk).first()
    if row is None or row.next_on is None:
        return False
    on, actor = row.next_on, row.created_by
    content = content_from(row.model, on=on, total=row.total, label=row.label)
    key = uuid5(row.form_key, on.isoformat())
    manual = create_manual(content, form_key=key, actor=actor, recurring=row, recurring_on=on)
    validate_manual(manual, version=manual.version, actor=actor)
    _go_on(row, actor=actor)
    return True
