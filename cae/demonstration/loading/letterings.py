"""Lettering in the demonstration: what letters itself does so with the sales; the accountant takes one pair
apart and puts it together again, by hand."""

from __future__ import annotations

from datetime import date, datetime, time

from django.utils import timezone

from accounting.models import EntryLine, Lettering
from accounting.services.lettering import letter_lines, unletter
from accounting.states.books import AccountRole
from people.models import User

_WHY = "Règlement contesté : à vérifier avec le tiers"


def check_letterings(*, today: date, actor: User) -> None:
    """One whole lettering of customers and one of suppliers, undone with its reason then made by hand."""
    at = timezone.make_aware(datetime.combine(today, time(9)))
    for role in (AccountRole.CUSTOMER, AccountRole.SUPPLIER):
        row = Lettering.objects.filter(account__role=role, undone_at=None, left=0, line_count=2).first()
        if row is not None:
            lines = list(EntryLine.objects.filter(letterings__lettering=row))
            unletter(row, reason=_WHY, actor=actor, at=min(at, timezone.now()))
            letter_lines(lines, actor=actor, on=today)
