"""Takes the contribution to the shared services on a document or on a receipt, and takes a wrong one back.

A credit note counts in the windows of its invoice, on the day and under the rule of that invoice: both
together leave what the windows would have given without them (docs/decisions/0006).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils.translation import gettext as _

from accounting.calculations.contribution.history import Figures
from accounting.calculations.contribution.keeping import kept
from accounting.calculations.contribution.planning import differences, figures_of
from accounting.calculations.contribution.presence import Presence, year_of
from accounting.calculations.contribution.replay import Played, Version, play
from accounting.calculations.contribution.windows import Counted, Memory
from accounting.calculations.contribution.working import Fact
from accounting.models import ContributionPart, ContributionRun, ContributionScale, Entry, SaleMovement
from accounting.selectors.histories import figures_of_run
from accounting.selectors.levies import levies_of, on_receipts
from accounting.selectors.presence import people_of_activities
from accounting.selectors.receipts import released_by
from accounting.selectors.scales import scale_of
from accounting.selectors.windows import memory_of
from accounting.services.levy_taking import take_levies, take_levies_on_receipt
from accounting.services.runs import RunDesk, RunDraft, write_run
from accounting.states.contributions import RunKind, RunNature, ScaleTaking, ScaleTurnover
from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.money import ZERO
from entrepreneurs.models import Activity


@dataclass(frozen=True)
class Weighed:
    """What a document sells and what it will be counted on: all that can be read before its number."""

    activity: Activity
    sales: Mapping[str, Decimal]
    on: date
    corrects: str
    # No month will count it.
    by_document: bool
    ground: Ground | None


@dataclass(frozen=True)
class Ground:
    """What a document or a receipt is counted on: its rule, who was there, what its windows hold."""

    scale: ContributionScale
    fact_on: date
    presence: Presence | None
    memory: Memory
    corrected: ContributionRun | None = None


def weigh_document(
    activity: Activity, *, parts: Iterable[tuple[str, Decimal]], on: date, corrects: str = ""
) -> Weighed:
    """Does: reads what a document of that day will be counted on, before it has its number, within its issue;
    a credit note (`corrects`: the number of its invoice) gives back. Refuses: nothing.
    Leaves behind: the lock of the activity."""
    activity = Activity.objects.select_for_update(no_key=True).get(pk=activity.pk)
    sales: dict[str, Decimal] = {}
    for category, net in parts:
        sales[category] = sales.get(category, ZERO) + net
    corrected = _run_of(activity, corrects) if corrects else None
    scale = corrected.scale if corrected else scale_of(activity, on)
    by_document = corrected is not None or (scale is not None and _is_on_issue(scale))
    if corrects and corrected is None and not _counted_in_a_month(activity, corrects):
        # Nothing was taken on its invoice: nothing is given back.
        scale, by_document = None, True
    ground = None
    if scale is not None and by_document:
        ground = _ground(activity, scale, "", on=on, corrected=corrected)
    return Weighed(activity, sales, on, corrects, by_document, ground)


def take_weighed(
    weighed: Weighed,
    *,
    document_number: str,
    source: models.Model | None,
    actor: Any,
    desk: RunDesk | None = None,
) -> ContributionRun | None:
    """Does: keeps what the document sells by category, and takes what it gives if the scale of that day is
    taken on documents, and what its levies take. Twice the same document changes nothing. Refuses: an account
    missing, nobody there. Leaves behind: movements; the run and its entry, or nothing when a month will count
    them or when no scale applies."""
    _keep_movements(weighed, document=document_number, source=source)
    take_levies(
        weighed.activity,
        weighed.sales,
        on=weighed.on,
        document=document_number,
        corrects=weighed.corrects,
        source=source,
        actor=actor,
    )
    if weighed.ground is None:
        return None
    return _take(
        weighed.activity,
        weighed.ground,
        document_number,
        weighed.sales,
        on=weighed.on,
        actor=actor,
        source=source,
        desk=desk,
    )


@transaction.atomic
def take_on_receipt(activity: Activity, *, entry: Entry, actor: Any) -> ContributionRun | None:
    """Does: takes what a receipt, posted by `entry`, gives under a scale on cashed sales taken on documents.
    Refuses: an account missing. Leaves behind: the run and its entry, or nothing under another scale; what
    levies on cashed sales take."""
    scale = scale_of(activity, entry.on)
    levies = on_receipts(levies_of(activity, entry.on))
    if scale is not None and not _is_on_receipt(scale):
        scale = None
    if scale is None and not levies:
        return None
    activity = Activity.objects.select_for_update(no_key=True).get(pk=activity.pk)
    take_levies_on_receipt(activity, levies, entry=entry, actor=actor)
    sales = released_by(entry, activity.pk) if scale is not None else {}
    if scale is None or not sales:
        return None
    return _take(
        activity,
        _ground(activity, scale, str(entry.pk), on=entry.on),
        str(entry.pk),
        sales,
        on=entry.on,
        kind=RunKind.RECEIPT,
        label=f"Contribution {entry.piece}",
        actor=actor,
        source=entry.source,
    )


@transaction.atomic
def reverse_contribution(run: ContributionRun, *, on: date, reason: str, actor: Any) -> ContributionRun:
    """Does: undoes all that a month or a document has given. Refuses: one already undone or adjusted since,
    an invoice whose credit note counts on it, no reason, a date before its own. Leaves behind: a run that
    names it, the entry the other way, audit; the subject may be computed again."""
    if not reason.strip():
        raise Refused(Code.VALUE_MISSING, _("Dites pourquoi cette contribution est annulée."), field="reason")
    activity = Activity.objects.select_for_update(no_key=True).get(pk=run.activity_id)
    chain = list(
        ContributionRun.objects.filter(activity=activity, kind=run.kind, subject=run.subject).order_by("rank")
    )
    if chain[-1].pk != run.pk or run.nature == RunNature.REVERSE:
        raise Refused(Code.ALREADY_DONE, _("Cette contribution a déjà été annulée ou régularisée."))
    if run.corrections.filter(reversed_by=None).exists():
        raise Refused(
            Code.ALREADY_DONE,
            _("Un avoir s’appuie sur cette contribution : annulez d’abord celle de l’avoir."),
        )
    if on < run.on:
        raise Refused(Code.DATE_INVALID, _("Une annulation ne précède pas ce qu’elle annule."), field="on")
    given = sum((figures_of_run(one) for one in chain), Figures())
    parts = ContributionPart.objects.filter(run__in=chain)
    counted = [
        Counted(part.category, part.window, part.scale_id, part.base, part.proportional) for part in parts
    ]
    draft = RunDraft(
        kind=run.kind,
        subject=run.subject,
        label=f"Annulation, contribution {run.subject}",
        scale_id=run.scale_id,
        on=on,
        fact_on=run.fact_on,
        year=run.year,
        figures=Figures() - given,
        inputs={},
        working={"reason": reason.strip()},
        parts=tuple(differences([], tuple(counted))),
        rank=run.rank + 1,
        nature=RunNature.REVERSE,
        names={"reverses": run},
    )
    alone = given.due == run.due
    reversal = write_run(
        activity,
        draft,
        actor=actor,
        source=run.entry.source if run.entry else None,
        reverses=run.entry if alone else None,
    )
    audit.record(actor, "accounting.reverse_contribution", reversal, detail={"reason": reason.strip()})
    return reversal


@transaction.atomic
def take_again(run: ContributionRun, *, actor: Any) -> ContributionRun:
    """Does: computes anew a document whose contribution was undone, under the scale of its day. Refuses: one
    that was not undone, or that no scale makes give. Leaves behind: a new run, its entry."""
    activity = Activity.objects.select_for_update(no_key=True).get(pk=run.activity_id)
    movements = list(SaleMovement.objects.filter(activity=activity, document=run.subject))
    scale = run.corrects.scale if run.corrects else scale_of(activity, run.fact_on)
    if run.kind != RunKind.DOCUMENT or not movements or scale is None or not _is_on_issue(scale):
        raise Refused(Code.VALUE_INVALID, _("Aucun barème sur documents ne s’applique à cette pièce."))
    last = _last(activity, RunKind.DOCUMENT, run.subject)
    if last is not None and last.nature != RunNature.REVERSE:
        raise Refused(Code.ALREADY_DONE, _("La contribution de ce document est déjà prélevée."))
    sales = {movement.category: movement.net for movement in movements}
    on = movements[0].on
    return _take(
        activity,
        _ground(activity, scale, run.subject, on=on, corrected=run.corrects),
        run.subject,
        sales,
        on=on,
        actor=actor,
        source=run.entry.source if run.entry else None,
    )


def _is_on_issue(scale: ContributionScale) -> bool:
    return (scale.taken_on, scale.turnover) == (ScaleTaking.DOCUMENT, ScaleTurnover.INVOICED)


def _is_on_receipt(scale: ContributionScale) -> bool:
    return (scale.taken_on, scale.turnover) == (ScaleTaking.DOCUMENT, ScaleTurnover.RECEIVED)


def _ground(
    activity: Activity,
    scale: ContributionScale,
    name: str,
    *,
    on: date,
    corrected: ContributionRun | None = None,
) -> Ground:
    fact_on = corrected.fact_on if corrected else on
    root = corrected.subject if corrected else name
    presence = people_of_activities([activity])[activity.pk].presence_on(fact_on)
    return Ground(scale, fact_on, presence, memory_of(activity.pk, scale.rule, fact_on, root), corrected)


def _take(
    activity: Activity,
    ground: Ground,
    name: str,
    sales: Mapping[str, Decimal],
    *,
    on: date,
    actor: Any,
    source: Any,
    kind: str = RunKind.DOCUMENT,
    label: str = "",
    desk: RunDesk | None = None,
) -> ContributionRun:
    last = _last(activity, kind, name)
    if last is not None and last.nature != RunNature.REVERSE:
        return last
    if ground.presence is None:
        raise Refused(Code.VALUE_MISSING, _("Personne n’exerce cette activité à cette date."))
    corrected = ground.corrected
    fact = Fact(ground.fact_on, corrected.subject if corrected else name, ground.presence, sales)
    (played,) = play([(Version(ground.scale.pk, ground.scale.rule), fact)], ground.memory)
    draft = draft_of(played, kind=kind, subject=name, label=label or f"Contribution {name}", on=on)
    draft = replace(draft, rank=last.rank + 1 if last else 1, names={"corrects": corrected})
    return write_run(activity, draft, actor=actor, source=source, desk=desk)


def draft_of(played: Played, *, kind: str, subject: str, label: str, on: date) -> RunDraft:
    """What a document or a receipt gives, as the first run of its subject."""
    fact, version = played.fact, played.version
    inputs, working = kept(played)
    return RunDraft(
        kind=kind,
        subject=subject,
        label=label,
        scale_id=version.key,
        on=on,
        fact_on=fact.on,
        year=year_of(fact.on, version.scale.year_starts),
        figures=figures_of(played.working),
        inputs=inputs,
        working=working,
        parts=[part.counted(version.key) for part in played.working.parts if part.window],
    )


def _last(activity: Activity, kind: str, subject: str) -> ContributionRun | None:
    rows = ContributionRun.objects.filter(activity=activity, kind=kind, subject=subject)
    return rows.order_by("-rank").first()


def _run_of(activity: Activity, document: str) -> ContributionRun | None:
    """What was taken on an invoice and not undone since."""
    run = _last(activity, RunKind.DOCUMENT, document)
    return run if run is not None and run.nature != RunNature.REVERSE else None


def _counted_in_a_month(activity: Activity, document: str) -> bool:
    """Whether the month of an invoice, or the receipt of its price, makes it give."""
    sold = SaleMovement.objects.filter(activity=activity, document=document).first()
    if sold is None or sold.by_document:
        return False
    return scale_of(activity, sold.on) is not None


def _keep_movements(weighed: Weighed, *, document: str, source: models.Model | None) -> None:
    if SaleMovement.objects.filter(activity=weighed.activity, document=document).exists():
        return
    kind = ContentType.objects.get_for_model(source) if source else None
    SaleMovement.objects.bulk_create(
        SaleMovement(
            activity=weighed.activity,
            on=weighed.on,
            document=document,
            category=category,
            net=net,
            corrects=weighed.corrects,
            by_document=weighed.by_document,
            source_type=kind,
            source_id=source.pk if source else None,
        )
        for category, net in weighed.sales.items()
    )
