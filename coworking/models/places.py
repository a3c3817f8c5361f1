"""A place: where it is, when it opens, by what right it is used (COW-01, 02, 04, 05)."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.fields import MoneyField
from cae.core.plain import plain_column
from coworking.states.places import PLACE_SHAPES, PlaceHold, PlaceKind, PlaceState, ZoneKind
from people.models.addresses import Address
from people.models.periods import Dated, DatedQuerySet, DateSpan, coherent_dates


class PlaceQuerySet(models.QuerySet["Place"]):
    def open(self) -> PlaceQuerySet:
        return self.filter(state=PlaceState.OPEN)

    def public(self) -> PlaceQuerySet:
        """Those that anybody may see."""
        return self.open().filter(is_public=True)


class Place(Address):
    """A space where people come to work, learn or meet."""

    name = models.CharField(_("nom"), max_length=80)
    slug = models.SlugField(_("adresse de la page"), max_length=80, unique=True)
    kind = models.CharField(_("nature"), max_length=14, choices=PlaceKind, default=PlaceKind.COWORKING)
    zone = models.CharField(_("zone"), max_length=10, choices=ZoneKind)
    hold = models.CharField(_("tenue"), max_length=8, choices=PlaceHold, default=PlaceHold.OWN)
    scope = models.OneToOneField(
        "people.Scope", models.PROTECT, related_name="place", verbose_name=_("périmètre")
    )
    # What sells its plans, its hours and its rooms; a place that sells nothing has none.
    activity = models.OneToOneField(
        "entrepreneurs.Activity",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="place",
        verbose_name=_("activité qui facture"),
    )
    host = models.ForeignKey(
        "people.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="hosted_places",
        verbose_name=_("organisme d’accueil"),
    )
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )
    email = models.EmailField(_("adresse e-mail"), max_length=254, blank=True)
    phone = models.CharField(_("téléphone"), max_length=30, blank=True)
    summary = models.CharField(_("en une phrase"), max_length=200, blank=True)
    presentation = models.TextField(_("présentation"), max_length=4000, blank=True)
    access = models.TextField(_("venir"), max_length=2000, blank=True)
    charter = models.TextField(_("règles du lieu"), max_length=8000, blank=True)
    area = models.DecimalField(_("surface (m²)"), max_digits=7, decimal_places=1, null=True, blank=True)
    is_public = models.BooleanField(_("a une page publique"), default=True)
    # Prefectural agreement: without it no plan says that a firm has its seat there (C. com. L123-11-3).
    seat_agreement = models.CharField(_("agrément de domiciliation"), max_length=60, blank=True)
    # Days after which the names of visitors are erased.
    visitor_days = models.PositiveSmallIntegerField(
        _("visiteurs effacés après (jours)"), default=30, validators=[MaxValueValidator(365)]
    )
    opened_on = models.DateField(_("ouvert le"), null=True, blank=True)
    closed_on = models.DateField(_("fermé le"), null=True, blank=True, editable=False)
    close_reason = models.CharField(_("motif de la fermeture"), max_length=300, blank=True)
    state = models.CharField(
        _("état"), max_length=6, choices=PlaceState, default=PlaceState.DRAFT, editable=False
    )
    state_since = models.DateTimeField(default=timezone.now, editable=False)
    # Of the QR code at the door, the tablet that greets, the screen on the wall; changed to withdraw them.
    door_key = models.CharField(max_length=40, editable=False, unique=True)
    kiosk_key = models.CharField(max_length=40, editable=False, unique=True)
    wall_key = models.CharField(max_length=40, editable=False, unique=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    sort_name = plain_column("name", max_length=80)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("lieu")
        verbose_name_plural = _("lieux")
        ordering = ["sort_name", "pk"]
        constraints = [
            models.CheckConstraint(name="place_kind_known", condition=Q(kind__in=PlaceKind.values)),
            models.CheckConstraint(name="place_zone_known", condition=Q(zone__in=ZoneKind.values)),
            models.CheckConstraint(name="place_hold_known", condition=Q(hold__in=PlaceHold.values)),
            models.CheckConstraint(name="place_state_known", condition=Q(state__in=PlaceState.values)),
            models.CheckConstraint(
                name="place_hosted_by_somebody", condition=Q(hold=PlaceHold.OWN) | Q(host__isnull=False)
            ),
            models.CheckConstraint(
                name="place_open_since_a_day",
                condition=Q(state=PlaceState.DRAFT) | Q(opened_on__isnull=False),
            ),
            models.CheckConstraint(
                name="place_closed_for_a_reason",
                condition=Q(state=PlaceState.CLOSED, closed_on__isnull=False) & ~Q(close_reason="")
                | ~Q(state=PlaceState.CLOSED) & Q(closed_on__isnull=True, close_reason=""),
            ),
        ]
        triggers = [pgtrigger.Protect(name="place_kept", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("coworking:place", args=[self.pk])

    @property
    def public_url(self) -> str:
        return reverse("coworking:public_place", args=[self.slug])

    @property
    def status(self) -> tuple[str, str, Any]:
        return (*PLACE_SHAPES[self.state], self.get_state_display())


class PlaceAgreement(Dated):
    """What binds us to the host of a place, or opens a partner’s place to us (COW-04, COW-05)."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="agreements", verbose_name=_("lieu"))
    organisation = models.ForeignKey(
        "people.Organisation", models.PROTECT, related_name="place_agreements", verbose_name=_("avec")
    )
    audience = models.CharField(_("qui peut venir"), max_length=300, blank=True)
    days_a_month = models.PositiveSmallIntegerField(_("jours compris par mois"), null=True, blank=True)
    price_excl_tax = MoneyField(_("prix mensuel HT"), null=True, blank=True)
    document = models.OneToOneField(
        "core.Document", models.PROTECT, null=True, related_name="+", verbose_name=_("convention")
    )
    note = models.TextField(_("remarques"), max_length=2000, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("convention d’accueil")
        verbose_name_plural = _("conventions d’accueil")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            coherent_dates("placeagreement_dates_coherent"),
            ExclusionConstraint(
                name="placeagreement_once_at_a_time",
                expressions=[
                    ("place", RangeOperators.EQUAL),
                    ("organisation", RangeOperators.EQUAL),
                    (DateSpan("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place} · {self.organisation}"


class PlacePhoto(models.Model):
    """A picture on the page of a place, with what it shows."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="photos", verbose_name=_("lieu"))
    document = models.OneToOneField(
        "core.Document", models.PROTECT, related_name="+", verbose_name=_("image")
    )
    text = models.CharField(
        _("ce que l’image montre"), max_length=200, help_text=_("Lu à voix haute à qui ne la voit pas.")
    )
    position = models.PositiveSmallIntegerField(_("ordre"), default=0)

    class Meta:
        verbose_name = _("photo d’un lieu")
        verbose_name_plural = _("photos d’un lieu")
        ordering = ["place", "position", "pk"]
        constraints = [models.CheckConstraint(name="photo_told", condition=~Q(text=""))]

    def __str__(self) -> str:
        return self.text
