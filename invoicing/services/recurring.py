"""Plans of recurring documents: begun from a document, changed, paused, taken up again, ended (INV-25)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.permissions import can
from cae.core.templatetags.formats import day
from cae.core.workflow import performs
from entrepreneurs.models import Activity
from invoicing.calculations.recurrence import after_months
from invoicing.models import Invoice, PurchaseOrder, Quote, RecurringMade, RecurringPlan
from invoicing.selectors.recurring import activity_is_open
from invoicing.selectors.sendings import recipients_of
from invoicing.states.recurring import (
    MOST_INDEX,
    MOST_INDEXED_YEARS,
    MOST_TITLE,
    PLAN_FLOW,
    DateOutcome,
    MakingMode,
    Period,
    PlanState,
)
from people.services.changes import one_line, refuse_spent, refuse_stale

_ONE_DAY = timedelta(days=1)

Model = Invoice | Quote | PurchaseOrder


@dataclass(frozen=True)
class PlanContent:
    """What is typed of a plan."""

    title: str
    every: str
    first_on: date
    until: date | None = None
    mode: str = MakingMode.DRAFT
    index_rate: Decimal | None = None
    index_since: date | None = None


@transaction.atomic
def create_plan(model: Model, *, content: PlanContent, form_key: UUID, on: date, actor: Any) -> RecurringPlan:
    """Does: makes a document again at a rhythm, once for a form sent twice. Refuses: a model not numbered, a
    part of a quote, a joint quote, a credit note; no title, a first date gone by, an end before it, an index
    out of bounds; to send what the person may not validate alone, or without address; a form that already
    served for another document. Leaves behind: the plan, audit."""
    refuse_model(model)
    plan = RecurringPlan(activity=model.activity, form_key=form_key, created_by=actor)
    if isinstance(model, PurchaseOrder):
        plan.order = model
    elif isinstance(model, Quote):
        plan.quote, plan.customer = model, model.customer
    else:
        plan.invoice, plan.customer = model, model.customer
    # One beginning at a time in an activity: the second click finds what the first one made.
    Activity.objects.select_for_update(no_key=True).get(pk=model.activity_id)
    known = RecurringPlan.objects.filter(
        form_key=form_key, invoice=plan.invoice, quote=plan.quote, order=plan.order
    ).first()
    if known is not None:
        return known
    refuse_spent(plan)
    if content.first_on < on:
        raise Refused(Code.DATE_INVALID, _("La première date est déjà passée."), field="first_on")
    _write(plan, content, actor=actor)
    plan.next_on = content.first_on
    plan.save()
    audit.record(actor, "invoicing.create_recurring", plan, detail={"of": str(model)})
    return plan


@transaction.atomic
def change_plan(
    plan: RecurringPlan, *, content: PlanContent, version: int, on: date, actor: Any
) -> RecurringPlan:
    """Does: changes what comes; its documents are made in the name of whoever changed it last. Refuses: a
    plan that has ended, a form older than the row, another rhythm once a date is behind, what `create_plan`
    refuses. Leaves behind: the row, audit; what was made stays."""
    row = RecurringPlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    if row.state == PlanState.ENDED or row.next_on is None:
        raise IllegalMove(_("Ce document récurrent est terminé : il ne change plus."))
    refuse_stale(row, version)
    moved = (content.every, content.first_on) != (row.every, row.first_on)
    if moved and row.made.exists():
        raise Refused(
            Code.VALUE_INVALID,
            _("Une date est passée, le rythme ne change plus : terminez celui-ci et faites-en un autre."),
            field="every" if content.every != row.every else "first_on",
        )
    if moved and content.first_on < on:
        raise Refused(Code.DATE_INVALID, _("La première date est déjà passée."), field="first_on")
    if moved:
        # What could not be made is due no more.
        row.failure, row.failed_at = "", None
    next_on = content.first_on if moved else row.next_on
    if content.until is not None and content.until < next_on:
        raise Refused(
            Code.PERIOD_INVALID,
            _("La prochaine date est le %(day)s : terminez plutôt ce document récurrent.")
            % {"day": day(next_on)},
            field="until",
        )
    _write(row, content, actor=actor)
    row.next_on = next_on
    row.version += 1
    row.save()
    audit.record(actor, "invoicing.change_recurring", row)
    return row


@performs(PLAN_FLOW, "pause")
def pause_plan(plan: RecurringPlan, *, actor: Any) -> None:
    """Does: makes nothing until it is taken up again. Refuses: nothing more than its state. Leaves behind:
    the state, audit."""
    plan.failure, plan.failed_at = "", None


@performs(PLAN_FLOW, "resume")
def resume_plan(plan: RecurringPlan, *, on: date, actor: Any) -> None:
    """Does: takes up a paused plan; dates gone by are skipped, and said to be. Refuses: a plan whose dates
    are all gone by. Leaves behind: a row for each date skipped, the next date, audit."""
    if plan.next_on is None:
        raise LookupError("a paused plan has a next date")
    day_before, last_done = on - _ONE_DAY, plan.next_on - _ONE_DAY
    following = plan.rhythm.following(max(day_before, last_done), many=1)
    if not following:
        raise Refused(Code.PERIOD_INVALID, _("Toutes les dates sont passées : terminez-le."))
    RecurringMade.objects.bulk_create(
        RecurringMade(plan=plan, on=one, outcome=DateOutcome.SKIPPED)
        for one in plan.rhythm.due(after=last_done, today=day_before)
    )
    plan.next_on = following[0]


@performs(PLAN_FLOW, "end")
def end_plan(plan: RecurringPlan, *, actor: Any) -> None:
    """Does: makes nothing more, for good. Refuses: nothing more than its state. Leaves behind: the state, no
    next date, audit."""
    plan.next_on, plan.failure, plan.failed_at = None, "", None


def refuse_model(model: Model) -> None:
    """Refuses what is not made again: a draft, a credit note, a part of a quote, a joint quote."""
    if isinstance(model, Invoice):
        if model.is_credit_note or model.is_part:
            raise IllegalMove(_("Une partie de devis ou un avoir ne se répète pas : partez d’une facture."))
        if not model.is_issued:
            raise IllegalMove(_("Un document récurrent part d’une facture émise."))
    elif model.number is None:
        raise IllegalMove(_("Un document récurrent part d’un document validé."))
    elif isinstance(model, Quote) and model.is_joint:
        raise IllegalMove(
            _("Un devis conjoint ne se répète pas : chaque activité donne son accord à chacun.")
        )


def require_open(activity: Activity, *, on: date) -> None:
    """Raises Refused when an activity is not open on a date: the first one of a plan, or the next."""
    if not activity_is_open(activity, on=on):
        message = _("« %(activity)s » n’est pas ouverte à cette date.") % {"activity": activity.name}
        raise Refused(Code.VALUE_INVALID, message, field="first_on")


def _write(plan: RecurringPlan, content: PlanContent, *, actor: Any) -> None:
    plan.title = one_line(content.title, "title", _("Dites ce que ce document répète."), most=MOST_TITLE)
    if content.every not in Period.values or content.mode not in MakingMode.values:
        raise Refused(Code.VALUE_INVALID, _("Ce choix n’existe pas."), field="every")
    if content.until is not None and content.until < content.first_on:
        raise Refused(Code.PERIOD_INVALID, _("La fin ne peut pas précéder le début."), field="until")
    require_open(plan.activity, on=content.first_on)
    _refuse_index(content)
    if content.mode == MakingMode.SEND:
        _refuse_sending(plan, actor)
    plan.every, plan.first_on, plan.until = content.every, content.first_on, content.until
    plan.mode, plan.owner = content.mode, actor
    plan.index_rate, plan.index_since = content.index_rate, content.index_since


def _refuse_index(content: PlanContent) -> None:
    if content.index_rate is None:
        if content.index_since is not None:
            raise Refused(Code.VALUE_MISSING, _("Indiquez la hausse annuelle."), field="index_rate")
        return
    if not 0 < content.index_rate <= MOST_INDEX:
        raise Refused(
            Code.AMOUNT_INVALID, _("Une hausse annuelle est positive, de 50 % au plus."), field="index_rate"
        )
    if content.index_since is None:
        raise Refused(
            Code.VALUE_MISSING, _("Indiquez de quel jour sont les prix du modèle."), field="index_since"
        )
    if content.index_since < after_months(content.first_on, -12 * MOST_INDEXED_YEARS):
        raise Refused(
            Code.DATE_INVALID,
            _("Ces prix ont plus de %(most)d ans : partez d’un document plus récent.")
            % {"most": MOST_INDEXED_YEARS},
            field="index_since",
        )


def _refuse_sending(plan: RecurringPlan, actor: Any) -> None:
    """Nobody reads it before the customer: whoever asks may validate this amount alone."""
    if plan.order is not None:
        raise Refused(
            Code.VALUE_INVALID,
            _("Une commande se fait en brouillon : elle s’approuve à la main."),
            field="mode",
        )
    if not can(actor, right_to_number(plan), plan.model):
        raise Refused(
            Code.NOT_ALLOWED,
            _("Pour ce montant, vos documents passent par l’équipe : choisissez le brouillon."),
            field="mode",
        )
    if plan.customer is None or not recipients_of(plan.customer):
        raise Refused(
            Code.VALUE_MISSING,
            _("Ce client n’a pas d’adresse e-mail : ajoutez-en une, ou choisissez le brouillon."),
            field="mode",
        )


def right_to_number(plan: RecurringPlan) -> str:
    """The right that a document of this plan asks before it leaves by itself."""
    return "invoicing.approve_quote" if plan.quote_id else "invoicing.issue_invoice"
