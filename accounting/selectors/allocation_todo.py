"""What waits of allocations of result in « À faire », and what they hold of a person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounting.models import AllocationRight, AllocationShare
from accounting.selectors.allocation import allocations_to_post
from accounting.states.allocation import DECIDED
from cae.core.facts import Awaited, Held, Todo
from cae.core.questions import Pile, Tally
from people.models import Person
from people.selectors import held_kinds
from people.selectors.merging import file_keys
from people.states import RoleKind


def _of_accountant(user: Any, _today: date) -> dict[str, Any] | None:
    return {} if RoleKind.ACCOUNTANT in held_kinds(user) else None


def _voted(_user: Any, _today: date, tally: Tally) -> Iterator[Todo]:
    label = ngettext(
        "Passer en écritures l’affectation votée de %(count)d exercice",
        "Passer en écritures l’affectation votée de %(count)d exercices",
        tally.count,
    )
    url = reverse("accounting:allocation_list")
    yield Todo(label % {"count": tally.count}, url, since=tally.since, count=tally.count)


AWAITED = (
    Awaited(
        Pile("accounting.allocations_to_post", lambda: (allocations_to_post(), "voted_on")),
        _of_accountant,
        _voted,
    ),
)


def held_of_allocations(person: Person, _reader: Any) -> Iterator[Held]:
    """What was measured of somebody, and what they received, once an assembly decided it."""
    keys = file_keys(person)
    kept = _("Dix ans après l’exercice, avec les livres (C. com. L123-22).")
    rights = AllocationRight.objects.filter(person__in=keys).select_related("allocation__year")
    yield Held(
        _("Droits à la part travail"),
        (_("exercice"), _("rémunération brute"), _("jours de présence"), _("ancienneté"), _("motif")),
        [
            (str(row.allocation.year), row.pay, row.days, row.seniority, row.reason)
            for row in rights.order_by("-allocation__year__starts_on")
        ],
        kept=kept,
    )
    shares = AllocationShare.objects.filter(person__in=keys, allocation__state__in=DECIDED)
    yield Held(
        _("Parts de résultat reçues"),
        (_("exercice"), _("nature"), _("montant"), _("retenu")),
        [
            (str(row.allocation.year), row.get_kind_display(), row.amount, row.kept_back)
            for row in shares.select_related("allocation__year").order_by("-allocation__year__starts_on")
        ],
        kept=kept,
    )
