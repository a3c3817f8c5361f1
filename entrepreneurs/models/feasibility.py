"""Whether an activity can be carried: points, the insurer’s slip, what colleagues say (ENT-11, ENT-12)."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.permanence import append_only, unless_words_go
from entrepreneurs.states.feasibility import FeasibilityPoint, Finding, Opinion, OpinionKind, SlipState


class FeasibilityFinding(models.Model):
    """What somebody found on one point; the latest row counts."""

    application = models.ForeignKey(
        "entrepreneurs.Application", models.PROTECT, related_name="findings", verbose_name=_("candidature")
    )
    point = models.CharField(_("point"), max_length=12, choices=FeasibilityPoint)
    finding = models.CharField(_("constat"), max_length=8, choices=Finding)
    note = models.CharField(_("précision"), max_length=300, blank=True)
    found_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("par")
    )
    found_at = models.DateTimeField(_("le"), default=timezone.now)

    class Meta:
        verbose_name = _("constat de faisabilité")
        verbose_name_plural = _("constats de faisabilité")
        ordering = ["-found_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(point__in=FeasibilityPoint.values), name="feasibilityfinding_point_known"
            ),
            models.CheckConstraint(
                condition=Q(finding__in=Finding.values), name="feasibilityfinding_finding_known"
            ),
        ]
        triggers = append_only("feasibilityfinding", words=("note",))

    def __str__(self) -> str:
        return f"{self.get_point_display()} : {self.get_finding_display()}"


class InsurerSlip(models.Model):
    """The slip by which the insurer is asked whether it covers a trade, and its answer."""

    application = models.ForeignKey(
        "entrepreneurs.Application",
        models.PROTECT,
        null=True,
        related_name="slips",
        verbose_name=_("candidature"),
    )
    person = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, related_name="slips", verbose_name=_("personne")
    )
    trade = models.ForeignKey(
        "entrepreneurs.Trade", models.PROTECT, null=True, related_name="+", verbose_name=_("métier")
    )
    # As the insurer read it.
    trade_name = models.CharField(_("métier décrit"), max_length=120)
    description = models.TextField(_("ce qui sera fait"), max_length=2000)
    state = models.CharField(_("état"), max_length=10, choices=SlipState, default=SlipState.SENT)
    state_since = models.DateTimeField(default=timezone.now, editable=False)
    sent_to = models.EmailField(_("envoyée à"))
    sent_on = models.DateField(_("envoyée le"))
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("par")
    )
    document = models.ForeignKey(
        "core.Document", models.PROTECT, null=True, related_name="+", verbose_name=_("fiche")
    )
    answered_on = models.DateField(_("réponse du"), null=True)
    answer = models.CharField(_("garantie, exclusions ou motif"), max_length=500, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("noté par")
    )

    class Meta:
        verbose_name = _("fiche navette")
        verbose_name_plural = _("fiches navette")
        ordering = ["-sent_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=SlipState.values), name="insurerslip_state_known"),
            models.CheckConstraint(
                condition=Q(application__isnull=False) | Q(person__isnull=False),
                name="insurerslip_of_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state=SlipState.SENT, answered_on__isnull=True)
                | (~Q(state=SlipState.SENT) & Q(answered_on__isnull=False)),
                name="insurerslip_answer_has_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(SlipState.LIMITED, SlipState.REFUSED)) | ~Q(answer=""),
                name="insurerslip_limits_are_said",
            ),
            models.UniqueConstraint(
                fields=["application", "trade_name"],
                condition=Q(state=SlipState.SENT),
                name="insurerslip_one_waits",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="insurerslip_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="insurerslip_answered_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    f"OLD.state <> 'sent' AND {unless_words_go(('answer', 'description'))}"
                    " AND (NEW.state, NEW.answered_on, NEW.answer, NEW.trade_name)"
                    " IS DISTINCT FROM (OLD.state, OLD.answered_on, OLD.answer, OLD.trade_name)"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.trade_name} · {self.get_state_display()}"


class ColleagueOpinion(models.Model):
    """What a colleague of the same trade thinks of an application, or a member of a collective of somebody
    who would enter it, by an application or a demand: one each, given once (ENT-03, ENT-11, ENT-45)."""

    application = models.ForeignKey(
        "entrepreneurs.Application",
        models.PROTECT,
        null=True,
        related_name="opinions",
        verbose_name=_("candidature"),
    )
    request = models.ForeignKey(
        "entrepreneurs.JoinRequest",
        models.PROTECT,
        null=True,
        related_name="opinions",
        verbose_name=_("demande d’entrée"),
    )
    kind = models.CharField(_("à quel titre"), max_length=10, choices=OpinionKind)
    activity = models.ForeignKey(
        "entrepreneurs.Activity", models.PROTECT, related_name="+", verbose_name=_("activité")
    )
    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="opinions_asked", verbose_name=_("personne")
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("demandé par")
    )
    asked_on = models.DateField(_("demandé le"))
    opinion = models.CharField(_("avis"), max_length=10, choices=Opinion, blank=True)
    text = models.TextField(_("ce qui le motive"), max_length=2000, blank=True)
    answered_at = models.DateTimeField(_("donné le"), null=True)

    class Meta:
        verbose_name = _("avis demandé")
        verbose_name_plural = _("avis demandés")
        ordering = ["asked_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=OpinionKind.values), name="colleagueopinion_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(opinion="", answered_at__isnull=True)
                | Q(opinion__in=Opinion.values, answered_at__isnull=False),
                name="colleagueopinion_whole",
            ),
            models.UniqueConstraint(fields=["application", "person"], name="colleagueopinion_once"),
            models.UniqueConstraint(fields=["request", "person"], name="colleagueopinion_once_a_demand"),
            models.CheckConstraint(
                condition=Q(application__isnull=False, request__isnull=True)
                | Q(application__isnull=True, request__isnull=False, kind=OpinionKind.COLLECTIVE),
                name="colleagueopinion_about_one_thing",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="colleagueopinion_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="colleagueopinion_given_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    f"OLD.answered_at IS NOT NULL AND {unless_words_go(('text',))}"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.application}"
