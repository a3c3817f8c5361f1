"""What contracts put on « À faire »: those to read, for whoever reads them (INV-19)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import ngettext

from cae.core.facts import Awaited, Todo
from cae.core.questions import Pile, Tally
from invoicing.models import ContractReview
from invoicing.models.sight import reach, scopes_in_sight, within
from people.selectors import held_kinds
from people.states import RoleKind

_READERS = frozenset({RoleKind.ADVISOR, RoleKind.ACCOUNTANT, RoleKind.CO_MANAGER})


def _to_read() -> QuerySet[ContractReview]:
    return ContractReview.objects.filter(within()).waiting()


def _of_reader(user: Any, today: date) -> dict[str, Any] | None:
    return reach(scopes_in_sight(user)) if _READERS & held_kinds(user, today) else None


def _reviews(user: Any, today: date, waiting: Tally) -> Iterator[Todo]:
    text = ngettext("Relire un contrat", "Relire %(n)d contrats", waiting.count) % {"n": waiting.count}
    url = reverse("invoicing:review_list") + "?state=asked"
    yield Todo(text, url, since=waiting.since, count=waiting.count)


_WAITING = Pile("invoicing.contracts_to_read", lambda: (_to_read(), "asked_at"))

AWAITED = (Awaited(_WAITING, _of_reader, _reviews),)
