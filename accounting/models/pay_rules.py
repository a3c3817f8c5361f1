"""The official rules of pay: which version a month is attached to, and what we change in it."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounting.states.simulation import RULESET_SHAPES, RulesetState
from cae.core.periods import Month
from people.models.periods import Dated, DatedQuerySet, coherent_dates


class RulesetQuerySet(models.QuerySet["PayrollRuleset"]):
    def of_month(self, first: date) -> Self:
        """The version of a month, first of the rows: the latest of those in force that had begun."""
        return self.filter(state=RulesetState.IN_FORCE, first_month__lte=first).order_by("-first_month")


class PayrollRuleset(models.Model):
    """One published version of the rules, kept with the program; a month has one, and never changes it."""

    version = models.CharField(_("version"), max_length=20, unique=True)
    dated_on = models.DateField(_("date des règles"))
    # The hash of the file of rules that was verified when this row was written.
    sha256 = models.CharField(_("empreinte"), max_length=64)
    state = models.CharField(
        _("état"), max_length=10, choices=RulesetState, default=RulesetState.DRAFT, editable=False
    )
    first_month = models.DateField(_("premier mois"), null=True, blank=True, unique=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )

    objects = RulesetQuerySet.as_manager()

    class Meta:
        verbose_name = _("règles officielles de paie")
        verbose_name_plural = _("règles officielles de paie")
        ordering = ["-dated_on", "-pk"]
        constraints = [
            models.CheckConstraint(name="pay_ruleset_state", condition=Q(state__in=RulesetState.values)),
            models.CheckConstraint(
                name="pay_ruleset_in_force_from_a_month",
                condition=Q(state=RulesetState.DRAFT, first_month__isnull=True)
                | Q(state=RulesetState.IN_FORCE, first_month__day=1),
            ),
            models.CheckConstraint(name="pay_ruleset_hash", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")),
        ]
        # Simulations name the version that made them: once in force, it stays what it was.
        triggers = [
            pgtrigger.Protect(
                name="pay_ruleset_frozen",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Condition("OLD.state = 'in_force'"),
            ),
            pgtrigger.ReadOnly(name="pay_ruleset_kept", fields=["version", "dated_on", "sha256"]),
        ]

    def __str__(self) -> str:
        return self.version

    def get_absolute_url(self) -> str:
        return reverse("accounting:pay_rules")

    @property
    def status(self) -> tuple[str, str, Any]:
        return (*RULESET_SHAPES[self.state], self.get_state_display())

    @property
    def month(self) -> Month | None:
        return Month.of(self.first_month) if self.first_month else None


class PayrollOverride(Dated):
    """What we change in the published rules between two days, why, and from which text."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    label = models.CharField(_("libellé"), max_length=120)
    source = models.CharField(_("source"), max_length=200)
    reason = models.TextField(_("motif"))
    # In every string of `rule`, `replaced` becomes `replacement`; `added` are rules besides, by name.
    rule = models.CharField(_("règle"), max_length=200)
    replaced = models.CharField(_("texte remplacé"), max_length=200)
    replacement = models.CharField(_("nouveau texte"), max_length=200)
    added = models.JSONField(_("règles ajoutées"), default=dict, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction des règles de paie")
        verbose_name_plural = _("corrections des règles de paie")
        ordering = ["starts_on", "code"]
        constraints = [coherent_dates("pay_override_dates_coherent")]
        # Past simulations were made with it: it may only be given its end.
        triggers = [
            pgtrigger.ReadOnly(name="pay_override_frozen", exclude=["ends_on"]),
            pgtrigger.Protect(name="pay_override_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.label
