"""Dated roles: the only source of rights; given and ended by somebody, for a reason, kept (PEO-21)."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models.periods import Dated, DatedQuerySet, DateSpan, coherent_dates
from people.states import RoleKind


class Role(Dated):
    person = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="roles", verbose_name=_("personne")
    )
    kind = models.CharField(_("rôle"), max_length=20, choices=RoleKind)
    scope = models.ForeignKey(
        "people.Scope",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="roles",
        verbose_name=_("périmètre"),
        help_text=_("Vide : toute la coopérative."),
    )
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("donné par"),
    )
    given_at = models.DateTimeField(_("donné le"), default=timezone.now, editable=False)
    reason = models.CharField(_("motif"), max_length=300)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("arrêté par"),
    )
    ended_at = models.DateTimeField(_("arrêté le"), null=True, editable=False)
    end_reason = models.CharField(_("motif de l’arrêt"), max_length=300, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("rôle")
        verbose_name_plural = _("rôles")
        ordering = ["-starts_on", "-pk"]
        indexes = [models.Index(fields=["kind", "person"], name="role_kind_person")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=RoleKind.values), name="role_kind_known"),
            coherent_dates("role_dates_coherent"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, end_reason="", ended_by__isnull=True)
                | (Q(ended_at__isnull=False, ends_on__isnull=False) & ~Q(end_reason="")),
                name="role_end_has_reason",
            ),
            ExclusionConstraint(
                name="role_once_at_a_time",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    # The whole cooperative is one scope among others: NULL would never collide.
                    (Coalesce("scope", Value(0)), RangeOperators.EQUAL),
                    (DateSpan("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="role_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="role_frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "person", "kind", "scope", "starts_on", "given_by", "given_at", "reason"
                ),
            ),
            pgtrigger.Protect(
                name="role_ended_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__ended_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
