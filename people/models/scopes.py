"""Scopes: what owns rows (an activity, a place…), so that rights need no upper room to be limited."""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.models.periods import Dated, DatedQuerySet, DateSpan, coherent_dates
from people.states import ScopeKind, ScopePart

MEMBERS_OF_PORTFOLIO = [ScopeKind.ACTIVITY, ScopeKind.PROJECT]


class Scope(models.Model):
    kind = models.CharField(_("nature"), max_length=10, choices=ScopeKind)
    label = models.CharField(_("intitulé"), max_length=160)
    territory = models.ForeignKey(
        "people.Territory",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="scopes",
        verbose_name=_("territoire"),
    )
    portfolio = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="followed",
        limit_choices_to={"kind": ScopeKind.PORTFOLIO},
        verbose_name=_("portefeuille"),
    )

    class Meta:
        verbose_name = _("périmètre")
        verbose_name_plural = _("périmètres")
        ordering = ["kind", "label", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ScopeKind.values), name="scope_kind_known"),
            models.CheckConstraint(
                condition=~Q(kind=ScopeKind.TERRITORY) | Q(territory__isnull=False),
                name="scope_of_territory_names_it",
            ),
            models.CheckConstraint(
                condition=Q(portfolio__isnull=True) | Q(kind__in=MEMBERS_OF_PORTFOLIO),
                name="scope_in_portfolio_is_followed",
            ),
            models.UniqueConstraint(
                fields=["territory"], condition=Q(kind=ScopeKind.TERRITORY), name="scope_one_per_territory"
            ),
            models.UniqueConstraint(
                fields=["label"], condition=Q(kind=ScopeKind.PORTFOLIO), name="scope_one_portfolio_per_label"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.label}"


class PersonScope(Dated):
    """A person belongs to an activity (a place, a project…) from a day to a day; the upper room says so."""

    person = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="memberships", verbose_name=_("personne")
    )
    scope = models.ForeignKey(
        Scope, on_delete=models.PROTECT, related_name="members", verbose_name=_("périmètre")
    )
    # Another part is another period: who did what, and since when, stays readable.
    part = models.CharField(
        _("rôle dans l’activité"), max_length=8, choices=ScopePart, default=ScopePart.LEAD
    )

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("appartenance")
        verbose_name_plural = _("appartenances")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            coherent_dates("personscope_dates_coherent"),
            models.CheckConstraint(condition=Q(part__in=ScopePart.values), name="personscope_part_known"),
            ExclusionConstraint(
                name="personscope_once_at_a_time",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("scope", RangeOperators.EQUAL),
                    (DateSpan("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        triggers = [pgtrigger.Protect(name="personscope_kept", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.person} · {self.scope}"
