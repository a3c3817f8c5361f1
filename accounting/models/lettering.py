"""Lines of one account that answer each other: what was lettered, by whom, undone when and why (ACC-06)."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounting.models.accounts import Account, AnalyticAccount
from accounting.models.entries import EntryLine
from accounting.models.sight import own_section, seen_activity_ids, sees_all_books
from accounting.states.lettering import LetteringOrigin
from cae.core.fields import MoneyField
from cae.core.permanence import at_commit, no_truncate

# At commit a lettering is exactly the lines it announces, of its account and section, with both sides; its
# lines are live as long as it is. So no line is added to it later, and half a lettering cannot exist.
_VERIFY = """
    IF NOT EXISTS (
        SELECT 1 FROM accounting_lettering lettering
        JOIN accounting_letteredline lettered ON lettered.lettering_id = lettering.id
        JOIN accounting_entryline line ON line.id = lettered.line_id
        WHERE lettering.id = {lettering_id}
        GROUP BY lettering.id
        HAVING COUNT(*) = lettering.line_count
        AND SUM(line.debit - line.credit) = lettering.left
        AND SUM(line.debit) > 0 AND SUM(line.credit) > 0
        AND MAX(line."on") = lettering.last_on
        AND BOOL_AND(line.account_id = lettering.account_id AND line.analytic_id = lettering.analytic_id)
        AND BOOL_AND(lettered.is_live = (lettering.undone_at IS NULL))
    ) THEN
        RAISE EXCEPTION 'lettering % is not made of the lines it announces', {lettering_id}
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
"""


def _sound_at_commit(name: str, lettering_id: str) -> pgtrigger.Trigger:
    return at_commit(
        name,
        _VERIFY.replace("{lettering_id}", lettering_id),
        operation=pgtrigger.Insert | pgtrigger.Update,
    )


class LetteringQuerySet(models.QuerySet["Lettering"]):
    def visible_to(self, user: Any) -> LetteringQuerySet:
        if sees_all_books(user):
            return self
        seen = Q(analytic__activity__in=seen_activity_ids(user)) | own_section(user, "analytic__")
        return self.filter(seen)


class Lettering(models.Model):
    """Lines of one account and one section. What it holds never changes: it is undone, and another made."""

    code = models.CharField(_("code"), max_length=8, unique=True)
    account = models.ForeignKey(Account, models.PROTECT, related_name="letterings", verbose_name=_("compte"))
    analytic = models.ForeignKey(
        AnalyticAccount, models.PROTECT, related_name="letterings", verbose_name=_("section analytique")
    )
    # Debit less credit of its lines: nothing when it is whole.
    left = MoneyField(_("reste"))
    line_count = models.PositiveIntegerField(_("nombre de lignes"))
    # Day of its latest line: before it, the lettering was not whole.
    last_on = models.DateField(_("dernière ligne le"))
    on = models.DateField(_("lettré le"))
    origin = models.CharField(_("origine"), max_length=10, choices=LetteringOrigin)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("lettré par")
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    undone_at = models.DateTimeField(_("défait le"), null=True, editable=False)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("défait par"),
    )
    undone_reason = models.CharField(_("motif"), max_length=250, blank=True, editable=False)

    objects = LetteringQuerySet.as_manager()

    class Meta:
        verbose_name = _("lettrage")
        verbose_name_plural = _("lettrages")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(name="lettering_code_shape", condition=Q(code__regex="^[A-Z]{2,8}$")),
            models.CheckConstraint(
                name="lettering_origin_known", condition=Q(origin__in=LetteringOrigin.values)
            ),
            models.CheckConstraint(name="lettering_two_lines", condition=Q(line_count__gte=2)),
            models.CheckConstraint(
                name="lettering_undone_why",
                condition=Q(undone_at__isnull=True, undone_by__isnull=True, undone_reason="")
                | Q(undone_at__isnull=False) & ~Q(undone_reason=""),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="lettering_kept", operation=pgtrigger.Delete),
            no_truncate("lettering"),
            pgtrigger.ReadOnly(
                name="lettering_frozen",
                fields=[
                    "code",
                    "account",
                    "analytic",
                    "left",
                    "line_count",
                    "last_on",
                    "on",
                    "origin",
                    "created_by",
                    "created_at",
                ],
            ),
            pgtrigger.Protect(
                name="lettering_undone_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__undone_at__isnull=False),
            ),
            _sound_at_commit("lettering_sound", "NEW.id"),
        ]

    def __str__(self) -> str:
        """Small letters say that something is left."""
        return self.code.lower() if self.left else self.code

    def get_absolute_url(self) -> str:
        return reverse("accounting:lettering_detail", args=[self.pk])

    @property
    def is_live(self) -> bool:
        return self.undone_at is None


class LetteredLine(models.Model):
    """A line in a lettering: in one live lettering at most."""

    lettering = models.ForeignKey(Lettering, models.PROTECT, related_name="lines", verbose_name=_("lettrage"))
    line = models.ForeignKey(
        EntryLine, models.PROTECT, related_name="letterings", verbose_name=_("ligne d’écriture")
    )
    is_live = models.BooleanField(_("en cours"), default=True)

    class Meta:
        verbose_name = _("ligne lettrée")
        verbose_name_plural = _("lignes lettrées")
        ordering = ["lettering", "line"]
        constraints = [
            models.UniqueConstraint(name="lettered_line_once", fields=["line"], condition=Q(is_live=True)),
            models.UniqueConstraint(name="lettered_line_named_once", fields=["lettering", "line"]),
        ]
        triggers = [
            pgtrigger.Protect(name="lettered_line_kept", operation=pgtrigger.Delete),
            no_truncate("lettered_line"),
            pgtrigger.ReadOnly(name="lettered_line_frozen", fields=["lettering", "line"]),
            pgtrigger.Protect(
                name="lettered_line_over",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__is_live=False),
            ),
            _sound_at_commit("lettered_line_sound", "NEW.lettering_id"),
        ]

    def __str__(self) -> str:
        return f"{self.lettering_id}/{self.line_id}"
