"""Takes the contribution to the shared services on an invoice, or gives it back on a credit note."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models, transaction

from accounting.calculations.contribution import Working, contribution_entry, flat, given_back
from accounting.models import Contribution, ContributionScale, Entry
from accounting.selectors.accounts import section_of, shared_section
from accounting.selectors.scales import scale_of
from accounting.services.posting import post_entry
from entrepreneurs.models import Activity


@transaction.atomic
def take_contribution(
    activity: Activity,
    *,
    base: Decimal,
    on: date,
    document_number: str,
    source: models.Model | None,
    actor: Any,
    corrects: str = "",
) -> Entry | None:
    """Does: applies the rate in force to the net of an invoice; a credit note (`corrects`: the number of its
    invoice) gives back what was taken there. Refuses: an account missing. Leaves behind: the working, and the
    entry unless nothing is due; nothing when no scale is assigned, or when nothing had been taken."""
    corrected = None
    if corrects:
        rows = Contribution.objects.select_for_update(of=("self",)).filter(activity=activity, corrects=None)
        corrected = rows.filter(document=corrects).select_related("scale").first()
    scale = corrected.scale if corrected else None if corrects else scale_of(activity, on)
    if scale is None:
        return None
    working = _working(corrected, document_number, base, scale)
    entry = None
    if working.due:
        draft = contribution_entry(
            working, on=on, activity_id=section_of(activity).pk, shared_id=shared_section().pk
        )
        entry = post_entry(draft, actor=actor, source=source)
    Contribution.objects.create(
        activity=activity,
        scale=scale,
        on=on,
        document=document_number,
        base=working.base,
        rate=working.rate,
        due=working.due,
        entry=entry,
        corrects=corrected,
    )
    return entry


def _working(
    corrected: Contribution | None, document: str, base: Decimal, scale: ContributionScale
) -> Working:
    if corrected is None:
        return flat(document, base, scale.rate)
    rows = [corrected, *corrected.corrections.all()]
    taken = [Working(row.document, row.base, row.rate, row.due) for row in rows]
    return given_back(document, base, corrected.rate, taken)
