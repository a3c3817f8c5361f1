"""The welcome board: its columns, the moves of applications across them, invitations, what is aimed at."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.permanence import append_only
from entrepreneurs.states.applications import Door
from entrepreneurs.states.stages import InvitationState, Presence, StageKind, TargetKind
from people.models.periods import Dated, DatedQuerySet, coherent_dates


class WelcomeStage(Dated):
    """One column, from a day on; those of a territory stand in for those of the cooperative (ENT-07)."""

    territory = models.ForeignKey(
        "people.Territory",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("territoire"),
        help_text=_("Vide : toute la coopérative."),
    )
    label = models.CharField(_("nom"), max_length=60)
    kind = models.CharField(_("sorte"), max_length=10, choices=StageKind, default=StageKind.WORK)
    order = models.PositiveSmallIntegerField(_("rang"), default=1)
    late_after = models.PositiveSmallIntegerField(
        _("en retard après (jours)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Vide : une carte de cette colonne n’est jamais en retard."),
    )

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("colonne d’accueil")
        verbose_name_plural = _("colonnes d’accueil")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=StageKind.values), name="welcomestage_kind_known"),
            coherent_dates("welcomestage_dates_coherent"),
        ]
        triggers = [pgtrigger.Protect(name="welcomestage_kept", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.label


class StageMove(models.Model):
    """An application enters a column: who moved it, from where, when; never rewritten (ENT-06)."""

    application = models.ForeignKey(
        "entrepreneurs.Application", models.PROTECT, related_name="moves", verbose_name=_("candidature")
    )
    source = models.ForeignKey(
        WelcomeStage, models.PROTECT, null=True, related_name="+", verbose_name=_("quittée")
    )
    target = models.ForeignKey(WelcomeStage, models.PROTECT, related_name="+", verbose_name=_("rejointe"))
    reason = models.CharField(_("motif"), max_length=300, blank=True)
    moved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("par")
    )
    # From which day it counts as being there: taking a move back gives the former day again.
    since = models.DateField(_("depuis le"))
    moved_at = models.DateTimeField(_("fait le"), default=timezone.now)

    class Meta:
        verbose_name = _("passage d’une colonne à l’autre")
        verbose_name_plural = _("passages d’une colonne à l’autre")
        ordering = ["-moved_at", "-pk"]
        indexes = [models.Index(fields=["application", "-moved_at"], name="stagemove_latest")]
        triggers = append_only("stagemove", words=("reason",))

    def __str__(self) -> str:
        return f"{self.source or '—'} → {self.target}"


class SlotInvitation(models.Model):
    """A candidate is asked to choose a slot for the first interview, then reminded (ENT-08)."""

    application = models.ForeignKey(
        "entrepreneurs.Application", models.PROTECT, related_name="invitations", verbose_name=_("candidature")
    )
    advisor = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="+", verbose_name=_("accompagnateur·rice")
    )
    state = models.CharField(
        _("état"), max_length=10, choices=InvitationState, default=InvitationState.WAITING
    )
    sent = models.PositiveSmallIntegerField(_("envois comptés"), default=1)
    stop_reason = models.CharField(_("motif de l’arrêt"), max_length=300, blank=True)
    invited_on = models.DateField(_("invitée le"))
    ended_at = models.DateTimeField(_("close le"), null=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("par")
    )

    class Meta:
        verbose_name = _("invitation à choisir un créneau")
        verbose_name_plural = _("invitations à choisir un créneau")
        ordering = ["-invited_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=InvitationState.values), name="slotinvitation_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=InvitationState.STOPPED) | ~Q(stop_reason=""),
                name="slotinvitation_stop_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(state=InvitationState.WAITING, ended_at__isnull=True)
                | (~Q(state=InvitationState.WAITING) & Q(ended_at__isnull=False)),
                name="slotinvitation_ended_or_waiting",
            ),
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(state=InvitationState.WAITING),
                name="slotinvitation_one_waits",
            ),
        ]
        triggers = [pgtrigger.Protect(name="slotinvitation_kept", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.application} · {self.get_state_display()}"


class InformationPresence(models.Model):
    """The information meeting of a candidate, when the cooperative wants one: its date, whether they came."""

    application = models.OneToOneField(
        "entrepreneurs.Application",
        models.PROTECT,
        related_name="information",
        verbose_name=_("candidature"),
    )
    held_on = models.DateField(_("réunion du"))
    presence = models.CharField(_("présence"), max_length=10, choices=Presence, default=Presence.PLANNED)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("noté par")
    )

    class Meta:
        verbose_name = _("présence à la réunion d’information")
        verbose_name_plural = _("présences à la réunion d’information")
        constraints = [
            models.CheckConstraint(
                condition=Q(presence__in=Presence.values), name="informationpresence_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.application} · {self.get_presence_display()}"


class WelcomeTarget(models.Model):
    """What the cooperative aims at for a year; the latest row of the same kind counts (ENT-16)."""

    kind = models.CharField(_("sorte"), max_length=10, choices=TargetKind)
    year = models.PositiveSmallIntegerField(_("année"))
    territory = models.ForeignKey(
        "people.Territory",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("territoire"),
    )
    door = models.CharField(_("porte d’entrée"), max_length=12, choices=Door, blank=True)
    advisor = models.ForeignKey(
        "people.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("accompagnateur·rice"),
    )
    value = models.PositiveSmallIntegerField(_("nombre"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("décidé par")
    )
    decided_at = models.DateTimeField(_("décidé le"), default=timezone.now)

    class Meta:
        verbose_name = _("objectif d’accueil")
        verbose_name_plural = _("objectifs d’accueil")
        ordering = ["-year", "kind", "-decided_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=TargetKind.values), name="welcometarget_kind_known"),
            models.CheckConstraint(
                condition=Q(door="") | Q(door__in=Door.values), name="welcometarget_door_known"
            ),
            models.CheckConstraint(
                condition=Q(kind=TargetKind.CAPACITY, advisor__isnull=False, door="")
                | Q(kind=TargetKind.ENTRIES, advisor__isnull=True),
                name="welcometarget_says_whose",
            ),
        ]
        triggers = append_only("welcometarget")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.year}"
