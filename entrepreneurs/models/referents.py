"""Who in the team answers to a person, for which function, from a day to a day (ENT-51)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models import Dated, DatedQuerySet, DateSpan, Person, coherent_dates
from people.selectors import held_kinds
from people.selectors.contacts import persons_named_to
from people.selectors.persons import reached_persons
from people.states import RoleKind

# They read what is shared about the people within reach of their role (docs/path/coaching.md).
COACHING_READERS: tuple[str, ...] = (
    RoleKind.ADVISOR,
    RoleKind.HUMAN_RESOURCES,
    RoleKind.CO_MANAGER,
)
COACHING_WRITERS: tuple[str, ...] = (RoleKind.ADVISOR,)


class Referent(Dated):
    """One contact of a person; it opens no right by itself, the role of the contact does."""

    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="referents", verbose_name=_("personne suivie")
    )
    advisor = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="followed_people", verbose_name=_("référent·e")
    )
    # The code of an option (entrepreneurs.referent_function).
    function = models.CharField(_("fonction"), max_length=40)
    named_by = models.ForeignKey(
        "people.User", models.PROTECT, null=True, related_name="+", verbose_name=_("désigné·e par")
    )

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("référent·e")
        verbose_name_plural = _("référent·es")
        ordering = ["-starts_on", "-pk"]
        indexes = [models.Index(fields=["advisor", "function"], name="referent_advisor")]
        constraints = [
            coherent_dates("referent_dates_coherent"),
            models.CheckConstraint(
                name="referent_is_somebody_else", condition=~Q(advisor=models.F("person"))
            ),
            ExclusionConstraint(
                name="referent_one_per_function",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("function", RangeOperators.EQUAL),
                    (DateSpan("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        triggers = [pgtrigger.Protect(name="referent_kept", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.advisor} · {self.person}"


def coached_persons(
    user: Any, *, kinds: tuple[str, ...] = COACHING_READERS, on: date | None = None
) -> QuerySet[Person]:
    """Gives the people whose coaching this account follows: within reach of a role, or named to its holder.

    A person named to an advisor is within that advisor's reach although no portfolio or territory says so."""
    day = on or timezone.localdate()
    reached = reached_persons(user, kinds, day)
    if RoleKind.ADVISOR not in kinds or RoleKind.ADVISOR not in held_kinds(user, day):
        return reached
    return reached | persons_named_to(user, day)
