"""Resolutions in numbered versions, those added by members, amendments by paragraph, candidates (GOV-21)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.fields import MoneyField
from cae.core.permanence import append_only
from governance.models.assemblies import AgendaItem, Assembly
from governance.models.associates import Associate
from governance.states.assemblies import AmendmentKind, AmendmentState, ResolutionState
from governance.states.bodies import Electorate
from governance.states.rules import DecisionKind
from governance.states.votes import Method


class ResolutionQuerySet(models.QuerySet["Resolution"]):
    def visible_to(self, user: Any) -> ResolutionQuerySet:
        return self.filter(assembly__in=Assembly.objects.visible_to(user).order_by().values("pk"))


class Resolution(models.Model):
    """A text put to the vote, or an election; its text is that of its last version."""

    assembly = models.ForeignKey(
        Assembly, models.PROTECT, related_name="resolutions", verbose_name=_("assemblée")
    )
    item = models.ForeignKey(
        AgendaItem,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="resolutions",
        verbose_name=_("point"),
    )
    # Given when it is put on the agenda: « résolution n° 3 ».
    number = models.PositiveSmallIntegerField(_("numéro"), null=True)
    title = models.CharField(_("intitulé"), max_length=200)
    decision_kind = models.CharField(_("nature de la décision"), max_length=16, choices=DecisionKind)
    method = models.CharField(_("mode de scrutin"), max_length=18, choices=Method, default=Method.RESOLUTION)
    amount = MoneyField(_("montant (€)"), null=True, blank=True)
    # What a blank proxy says of it (loi: pour when the management supports it, contre otherwise).
    supported = models.BooleanField(_("soutenue par la gérance"), default=True)
    state = models.CharField(
        _("état"),
        max_length=10,
        choices=ResolutionState,
        default=ResolutionState.ON_AGENDA,
        editable=False,
    )
    state_reason = models.CharField(_("motif"), max_length=300, blank=True)
    # Elections.
    body = models.ForeignKey(
        "governance.Body",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="elections",
        verbose_name=_("organe"),
    )
    seats = models.PositiveSmallIntegerField(_("sièges"), default=1)
    electorate = models.CharField(
        _("qui vote"), max_length=14, choices=Electorate, default=Electorate.ASSOCIATES
    )
    term_months = models.PositiveSmallIntegerField(_("durée du mandat (mois)"), null=True, blank=True)
    powers = models.TextField(_("pouvoirs"), max_length=1000, blank=True)
    # Consent: below this, nothing is decided.
    minimum_participation = models.PositiveSmallIntegerField(
        _("participation minimale"), null=True, blank=True
    )
    # Published: with it anybody draws the order of the candidates again (calculations/draws).
    draw_seed = models.CharField(_("graine du tirage"), max_length=64, blank=True, editable=False)
    proposed_at = models.DateTimeField(_("déposée le"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("par")
    )

    objects = ResolutionQuerySet.as_manager()

    class Meta:
        verbose_name = _("résolution")
        verbose_name_plural = _("résolutions")
        ordering = ["assembly", models.F("number").asc(nulls_last=True), "pk"]
        constraints = [
            models.CheckConstraint(
                name="resolution_state_known", condition=Q(state__in=ResolutionState.values)
            ),
            models.CheckConstraint(name="resolution_method_known", condition=Q(method__in=Method.values)),
            models.CheckConstraint(
                name="resolution_decision_known", condition=Q(decision_kind__in=DecisionKind.values)
            ),
            models.CheckConstraint(name="resolution_seats", condition=Q(seats__gte=1)),
            models.UniqueConstraint(
                name="resolution_number_once",
                fields=["assembly", "number"],
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("governance:resolution_detail", args=[self.pk])

    @property
    def is_election(self) -> bool:
        return self.method not in (Method.RESOLUTION, Method.CONSENT)


class ResolutionVersion(models.Model):
    """The text of a resolution as it was written once; paragraphs are parted by an empty line."""

    resolution = models.ForeignKey(
        Resolution, models.PROTECT, related_name="versions", verbose_name=_("résolution")
    )
    number = models.PositiveSmallIntegerField(_("version"))
    text = models.TextField(_("texte"), max_length=20000)
    sha256 = models.CharField(_("empreinte"), max_length=64)
    reason = models.CharField(_("motif"), max_length=250, blank=True)
    created_at = models.DateTimeField(_("écrite le"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("par")
    )

    class Meta:
        verbose_name = _("version de résolution")
        verbose_name_plural = _("versions de résolution")
        ordering = ["resolution", "-number"]
        constraints = [
            models.UniqueConstraint(name="resolution_version_once", fields=["resolution", "number"]),
            models.CheckConstraint(
                name="resolution_version_hashed", condition=Q(sha256__regex="^[0-9a-f]{64}$")
            ),
        ]
        triggers = append_only("resolution_version")

    def __str__(self) -> str:
        return str(_("version %(number)d") % {"number": self.number})


class ResolutionSupport(models.Model):
    """An associate who asks, with others, that a resolution be put on the agenda."""

    resolution = models.ForeignKey(
        Resolution, models.PROTECT, related_name="supports", verbose_name=_("résolution")
    )
    associate = models.ForeignKey(
        Associate, models.PROTECT, related_name="supports", verbose_name=_("associé·e")
    )
    at = models.DateTimeField(_("le"), default=timezone.now)

    class Meta:
        verbose_name = _("soutien à une résolution")
        verbose_name_plural = _("soutiens à une résolution")
        ordering = ["resolution", "at"]
        constraints = [
            models.UniqueConstraint(name="support_once", fields=["resolution", "associate"]),
        ]

    def __str__(self) -> str:
        return str(self.associate)


class Amendment(models.Model):
    """A change to one paragraph of a version; the furthest from the text is voted first."""

    resolution = models.ForeignKey(
        Resolution, models.PROTECT, related_name="amendments", verbose_name=_("résolution")
    )
    version = models.ForeignKey(
        ResolutionVersion, models.PROTECT, related_name="amendments", verbose_name=_("version amendée")
    )
    kind = models.CharField(_("nature"), max_length=8, choices=AmendmentKind)
    # Counted from 1; 0 inserts before the first.
    paragraph = models.PositiveSmallIntegerField(_("paragraphe"))
    text = models.TextField(_("nouveau texte"), max_length=5000, blank=True)
    reason = models.CharField(_("motif"), max_length=500, blank=True)
    author = models.ForeignKey(
        Associate,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="amendments",
        verbose_name=_("déposé par"),
    )
    # How far it is from the text, in thousandths of its paragraph (calculations/amendments).
    distance = models.PositiveIntegerField(_("éloignement"), default=0, editable=False)
    state = models.CharField(
        _("état"), max_length=9, choices=AmendmentState, default=AmendmentState.PROPOSED, editable=False
    )
    proposed_at = models.DateTimeField(_("déposé le"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("par")
    )

    class Meta:
        verbose_name = _("amendement")
        verbose_name_plural = _("amendements")
        ordering = ["resolution", "paragraph", "-distance", "pk"]
        constraints = [
            models.CheckConstraint(
                name="amendment_state_known", condition=Q(state__in=AmendmentState.values)
            ),
            models.CheckConstraint(
                name="amendment_says_its_text",
                condition=Q(kind=AmendmentKind.DELETE, text="", paragraph__gte=1)
                | Q(kind=AmendmentKind.REPLACE, paragraph__gte=1) & ~Q(text="")
                | Q(kind=AmendmentKind.INSERT) & ~Q(text=""),
            ),
        ]

    def __str__(self) -> str:
        return str(_("Amendement au paragraphe %(number)d") % {"number": self.paragraph})


class Candidate(models.Model):
    """Somebody who stands for election, or an option of a choice; each with the same space."""

    resolution = models.ForeignKey(
        Resolution, models.PROTECT, related_name="candidates", verbose_name=_("résolution")
    )
    person = models.ForeignKey(
        "people.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="candidacies",
        verbose_name=_("personne"),
    )
    # The name of an option, or of a list with its members in `statement`.
    label = models.CharField(_("nom"), max_length=120)
    statement = models.TextField(_("présentation"), max_length=1500, blank=True)
    # Drawn once and published.
    position = models.PositiveSmallIntegerField(_("ordre tiré au sort"), null=True, editable=False)
    born_on = models.DateField(_("né·e le"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("retirée le"), null=True, editable=False)

    class Meta:
        verbose_name = _("candidature à une élection")
        verbose_name_plural = _("candidatures à une élection")
        ordering = ["resolution", models.F("position").asc(nulls_last=True), "pk"]
        constraints = [
            models.UniqueConstraint(name="candidate_label_once", fields=["resolution", "label"]),
            models.UniqueConstraint(
                name="candidate_position_once",
                fields=["resolution", "position"],
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]

    def __str__(self) -> str:
        return self.label
