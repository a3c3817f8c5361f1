"""A person leaves the cooperative: why, when, and what is settled before (ENT-39)."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from entrepreneurs.states.exits import EXIT_SHAPES, STEP_CODES, STEPS, Choice, ExitState
from people.models import Person
from people.selectors.persons import reached_persons
from people.states import RoleKind

# They read exits as far as their role reaches.
EXIT_READERS: tuple[str, ...] = (
    RoleKind.HUMAN_RESOURCES,
    RoleKind.CO_MANAGER,
    RoleKind.ADVISOR,
    RoleKind.ACCOUNTANT,
)


class ExitQuerySet(models.QuerySet["Exit"]):
    def visible_to(self, user: Any) -> ExitQuerySet:
        """Gives one's own and those of the persons within reach."""
        reached = Q(person__in=reached_persons(user, EXIT_READERS).order_by().values("pk"))
        own = getattr(user, "person_id", None)
        return self.filter(reached | Q(person_id=own)) if own else self.filter(reached)


class Exit(models.Model):
    """One departure, prepared then done; one at a time."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="exits", verbose_name=_("personne"))
    kind = models.CharField(_("raison"), max_length=40)
    reason = models.CharField(_("précisions"), max_length=300, blank=True)
    # What binds until then: « un mois de préavis », counted by who signs.
    notice = models.CharField(_("préavis"), max_length=120, blank=True)
    last_day = models.DateField(_("dernier jour"))
    account_closes_on = models.DateField(
        _("le compte se ferme le"), help_text=_("Dès le matin de ce jour, la personne ne se connecte plus.")
    )
    choice = models.CharField(_("rester ou partir"), max_length=10, choices=Choice, default=Choice.LEAVES)
    choice_note = models.TextField(_("ce qui a été dit"), max_length=2000, blank=True)
    state = models.CharField(
        _("état"), max_length=10, choices=ExitState, default=ExitState.PREPARED, editable=False
    )
    state_since = models.DateTimeField(_("depuis"), default=timezone.now, editable=False)
    created_at = models.DateTimeField(_("ouverte le"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("ouverte par")
    )
    cancel_reason = models.CharField(_("motif de l’abandon"), max_length=300, blank=True)

    objects = ExitQuerySet.as_manager()

    class Meta:
        verbose_name = _("sortie")
        verbose_name_plural = _("sorties")
        ordering = ["-last_day", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ExitState.values), name="exit_state_known"),
            models.CheckConstraint(condition=Q(choice__in=Choice.values), name="exit_choice_known"),
            models.CheckConstraint(
                condition=Q(account_closes_on__gt=F("last_day")), name="exit_account_closes_after"
            ),
            models.CheckConstraint(
                condition=~Q(state=ExitState.CANCELLED) | ~Q(cancel_reason=""), name="exit_cancelled_says_why"
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(state=ExitState.PREPARED), name="exit_one_prepared"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="exit_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="exit_frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.state <> 'prepared' AND (OLD.person_id, OLD.kind, OLD.last_day,"
                    " OLD.account_closes_on, OLD.state) IS DISTINCT FROM (NEW.person_id, NEW.kind,"
                    " NEW.last_day, NEW.account_closes_on, NEW.state)"
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)

    def get_absolute_url(self) -> str:
        return reverse("entrepreneurs:exit_detail", args=[self.pk])

    @property
    def status(self) -> tuple[str, str, Any]:
        tone, shape = EXIT_SHAPES[self.state]
        return tone, shape, self.get_state_display()


class ExitStep(models.Model):
    """One thing settled, or put aside with a reason; no row: still to do."""

    exit = models.ForeignKey(Exit, models.CASCADE, related_name="steps", verbose_name=_("sortie"))
    code = models.CharField(_("étape"), max_length=20, choices=[(step.code, step.label) for step in STEPS])
    note = models.CharField(_("précision"), max_length=300, blank=True)
    done_on = models.DateField(_("réglée le"))
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("réglée par")
    )

    class Meta:
        verbose_name = _("étape de sortie")
        verbose_name_plural = _("étapes de sortie")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["exit", "code"], name="exit_step_once"),
            models.CheckConstraint(condition=Q(code__in=STEP_CODES), name="exit_step_known"),
        ]

    def __str__(self) -> str:
        return self.get_code_display()
