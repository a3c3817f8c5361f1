"""The catalogue of support, what people ask of it, and the actions that a funder pays for (ENT-59)."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from entrepreneurs.models.referents import coached_persons
from entrepreneurs.states.support import SHAPES, SupportRequestState
from people.models import Dated, DatedQuerySet, coherent_dates


class SupportKind(Dated):
    """One kind of support, offered from a day to a day: what, for whom, who gives it, where."""

    name = models.CharField(_("intitulé"), max_length=120)
    what = models.TextField(_("ce que c’est"), max_length=1500)
    audience = models.CharField(_("pour qui"), max_length=200)
    given_by = models.CharField(_("qui l’apporte"), max_length=200)
    where = models.CharField(_("où"), max_length=200)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("accompagnement proposé")
        verbose_name_plural = _("accompagnements proposés")
        ordering = ["name", "pk"]
        constraints = [
            coherent_dates("supportkind_dates_coherent"),
            models.CheckConstraint(
                name="supportkind_says_all",
                condition=~Q(name="") & ~Q(what="") & ~Q(audience="") & ~Q(given_by="") & ~Q(where=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SupportRequestQuerySet(models.QuerySet["SupportRequest"]):
    def visible_to(self, user: Any) -> SupportRequestQuerySet:
        own = getattr(user, "person_id", None)
        mine = Q(person=own) if own else Q(pk__in=[])
        return self.filter(mine | Q(person__in=coached_persons(user)))


class SupportRequest(models.Model):
    """Somebody asks for a support of the catalogue."""

    kind = models.ForeignKey(
        SupportKind, models.PROTECT, related_name="requests", verbose_name=_("accompagnement")
    )
    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="support_requests", verbose_name=_("personne")
    )
    words = models.CharField(_("précisions"), max_length=500, blank=True)
    answer = models.CharField(_("réponse"), max_length=500, blank=True)
    state = models.CharField(
        _("état"),
        max_length=8,
        choices=SupportRequestState,
        default=SupportRequestState.ASKED,
        editable=False,
    )
    state_since = models.DateTimeField(default=timezone.now, editable=False)
    asked_at = models.DateTimeField(_("demandé le"), default=timezone.now, editable=False)

    objects = SupportRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("demande d’accompagnement")
        verbose_name_plural = _("demandes d’accompagnement")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="supportrequest_state_known", condition=Q(state__in=SupportRequestState.values)
            ),
            models.UniqueConstraint(
                fields=["kind", "person"],
                condition=Q(state__in=[SupportRequestState.ASKED, SupportRequestState.PLANNED]),
                name="supportrequest_once_at_a_time",
            ),
            models.CheckConstraint(
                name="supportrequest_declined_with_words",
                condition=~Q(state=SupportRequestState.DECLINED) | ~Q(answer=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} · {self.person}"

    @property
    def status(self) -> tuple[str, str, Any]:
        return (*SHAPES[self.state], self.get_state_display())


class FundedAction(models.Model):
    """Hours of support that a funder pays for, between two days, up to a quota."""

    name = models.CharField(_("intitulé"), max_length=120)
    funder = models.ForeignKey(
        "people.Organisation", models.PROTECT, related_name="funded_actions", verbose_name=_("financeur")
    )
    reference = models.CharField(_("référence de la convention"), max_length=80, blank=True)
    starts_on = models.DateField(_("du"))
    ends_on = models.DateField(_("au"))
    hours = models.DecimalField(_("heures financées"), max_digits=8, decimal_places=2)
    hours_each = models.DecimalField(
        _("heures au plus par personne"), max_digits=8, decimal_places=2, null=True, blank=True
    )
    places = models.PositiveSmallIntegerField(_("personnes au plus"), null=True, blank=True)

    class Meta:
        verbose_name = _("action financée")
        verbose_name_plural = _("actions financées")
        ordering = ["-ends_on", "name", "pk"]
        constraints = [
            models.CheckConstraint(
                name="fundedaction_ends_after_it_starts", condition=Q(ends_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(name="fundedaction_has_hours", condition=Q(hours__gt=0)),
            models.CheckConstraint(
                name="fundedaction_hours_each_positive",
                condition=Q(hours_each__isnull=True) | Q(hours_each__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return self.name
