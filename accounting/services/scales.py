"""Records what was voted: a version of a scale, the scale of an activity, an exemption.

Documents are never computed again; months are, and give the difference (planning.py), so a decision may reach
back over months, not over documents.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from accounting.calculations.contribution.faults import ScaleFault
from accounting.calculations.contribution.reading import read_scale
from accounting.calculations.contribution.scales import Scale
from accounting.models import ContributionRun, ContributionScale, CostKind, Exemption, ScaleAssignment
from accounting.selectors.scale_words import fault_sentence
from accounting.selectors.scales import default_scale, last_taken_on_document
from accounting.states.contributions import RunKind, ScaleTaking, Situation, WaivedPart
from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.turns import take_turn
from entrepreneurs.models import Activity

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Decision:
    """Who voted a scale: « Assemblée générale », 12 June 2026, resolution 5."""

    assembly: str
    on: date
    resolution: str = ""


def checked_rules(rules: Mapping[str, Any]) -> Scale:
    """Gives the scale that these rules describe. Refuses, in one sentence, what would not compute."""
    costs = set(CostKind.objects.filter(enters_base=True).values_list("code", flat=True))
    try:
        return read_scale(rules, costs=costs, situations=set(Situation.values))
    except ScaleFault as fault:
        place = fault.where if fault.row is None else f"{fault.where}.{fault.row}"
        raise Refused(Code.VALUE_INVALID, fault_sentence(fault), field=place or None) from fault


def check_version(scale: Scale, *, code: str, valid_from: date, decision: Decision) -> None:
    """Refuses a version that may not be recorded: a decision unnamed, a date before another version or before
    a document that gave under it."""
    if not decision.assembly.strip():
        raise Refused(Code.VALUE_MISSING, _("Dites quelle assemblée a voté ce barème."), field="assembly")
    versions = ContributionScale.objects.filter(code=code)
    if versions.filter(Q(valid_from__gte=valid_from) | Q(valid_to__gte=valid_from)).exists():
        raise Refused(
            Code.PERIOD_INVALID, _("Une version de ce barème couvre déjà cette date."), field="valid_from"
        )
    former = versions.filter(valid_to__isnull=True).first()
    if former is not None:
        _check_month(former.rule, scale, valid_from, "valid_from")
    _check_no_document(last_taken_on_document(code=code), valid_from, "valid_from")


@transaction.atomic
def create_scale(
    *,
    code: str,
    label: str,
    rules: Mapping[str, Any],
    valid_from: date,
    decision: Decision,
    is_default: bool = False,
    actor: Any,
) -> ContributionScale:
    """Does: opens a version and ends the one before. Refuses: rules that do not compute, a decision unnamed,
    a date before another version or before a document that gave under it. Leaves behind: the row, audit."""
    scale = checked_rules(rules)
    # Versions of one code are made one after the other; the first has no row that one could lock.
    take_turn(f"accounting.scale.{code}")
    versions = ContributionScale.objects.filter(code=code)
    check_version(scale, code=code, valid_from=valid_from, decision=decision)
    last = versions.aggregate(last=Max("version"))["last"] or 0
    versions.filter(valid_to__isnull=True).update(valid_to=valid_from - _DAY)
    row = ContributionScale.objects.create(
        code=code,
        version=last + 1,
        label=label.strip(),
        rules=dict(rules),
        turnover=scale.turnover,
        taken_on=scale.taken_on,
        valid_from=valid_from,
        assembly=decision.assembly.strip(),
        decided_on=decision.on,
        resolution=decision.resolution.strip(),
        is_default=is_default,
    )
    detail = {"version": row.version, "from": valid_from.isoformat()}
    audit.record(actor, "accounting.create_scale", row, detail=detail)
    return row


def check_assignment(activity: Activity, *, scale: ContributionScale, starts_on: date, reason: str) -> None:
    """Refuses an assignment that may not be made: no reason, a date that another one covers, a document that
    gave since then."""
    if not reason.strip():
        raise Refused(
            Code.VALUE_MISSING, _("Dites pourquoi cette activité reçoit ce barème."), field="reason"
        )
    given = ScaleAssignment.objects.filter(activity=activity)
    if given.filter(Q(starts_on__gte=starts_on) | Q(ends_on__gte=starts_on)).exists():
        raise Refused(
            Code.PERIOD_INVALID,
            _("Cette activité a déjà reçu un barème à partir de cette date."),
            field="starts_on",
        )
    former = given.filter(ends_on__isnull=True).select_related("scale").first()
    if former is not None:
        _check_month(former.scale.rule, scale.rule, starts_on, "starts_on")
    _check_no_document(last_taken_on_document(activity=activity), starts_on, "starts_on")
    if scale.taken_on == ScaleTaking.DOCUMENT:
        _check_no_month(activity, starts_on)


@transaction.atomic
def assign_scale(
    activity: Activity, *, scale: ContributionScale, starts_on: date, reason: str, actor: Any
) -> ScaleAssignment:
    """Does: gives the scale to the activity from a date and ends the one before. Refuses: no reason, a date
    that another assignment covers, a document that gave since then. Leaves behind: the row, audit; months
    already computed are adjusted by the next run."""
    activity = Activity.objects.select_for_update(no_key=True).get(pk=activity.pk)
    check_assignment(activity, scale=scale, starts_on=starts_on, reason=reason)
    given = ScaleAssignment.objects.filter(activity=activity)
    given.filter(ends_on__isnull=True).update(ends_on=starts_on - _DAY)
    row = ScaleAssignment.objects.create(
        activity=activity, scale=scale, starts_on=starts_on, reason=reason.strip()
    )
    audit.record(
        actor,
        "accounting.assign_scale",
        activity,
        detail={"scale": scale.code, "from": starts_on.isoformat()},
    )
    return row


def assign_default_scale(activity: Activity, *, on: date, actor: Any) -> ScaleAssignment | None:
    """Does: gives a new activity the default scale in force, if there is one. Refuses: nothing.
    Leaves behind: the assignment, audit."""
    scale = default_scale(on)
    if scale is None:
        return None
    reason = _("Barème par défaut à l’ouverture de l’activité")
    return assign_scale(activity, scale=scale, starts_on=on, reason=reason, actor=actor)


@transaction.atomic
def grant_exemption(
    activity: Activity,
    *,
    situation: str,
    waives: Sequence[str] = (),
    starts_on: date,
    ends_on: date | None,
    decided_by: str,
    reason: str,
    actor: Any,
) -> Exemption:
    """Does: lightens what the activity gives between two dates. Refuses: an unknown situation or part, dates
    crossed or already covered, no decider, no reason. Leaves behind: the row, audit; months already computed
    are adjusted by the next run."""
    if situation not in Situation.values or not set(waives) <= set(WaivedPart.values):
        raise Refused(Code.VALUE_INVALID, _("Cette situation ou cette part n’existe pas."), field="situation")
    for name, said in (("decided_by", decided_by), ("reason", reason)):
        if not said.strip():
            raise Refused(Code.VALUE_MISSING, _("Dites qui l’a décidé, et pourquoi."), field=name)
    if ends_on is not None and ends_on < starts_on:
        raise Refused(Code.PERIOD_INVALID, _("La fin ne peut pas précéder le début."), field="ends_on")
    activity = Activity.objects.select_for_update(no_key=True).get(pk=activity.pk)
    others = Exemption.objects.filter(activity=activity, situation=situation)
    if ends_on is not None:
        others = others.filter(starts_on__lte=ends_on)
    if others.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on)).exists():
        raise Refused(
            Code.PERIOD_INVALID, _("Cette situation est déjà enregistrée à ces dates."), field="starts_on"
        )
    row = Exemption.objects.create(
        activity=activity,
        situation=situation,
        waives=sorted(set(waives)),
        starts_on=starts_on,
        ends_on=ends_on,
        decided_by=decided_by.strip(),
        reason=reason.strip(),
    )
    detail = {"situation": situation, "waives": row.waives, "from": starts_on.isoformat()}
    audit.record(actor, "accounting.grant_exemption", activity, detail=detail)
    return row


@transaction.atomic
def end_exemption(exemption: Exemption, *, ends_on: date, actor: Any) -> Exemption:
    """Does: gives an exemption its last day. Refuses: a day before its first, a later one than it had.
    Leaves behind: the row, audit."""
    row = Exemption.objects.select_for_update().get(pk=exemption.pk)
    if ends_on < row.starts_on - _DAY or (row.ends_on is not None and ends_on > row.ends_on):
        raise Refused(
            Code.PERIOD_INVALID, _("La fin ne peut ni précéder le début, ni reculer."), field="ends_on"
        )
    row.ends_on = ends_on
    row.save(update_fields=["ends_on"])
    audit.record(actor, "accounting.end_exemption", row.activity, detail={"on": ends_on.isoformat()})
    return row


def _check_month(former: Scale, scale: Scale, start: date, field: str) -> None:
    """A month is computed whole under one rule."""
    if (former.is_monthly or scale.is_monthly) and start.day != 1:
        raise Refused(
            Code.PERIOD_INVALID,
            _(
                "Un barème prélevé chaque mois commence ou s’arrête avec un mois : "
                "choisissez le premier jour d’un mois."
            ),
            field=field,
        )


def _check_no_document(last: date | None, start: date, field: str) -> None:
    if last is not None and start <= last:
        raise Refused(
            Code.PERIOD_INVALID,
            _("Une contribution a déjà été prélevée le %(last)s : choisissez une date postérieure.")
            % {"last": last.strftime("%d/%m/%Y")},
            field=field,
        )


def _check_no_month(activity: Activity, start: date) -> None:
    """Documents of a month already counted would not give again under a scale taken on documents."""
    months = ContributionRun.objects.filter(activity=activity, kind=RunKind.MONTH, fact_on__gte=start)
    if months.exists():
        raise Refused(
            Code.PERIOD_INVALID,
            _("Des mois déjà calculés suivent cette date : choisissez le mois d’après."),
            field="starts_on",
        )
