"""Leave and absences, to the half-day: two that cross are refused by the database (ENT-35)."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cae.core.templatetags.formats import day
from entrepreneurs.states.absences import ABSENCE_SHAPES, HOLDING, AbsenceState
from people.models import Person
from people.selectors.persons import reached_persons
from people.states import RoleKind

# They read who is away, as far as their role reaches; why, human resources and the person alone.
ABSENCE_READERS: tuple[str, ...] = (RoleKind.HUMAN_RESOURCES, RoleKind.CO_MANAGER, RoleKind.ADVISOR)


class HalfDays(Func):
    """The time taken, from a morning or a noon to a noon or an evening, as PostgreSQL compares it."""

    template = (
        "tsrange(starts_on + CASE WHEN from_noon THEN interval '12 hours' ELSE interval '0' END,"
        " ends_on + CASE WHEN to_noon THEN interval '12 hours' ELSE interval '24 hours' END, '[)')"
    )


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def visible_to(self, user: Any) -> AbsenceQuerySet:
        """Gives one's own and those of the persons within reach."""
        reached = Q(person__in=reached_persons(user, ABSENCE_READERS).order_by().values("pk"))
        own = getattr(user, "person_id", None)
        return self.filter(reached | Q(person_id=own)) if own else self.filter(reached)

    def holding(self) -> AbsenceQuerySet:
        return self.filter(state__in=HOLDING)


class Absence(models.Model):
    """Days on which a person is away: asked, then answered by human resources."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="absences", verbose_name=_("personne"))
    kind = models.CharField(_("motif"), max_length=40)
    starts_on = models.DateField(_("premier jour"))
    from_noon = models.BooleanField(_("à partir de midi"), default=False)
    ends_on = models.DateField(_("dernier jour"))
    to_noon = models.BooleanField(_("jusqu’à midi"), default=False)
    # Working days taken, counted when it was asked (C. trav. L3141-3 and s.).
    days = models.DecimalField(_("jours ouvrables"), max_digits=5, decimal_places=1)
    note = models.CharField(_("précision"), max_length=300, blank=True)
    state = models.CharField(
        _("état"), max_length=10, choices=AbsenceState, default=AbsenceState.ASKED, editable=False
    )
    state_since = models.DateTimeField(_("depuis"), default=timezone.now, editable=False)
    answer = models.CharField(_("réponse"), max_length=300, blank=True)
    asked_at = models.DateTimeField(_("demandée le"), default=timezone.now, editable=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("demandée par")
    )
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("répondu par")
    )

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        ordering = ["-starts_on", "-pk"]
        indexes = [models.Index(fields=["starts_on", "ends_on"], name="absence_days")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=AbsenceState.values), name="absence_state_known"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="absence_ends_after_start"),
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")) | Q(from_noon=False) | Q(to_noon=False),
                name="absence_lasts_half_a_day",
            ),
            ExclusionConstraint(
                name="absence_once_at_a_time",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    (HalfDays(), RangeOperators.OVERLAPS),
                ],
                condition=Q(state__in=HOLDING),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="absence_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="absence_frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "person", "kind", "starts_on", "from_noon", "ends_on", "to_noon", "days"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.when}"

    def get_absolute_url(self) -> str:
        return reverse("entrepreneurs:absence_detail", args=[self.pk])

    @property
    def status(self) -> tuple[str, str, Any]:
        tone, shape = ABSENCE_SHAPES[self.state]
        return tone, shape, self.get_state_display()

    @property
    def when(self) -> str:
        """« du 3/08/2026 à midi au 7/08/2026 »."""
        facts = {"from": day(self.starts_on), "until": day(self.ends_on)}
        if self.starts_on == self.ends_on:
            if self.from_noon:
                return gettext("le %(from)s, l’après-midi") % facts
            return (gettext("le %(from)s, le matin") if self.to_noon else gettext("le %(from)s")) % facts
        start = gettext("du %(from)s à midi") if self.from_noon else gettext("du %(from)s")
        end = gettext("au %(until)s à midi") if self.to_noon else gettext("au %(until)s")
        return f"{start} {end}" % facts
