"""Papers that wait for a check, in the queue of those who advise (CAE-21, ENT-21)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.facts import Queued
from entrepreneurs.models import DocumentRequest
from entrepreneurs.selectors.papers import shown_papers
from entrepreneurs.states.papers import PaperState
from people.states.requests import Department


def queued_papers(user: Any, function: str, today: date) -> list[Queued]:
    """Gives the papers brought that this person may check."""
    if function != Department.ADVICE:
        return []
    rows = DocumentRequest.objects.checked_by(user).filter(state=PaperState.RECEIVED)
    return [
        Queued(
            title=one.label,
            who=str(one.paper.person),
            kind=_("Pièce à vérifier"),
            since=timezone.localdate(one.paper.state_since),
            url=one.paper.get_absolute_url(),
            due=one.paper.due_on,
        )
        for one in shown_papers(rows.select_related("person").order_by("state_since", "pk"), today)
    ]
