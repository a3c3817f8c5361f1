"""Takes the contribution to the shared services on an invoice, or gives it back on a credit note."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models, transaction

from accounting.calculations.contribution import contribution_entry, flat
from accounting.models import Contribution, Entry
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
) -> Entry | None:
    """Does: applies the rate in force to the net of the document. Refuses: an account missing.
    Leaves behind: its working, and the entry unless nothing is due; nothing when no scale is assigned."""
    scale = scale_of(activity, on)
    if scale is None:
        return None
    working = flat(document_number, base, scale.rate)
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
    )
    return entry
