"""Shares out the result of a collective, and undoes a sharing by a counter-entry (ENT-44, ACC-18)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounting.calculations.sharing import Part, sharing_entry
from accounting.models import AnalyticAccount, ResultSharePart, ResultSharing
from accounting.selectors.sharing import Plan, keys_in_words, plan_sharing
from accounting.services.accounts import open_person_section
from accounting.services.periods import require_open
from accounting.services.posting import post_entry
from accounting.services.reversing import reverse_entry
from cae.core import audit
from cae.core.errors import Code, Refused
from entrepreneurs.models import Activity
from people.models import Person


@transaction.atomic
def share_result(
    activity: Activity,
    *,
    start: date,
    end: date,
    today: date,
    actor: Any,
    shown: list[list[str]] | None = None,
) -> ResultSharing:
    """Does: shares the result of these days by the keys in force, down to zero. Refuses: an individual
    activity, days not over, a day without signed agreement or already shared, figures that moved since they
    were shown. Leaves behind: the sharing, its parts, one balanced entry unless nothing is shared; a section
    for each person without activity; audit."""
    row = Activity.objects.select_for_update().get(pk=activity.pk)
    check_days(row, start, end, today)
    require_open(end, field="end")
    plan = plan_sharing(row, start=start, end=end)
    if plan.bare:
        raise Refused(
            Code.VALUE_MISSING,
            _("Aucune convention signée ne dit la clé du %(start)s au %(end)s.")
            % {"start": plan.bare[0][0].strftime("%d/%m/%Y"), "end": plan.bare[0][1].strftime("%d/%m/%Y")},
        )
    if shown is not None and shown != plan.figures:
        raise Refused(Code.STALE_FORM, _("Les livres ont bougé depuis votre lecture : relisez les montants."))
    sharing = ResultSharing.objects.create(
        activity=row,
        starts_on=start,
        ends_on=end,
        result=plan.sums.net,
        contribution=plan.sums.contribution,
        working=_working(plan),
        created_by=actor,
    )
    sections = {part.person: _section(part, plan.people[part.person], actor) for part in plan.parts}
    _keep_parts(sharing, plan, sections)
    _post(sharing, plan, sections, actor)
    audit.record(
        actor,
        "accounting.share_result",
        sharing,
        detail={"from": start.isoformat(), "to": end.isoformat(), "amount": str(sharing.result)},
    )
    return sharing


@transaction.atomic
def undo_sharing(sharing: ResultSharing, *, on: date, reason: str, actor: Any) -> ResultSharing:
    """Does: gives everything back by a counter-entry; the days may then be shared anew. Refuses: no reason, a
    sharing already undone, a day before it. Leaves behind: the reversing entry, the mark, audit."""
    Activity.objects.select_for_update().get(pk=sharing.activity_id)
    row = ResultSharing.objects.select_for_update(of=("self",)).get(pk=sharing.pk)
    if row.is_undone:
        raise Refused(Code.ALREADY_DONE, _("Cette répartition est déjà annulée."))
    if not reason.strip():
        raise Refused(Code.VALUE_MISSING, _("Dites pourquoi cette répartition est annulée."), field="reason")
    if row.entry is not None:
        row.reversal = reverse_entry(row.entry, on=on, reason=reason, actor=actor, source=row)
    row.is_undone, row.undo_reason = True, reason.strip()
    row.save(update_fields=["is_undone", "undo_reason", "reversal"])
    audit.record(
        actor, "accounting.undo_sharing", row, detail={"on": on.isoformat(), "reason": reason.strip()}
    )
    return row


def check_days(activity: Activity, start: date, end: date, today: date) -> None:
    """Refuses days that cannot be shared: of an individual activity, not over, before it opened, shared."""
    if not activity.is_collective:
        raise Refused(Code.VALUE_INVALID, _("Seul le résultat d’une activité collective se répartit."))
    if end < start:
        raise Refused(Code.PERIOD_INVALID, _("La fin ne peut pas précéder le début."), field="end")
    if end >= today:
        raise Refused(
            Code.PERIOD_INVALID, _("On répartit des jours terminés : hier au plus tard."), field="end"
        )
    if start < activity.opened_on:
        raise Refused(Code.PERIOD_INVALID, _("L’activité n’était pas ouverte à cette date."), field="start")
    done = ResultSharing.objects.filter(
        activity=activity, is_undone=False, starts_on__lte=end, ends_on__gte=start
    ).first()
    if done is not None:
        raise Refused(
            Code.ALREADY_DONE,
            _("Ces jours sont déjà répartis, du %(start)s au %(end)s.")
            % {
                "start": done.starts_on.strftime("%d/%m/%Y"),
                "end": done.ends_on.strftime("%d/%m/%Y"),
            },
            field="start",
        )


def _section(part: Part, person: Person, actor: Any) -> AnalyticAccount:
    if part.credited is not None:
        return AnalyticAccount.objects.get(activity=part.credited)
    return open_person_section(person, actor=actor)


def _keep_parts(sharing: ResultSharing, plan: Plan, sections: dict[int, AnalyticAccount]) -> None:
    ResultSharePart.objects.bulk_create(
        ResultSharePart(
            sharing=sharing,
            person=plan.people[part.person],
            section=sections[part.person],
            result=part.result,
            contribution=part.contribution,
            amount=part.amount,
        )
        for part in plan.parts
    )


def _post(sharing: ResultSharing, plan: Plan, sections: dict[int, AnalyticAccount], actor: Any) -> None:
    draft = sharing_entry(
        [(sections[part.person].pk, part.amount) for part in plan.parts],
        from_section=plan.section.pk,
        on=sharing.ends_on,
        label=_("Répartition du résultat : %(activity)s") % {"activity": plan.activity},
        piece=f"{plan.section.code} {sharing.starts_on:%d/%m/%y}-{sharing.ends_on:%d/%m/%y}",
    )
    if draft is None:
        return
    sharing.entry = post_entry(draft, actor=actor, source=sharing)
    sharing.save(update_fields=["entry"])


def _working(plan: Plan) -> list[dict[str, Any]]:
    """How it was found, kept as it was shown."""
    return [
        {
            "start": one.segment.start.isoformat(),
            "end": one.segment.end.isoformat(),
            "agreement": one.agreement.pk,
            "version": one.agreement.number,
            "result": str(one.sums.result),
            "contribution": str(one.sums.contribution),
            "parts": [
                {
                    "person": part.person,
                    "result": str(part.result),
                    "contribution": str(part.contribution),
                    "result_key": keys[part.person].result,
                    "contribution_key": keys[part.person].contribution,
                }
                for part in one.parts
            ],
        }
        for one, keys in ((one, keys_in_words(one)) for one in plan.segments)
    ]
