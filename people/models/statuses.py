"""Dated statuses: what somebody is for the cooperative, from a day to a day, for a reason (PEO-06).

A row says what is held true now. Each of its versions is kept by the database itself, so that a figure of a
past day can be read again as it was known on any later day (PEO-08).
"""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.permanence import append_only
from people.models.periods import Dated, DatedQuerySet, DateSpan, coherent_dates
from people.states.statuses import LOOKS, PATH, PATH_KINDS, StatusChange, StatusKind

KEEP_VERSION = """
    IF TG_OP = 'INSERT' OR (NEW.starts_on, NEW.ends_on) IS DISTINCT FROM (OLD.starts_on, OLD.ends_on) THEN
        INSERT INTO people_statusversion
            (status_id, starts_on, ends_on, change, known_at, author_id, reason)
        VALUES
            (NEW.id, NEW.starts_on, NEW.ends_on, NEW.change, NEW.changed_at, NEW.changed_by_id,
             NEW.change_reason);
    END IF;
    RETURN NULL;
"""


class StatusPeriod(Dated):
    person = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="statuses", verbose_name=_("personne")
    )
    kind = models.CharField(_("statut"), max_length=20, choices=StatusKind)
    # Two statuses of one line are never held on one day.
    line = models.GeneratedField(
        expression=Case(When(kind__in=PATH_KINDS, then=Value(PATH)), default=F("kind")),
        output_field=models.CharField(max_length=20),
        db_persist=True,
    )
    reason = models.CharField(_("motif"), max_length=300)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("noté par"),
    )
    recorded_at = models.DateTimeField(_("noté le"), default=timezone.now, editable=False)
    change = models.CharField(
        _("dernière écriture"), max_length=10, choices=StatusChange, default=StatusChange.OPENED
    )
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("changé par"),
    )
    changed_at = models.DateTimeField(_("changé le"), default=timezone.now, editable=False)
    change_reason = models.CharField(_("motif du changement"), max_length=300)
    # The fact it comes from: an application, a contract, an exit. Empty when written down by hand.
    about_type = models.CharField(max_length=80, blank=True, editable=False)
    about_id = models.CharField(max_length=40, blank=True, editable=False)
    about_label = models.CharField(_("vient de"), max_length=200, blank=True, editable=False)
    role = models.OneToOneField(
        "people.Role",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="status",
        verbose_name=_("rôle"),
    )

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("statut")
        verbose_name_plural = _("statuts")
        ordering = ["-starts_on", "-pk"]
        indexes = [
            models.Index(fields=["kind", "person"], name="status_kind_person"),
            models.Index(fields=["about_type", "about_id"], name="status_about"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=StatusKind.values), name="status_kind_known"),
            models.CheckConstraint(condition=Q(change__in=StatusChange.values), name="status_change_known"),
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(change_reason=""), name="status_change_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(about_type="", about_id="", about_label="")
                | ~Q(about_type="") & ~Q(about_id="") & ~Q(about_label=""),
                name="status_fact_whole",
            ),
            coherent_dates("status_dates_coherent"),
            ExclusionConstraint(
                name="status_one_of_a_line_at_a_time",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("line", RangeOperators.EQUAL),
                    (DateSpan("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="status_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="status_frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    *("person", "kind", "reason", "author", "recorded_at"),
                    *("about_type", "about_id", "about_label"),
                ),
            ),
            pgtrigger.Trigger(
                name="status_versions",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=KEEP_VERSION,
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    @property
    def is_by_hand(self) -> bool:
        """No fact of the house made it, so a hand may correct it; the register alone says who is an
        associate, even of what was written before it was kept here."""
        return not self.about_type and self.kind != StatusKind.ASSOCIATE

    @property
    def look(self) -> tuple[str, str, str]:
        """Tone, shape and word."""
        tone, shape = LOOKS[self.kind]
        return tone, shape, str(self)


class StatusVersion(models.Model):
    """What was known of a status from an instant on; written by a trigger, never by hand."""

    status = models.ForeignKey(
        StatusPeriod, on_delete=models.PROTECT, related_name="versions", verbose_name=_("statut")
    )
    starts_on = models.DateField(_("du"))
    ends_on = models.DateField(_("au"), null=True)
    change = models.CharField(_("écriture"), max_length=10, choices=StatusChange)
    known_at = models.DateTimeField(_("su le"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("écrit par")
    )
    reason = models.CharField(_("motif"), max_length=300)

    class Meta:
        verbose_name = _("version d’un statut")
        verbose_name_plural = _("versions d’un statut")
        ordering = ["known_at", "pk"]
        indexes = [models.Index(fields=["status", "known_at"], name="status_known")]
        triggers = append_only("status_version")

    def __str__(self) -> str:
        return str(self.get_change_display())
