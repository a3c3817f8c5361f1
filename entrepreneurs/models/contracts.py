"""A contract between a person and the cooperative, from a day to a day (ENT-24 to ENT-28)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cae.core.periods import Span
from cae.core.permanence import no_truncate
from entrepreneurs.calculations.contracts import CAPE_PERIODS
from entrepreneurs.models.referents import coached_persons
from entrepreneurs.states.contracts import (
    BINDING_STATES,
    CONTRACT_SHAPES,
    OPEN_STATES,
    ContractKind,
    ContractState,
    EndKind,
)
from people.models import DateSpan
from people.states import RoleKind

# The functions that read contracts, as far as their role reaches.
CONTRACT_READERS: tuple[str, ...] = (
    RoleKind.HUMAN_RESOURCES,
    RoleKind.CO_MANAGER,
    RoleKind.ADVISOR,
    RoleKind.ACCOUNTANT,
)
# Of these, those that prepare them.
CONTRACT_WRITERS: tuple[str, ...] = (RoleKind.HUMAN_RESOURCES, RoleKind.CO_MANAGER, RoleKind.ADVISOR)
# One that ended on the eve of its first day never took effect: it is no period, and is renewed by nothing.
TOOK_DAYS = Q(ended_on__isnull=True) | Q(ended_on__gte=F("starts_on"))
# A year and a day: the exact count, from date to date, is that of `calculations.contracts`.
LONGEST_CAPE = timedelta(days=366)

# What the two parties read and agree: not a column of these changes once it is handed to be signed.
_AGREED = ("person_id", "kind", "starts_on", "ends_on", "period", "activity_id", "renews_id")


def unchanged(columns: Sequence[str], states: Sequence[str]) -> str:
    """In SQL: the row was in one of these states, and one of these columns changes."""
    old, new = (", ".join(f"{row}.{name}" for name in columns) for row in ("OLD", "NEW"))
    known = ", ".join(f"'{state}'" for state in states)
    return f"OLD.state IN ({known}) AND ({old}) IS DISTINCT FROM ({new})"


class ContractQuerySet(models.QuerySet["Contract"]):
    """Questions about contracts."""

    def visible_to(self, user: Any) -> ContractQuerySet:
        """Gives one's own contracts once they are to sign, and those of the persons within reach. What was
        given up is theirs to read who prepared it."""
        reached = Q(person__in=coached_persons(user, kinds=CONTRACT_READERS))
        own = getattr(user, "person_id", None)
        if own is None:
            return self.filter(reached)
        return self.filter(reached | Q(person_id=own, state__in=(ContractState.TO_SIGN, *BINDING_STATES)))

    def binding(self) -> ContractQuerySet:
        """Gives those that bind or bound somebody: a draft does not."""
        return self.filter(state__in=BINDING_STATES)

    def standing(self) -> ContractQuerySet:
        """Gives all but those given up."""
        return self.exclude(state=ContractState.CANCELLED)

    def with_days(self) -> ContractQuerySet:
        """Gives those that stand on a day at least: one ended on its eve never took effect."""
        return self.standing().filter(TOOK_DAYS)

    def in_force(self, on: date) -> ContractQuerySet:
        last = Coalesce("ended_on", "ends_on")
        return (
            self.binding().alias(last=last).filter(Q(last__isnull=True) | Q(last__gte=on), starts_on__lte=on)
        )


class Contract(models.Model):
    """What binds a person and the cooperative from a day to a day; its clauses are `ContractTerms`."""

    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="contracts", verbose_name=_("personne")
    )
    kind = models.CharField(_("nature"), max_length=20, choices=ContractKind)
    state = models.CharField(
        _("état"), max_length=10, choices=ContractState, default=ContractState.DRAFT, editable=False
    )
    state_since = models.DateTimeField(_("depuis"), default=timezone.now, editable=False)
    starts_on = models.DateField(_("premier jour"))
    ends_on = models.DateField(_("dernier jour prévu"), null=True, blank=True)
    # The first period of a CAPE is 1, its renewals 2 and 3; other contracts have one.
    period = models.PositiveSmallIntegerField(_("période"), default=1)
    renews = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="renewals",
        verbose_name=_("renouvelle"),
    )
    activity = models.ForeignKey(
        "entrepreneurs.Activity",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="contracts",
        verbose_name=_("activité"),
    )
    # Why a limit that may be waived was waived, and by whom (ENT-25).
    override_reason = models.CharField(_("motif de la dérogation"), max_length=300, blank=True)
    overridden_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("dérogation de")
    )
    signed_on = models.DateField(_("conclu le"), null=True, editable=False)
    # The real last day, once decided; it may be before `ends_on`, never after.
    ended_on = models.DateField(_("dernier jour"), null=True, editable=False)
    end_kind = models.CharField(_("fin"), max_length=10, choices=EndKind, blank=True, editable=False)
    end_reason = models.CharField(_("motif de la fin"), max_length=300, blank=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("préparé par")
    )
    created_at = models.DateTimeField(_("préparé le"), default=timezone.now, editable=False)

    objects = ContractQuerySet.as_manager()

    class Meta:
        verbose_name = _("contrat")
        verbose_name_plural = _("contrats")
        ordering = ["-starts_on", "-pk"]
        indexes = [models.Index(fields=["state", "ends_on"], name="contract_state_end")]
        constraints = [
            models.CheckConstraint(name="contract_kind_known", condition=Q(kind__in=ContractKind.values)),
            models.CheckConstraint(name="contract_state_known", condition=Q(state__in=ContractState.values)),
            models.CheckConstraint(
                name="contract_ends_after_it_starts",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(
                name="contract_cape_within_a_year",
                condition=~Q(kind=ContractKind.CAPE)
                | Q(ends_on__isnull=False, ends_on__lte=F("starts_on") + LONGEST_CAPE),
            ),
            models.CheckConstraint(
                name="contract_agreement_has_a_term",
                condition=~Q(kind=ContractKind.SUPPORT_AGREEMENT) | Q(ends_on__isnull=False),
            ),
            models.CheckConstraint(
                name="contract_fourth_cape_overridden",
                condition=~Q(kind=ContractKind.CAPE) | Q(period__lte=CAPE_PERIODS) | ~Q(override_reason=""),
            ),
            models.CheckConstraint(
                name="contract_signed_when_concluded",
                condition=Q(state__in=BINDING_STATES, signed_on__isnull=False)
                | (~Q(state__in=BINDING_STATES) & Q(signed_on__isnull=True)),
            ),
            # The eve of the first day: a contract that never took effect.
            models.CheckConstraint(
                name="contract_end_within_its_days",
                condition=Q(ended_on__isnull=True)
                | (
                    Q(ended_on__gte=F("starts_on") - timedelta(days=1))
                    & (Q(ends_on__isnull=True) | Q(ended_on__lte=F("ends_on")))
                ),
            ),
            models.CheckConstraint(
                name="contract_end_has_a_kind",
                condition=Q(ended_on__isnull=True, end_kind="")
                | Q(ended_on__isnull=False, end_kind__in=EndKind.values),
            ),
            models.CheckConstraint(
                name="contract_over_has_an_end",
                condition=~Q(state=ContractState.ENDED) | Q(ended_on__isnull=False),
            ),
            models.UniqueConstraint(
                name="contract_cape_period_once",
                fields=["person", "period"],
                condition=Q(kind=ContractKind.CAPE) & ~Q(state=ContractState.CANCELLED) & TOOK_DAYS,
            ),
            models.UniqueConstraint(
                name="contract_renewed_once",
                fields=["renews"],
                condition=~Q(state=ContractState.CANCELLED) & TOOK_DAYS,
            ),
            ExclusionConstraint(
                name="contract_one_at_a_time",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    (DateSpan("starts_on", Coalesce("ended_on", "ends_on")), RangeOperators.OVERLAPS),
                ],
                condition=~Q(state=ContractState.CANCELLED),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="contract_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="contract_frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    f"(({unchanged(_AGREED, (ContractState.TO_SIGN, *BINDING_STATES))})"
                    f" OR ({unchanged(('signed_on',), BINDING_STATES)}))"
                ),
            ),
            no_truncate("contract"),
        ]

    def __str__(self) -> str:
        return f"{self.title} · {self.person}"

    def get_absolute_url(self) -> str:
        return reverse("entrepreneurs:contract_detail", args=[self.pk])

    @property
    def title(self) -> str:
        """« CAPE, 2e période »: as people call it."""
        name = self.get_kind_display()
        if self.period == 1:
            return name
        return gettext("%(name)s, période %(number)d") % {"name": name, "number": self.period}

    @property
    def last_day(self) -> date | None:
        """The last day under this contract, as far as it is known today."""
        return self.ended_on or self.ends_on

    @property
    def span(self) -> Span | None:
        """Its days, when it has a last one and took effect."""
        last = self.last_day
        return Span(self.starts_on, last) if last is not None and last >= self.starts_on else None

    @property
    def status(self) -> tuple[str, str, str]:
        return (*CONTRACT_SHAPES[self.state], self.get_state_display())

    @property
    def is_open(self) -> bool:
        """Not yet signed, nor given up."""
        return self.state in OPEN_STATES
