"""Somebody asks to join a place, from its public page: what they typed, until the team answers (COW-10)."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.fields import SirenField
from coworking.models.members import Member
from coworking.models.places import Place
from coworking.models.plans import Plan
from coworking.states.members import SIGNUP_SHAPES, SignUpState
from invoicing.states.sales import PaymentMode


class SignUp(models.Model):
    """A request to join: apart from the files of persons, so that what nobody accepts can be erased."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="signups", verbose_name=_("lieu"))
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="signups", verbose_name=_("formule"))
    # Asked by an account.
    person = models.ForeignKey(
        "people.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="place_signups",
        verbose_name=_("personne"),
    )
    first_name = models.CharField(_("prénom"), max_length=80)
    last_name = models.CharField(_("nom"), max_length=80)
    email = models.EmailField(_("adresse e-mail"), max_length=254)
    phone = models.CharField(_("téléphone"), max_length=20, blank=True)
    address_line = models.CharField(_("adresse"), max_length=200, blank=True)
    postcode = models.CharField(_("code postal"), max_length=12, blank=True)
    city = models.CharField(_("ville"), max_length=120, blank=True)
    organisation_name = models.CharField(_("organisme ou employeur"), max_length=160, blank=True)
    siren = SirenField(_("SIREN"), blank=True)
    trade = models.CharField(_("métier"), max_length=120, blank=True)
    starts_on = models.DateField(_("à partir du"))
    weekdays = ArrayField(
        models.PositiveSmallIntegerField(), default=list, blank=True, verbose_name=_("jours choisis")
    )
    payment = models.CharField(_("moyen de paiement"), max_length=14, choices=PaymentMode)
    message = models.TextField(_("message"), max_length=2000, blank=True)
    charter_at = models.DateTimeField(_("règles acceptées le"), null=True, editable=False)
    state = models.CharField(
        _("état"), max_length=8, choices=SignUpState, default=SignUpState.ASKED, editable=False
    )
    state_since = models.DateTimeField(default=timezone.now, editable=False)
    reason = models.CharField(_("motif"), max_length=300, blank=True)
    member = models.ForeignKey(
        Member, models.PROTECT, null=True, related_name="signups", verbose_name=_("coworker")
    )
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_at = models.DateTimeField(_("reçue le"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("demande d’adhésion à un lieu")
        verbose_name_plural = _("demandes d’adhésion à un lieu")
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(name="signup_state_known", condition=Q(state__in=SignUpState.values)),
            models.CheckConstraint(
                name="signup_accepted_as_a_member",
                condition=~Q(state=SignUpState.ACCEPTED) | Q(member__isnull=False),
            ),
            models.CheckConstraint(
                name="signup_refused_for_a_reason",
                condition=~Q(state=SignUpState.REFUSED) | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}"

    def get_absolute_url(self) -> str:
        return reverse("coworking:signup", args=[self.pk])

    @property
    def scope_id(self) -> int:
        return self.place.scope_id

    @property
    def status(self) -> tuple[str, str, Any]:
        return (*SIGNUP_SHAPES[self.state], self.get_state_display())
