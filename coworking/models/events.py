"""An event: its kind, where and when it is held, who may come, its programme, its prices (COW-27, 28, 33)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.fields import MoneyField
from coworking.calculations.rhythms import Rhythm
from coworking.models.places import Place
from coworking.models.resources import Resource
from coworking.states.events import EVENT_SHAPES, Audience, EventState, FieldKind, OptionKind
from people.models.addresses import Address

# Beyond, one rather organises two events.
MOST_GUESTS = 9
RHYTHMS = ((Rhythm.WEEKLY.value, _("Toutes les semaines")), (Rhythm.MONTHLY.value, _("Tous les mois")))


class EventKind(models.Model):
    """What an event of this kind asks, and how it begins: its length, its places, who may come."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("nom"), max_length=60, unique=True)
    is_light = models.BooleanField(_("inscription en un geste"), default=False)
    is_closed = models.BooleanField(_("réservé aux membres"), default=False)
    has_parts = models.BooleanField(_("programme en plusieurs parties"), default=False)
    is_paid = models.BooleanField(_("places payantes"), default=False)
    takes_questions = models.BooleanField(_("questions envoyées avant"), default=False)
    chooses_next_step = models.BooleanField(_("suite choisie pour chaque personne"), default=False)
    minutes = models.PositiveIntegerField(
        _("durée habituelle (minutes)"), default=120, validators=[MinValueValidator(15)]
    )
    capacity = models.PositiveSmallIntegerField(_("places habituelles"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(_("ordre"), default=0)
    is_active = models.BooleanField(_("proposé"), default=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("genre d’événement")
        verbose_name_plural = _("genres d’événement")
        ordering = ["position", "name"]
        constraints = [
            models.CheckConstraint(name="eventkind_named", condition=~Q(name="") & ~Q(code="")),
            models.CheckConstraint(name="eventkind_lasts", condition=Q(minutes__gte=15)),
        ]

    def __str__(self) -> str:
        return self.name


class EventSeries(models.Model):
    """The same event at a rhythm, at one hour of the clock whatever the season."""

    title = models.CharField(_("titre"), max_length=120)
    rhythm = models.CharField(_("rythme"), max_length=7, choices=RHYTHMS)
    every = models.PositiveSmallIntegerField(
        _("tous les"), default=1, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    starts_on = models.DateField(_("première date"))
    ends_on = models.DateField(_("dernière date"))
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("par")
    )

    class Meta:
        verbose_name = _("série d’événements")
        verbose_name_plural = _("séries d’événements")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(name="eventseries_dates", condition=Q(ends_on__gte=F("starts_on"))),
            models.CheckConstraint(name="eventseries_every", condition=Q(every__gte=1, every__lte=12)),
        ]

    def __str__(self) -> str:
        return self.title


class EventQuerySet(models.QuerySet["Event"]):
    def announced(self) -> EventQuerySet:
        """Those that were told to their public, cancelled ones too: whoever had noted one must read it."""
        return self.exclude(state=EventState.DRAFT).exclude(published_at=None)

    def public(self) -> EventQuerySet:
        """Those that anybody reads."""
        return self.announced().filter(audience=Audience.ANYBODY)

    def coming(self, now: datetime) -> EventQuerySet:
        return self.filter(ends_at__gt=now)


class Event(Address):
    """Something held in a place of ours or elsewhere, from an instant to another."""

    kind = models.ForeignKey(EventKind, models.PROTECT, related_name="events", verbose_name=_("genre"))
    series = models.ForeignKey(
        EventSeries, models.PROTECT, null=True, related_name="events", verbose_name=_("série")
    )
    # What was changed on this date alone: a later change of the series leaves it.
    is_apart = models.BooleanField(_("hors série"), default=False, editable=False)
    title = models.CharField(_("titre"), max_length=120)
    slug = models.SlugField(_("adresse de la page"), max_length=150, unique=True)
    summary = models.CharField(_("en une phrase"), max_length=200, blank=True)
    text = models.TextField(_("présentation"), max_length=8000, blank=True)
    speakers = models.TextField(_("avec"), max_length=2000, blank=True)
    language = models.CharField(_("langue"), max_length=5, choices=settings.LANGUAGES, default="fr")
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="events", verbose_name=_("lieu")
    )
    venue = models.CharField(_("ailleurs : nom du lieu"), max_length=120, blank=True)
    access = models.TextField(_("venir"), max_length=2000, blank=True)
    video_link = models.URLField(_("lien de visioconférence"), max_length=300, blank=True)
    territory = models.ForeignKey(
        "people.Territory",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="events",
        verbose_name=_("territoire"),
    )
    starts_at = models.DateTimeField(_("début"))
    ends_at = models.DateTimeField(_("fin"))
    audience = models.CharField(_("qui peut venir"), max_length=9, choices=Audience, default=Audience.ANYBODY)
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True)
    guests_most = models.PositiveSmallIntegerField(
        _("accompagnant·es par personne, au plus"), default=0, validators=[MaxValueValidator(MOST_GUESTS)]
    )
    registers_until = models.DateTimeField(_("inscriptions jusqu’au"), null=True, blank=True)
    has_waiting_list = models.BooleanField(_("liste d’attente"), default=True)
    offer_hours = models.PositiveSmallIntegerField(
        _("heures pour prendre une place libérée"),
        default=24,
        validators=[MinValueValidator(1), MaxValueValidator(240)],
    )
    asks_diet = models.BooleanField(_("demander le régime alimentaire"), default=False)
    shows_names = models.BooleanField(_("montrer qui vient, à qui l’accepte"), default=False)
    questions_until = models.DateTimeField(_("questions jusqu’au"), null=True, blank=True)
    contact_email = models.EmailField(_("adresse à qui écrire"), max_length=254, blank=True)
    state = models.CharField(
        _("état"), max_length=9, choices=EventState, default=EventState.DRAFT, editable=False
    )
    state_since = models.DateTimeField(default=timezone.now, editable=False)
    published_at = models.DateTimeField(_("publié le"), null=True, editable=False)
    cancel_reason = models.CharField(_("motif de l’annulation"), max_length=300, blank=True, editable=False)
    # Of the code that is shown at the door; changed to withdraw it.
    door_key = models.CharField(max_length=40, editable=False, unique=True)
    # Minutes around the event within which one signs in by oneself.
    sign_minutes = models.PositiveSmallIntegerField(
        _("pointage ouvert (minutes avant et après)"), default=60, validators=[MaxValueValidator(24 * 60)]
    )
    thanked_at = models.DateTimeField(editable=False, null=True)
    # How often it moved (RFC 5545, SEQUENCE).
    revision = models.PositiveIntegerField(default=0, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("par")
    )

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("événement")
        verbose_name_plural = _("événements")
        ordering = ["-starts_at", "-pk"]
        indexes = [models.Index(fields=["starts_at"], name="event_starts")]
        constraints = [
            models.CheckConstraint(name="event_ends_later", condition=Q(ends_at__gt=F("starts_at"))),
            models.CheckConstraint(name="event_state_known", condition=Q(state__in=EventState.values)),
            models.CheckConstraint(name="event_audience_known", condition=Q(audience__in=Audience.values)),
            models.CheckConstraint(name="event_titled", condition=~Q(title="") & ~Q(slug="")),
            models.CheckConstraint(
                name="event_of_a_territory",
                condition=~Q(audience=Audience.TERRITORY) | Q(territory__isnull=False),
            ),
            models.CheckConstraint(name="event_guests", condition=Q(guests_most__lte=MOST_GUESTS)),
            models.CheckConstraint(
                name="event_capacity", condition=Q(capacity__isnull=True) | Q(capacity__gte=1)
            ),
            models.CheckConstraint(
                name="event_published_once",
                condition=Q(state__in=(EventState.DRAFT, EventState.CANCELLED))
                | Q(published_at__isnull=False),
            ),
            models.CheckConstraint(
                name="event_cancelled_for_a_reason",
                condition=Q(state=EventState.CANCELLED) & ~Q(cancel_reason="")
                | ~Q(state=EventState.CANCELLED) & Q(cancel_reason=""),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="event_kept", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="event_keeps_its_seats",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("capacity"),
                declare=[("taken", "bigint")],
                func="""
                    IF NEW.capacity IS NULL THEN RETURN NEW; END IF;
                    SELECT COALESCE(SUM(1 + guests), 0) INTO taken FROM coworking_registration
                        WHERE event_id = NEW.id AND state IN ('registered', 'offered');
                    IF taken > NEW.capacity THEN
                        RAISE EXCEPTION 'event_full' USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("coworking:event", args=[self.pk])

    @property
    def public_url(self) -> str:
        return reverse("coworking:agenda_event", args=[self.slug])

    @property
    def status(self) -> tuple[str, str, Any]:
        return (*EVENT_SHAPES[self.state], self.get_state_display())

    @property
    def scope_id(self) -> int | None:
        """The place owns what is held there."""
        return self.place.scope_id if self.place is not None else None

    @property
    def where(self) -> str:
        """The name of the place, in a word."""
        if self.place is not None:
            return self.place.name
        return self.venue or (str(_("En visioconférence")) if self.video_link else self.city)

    @property
    def where_lines(self) -> Iterable[str]:
        """Its whole address."""
        if self.place is not None:
            return [self.place.name, *self.place.address_lines]
        return [self.venue, *self.address_lines] if self.venue else self.address_lines


class EventPart(models.Model):
    """A part of the programme, beside others or not: its room and places."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="parts", verbose_name=_("événement"))
    title = models.CharField(_("titre"), max_length=120)
    text = models.TextField(_("présentation"), max_length=2000, blank=True)
    speakers = models.CharField(_("avec"), max_length=300, blank=True)
    room = models.ForeignKey(
        Resource, models.PROTECT, null=True, blank=True, related_name="parts", verbose_name=_("salle")
    )
    room_name = models.CharField(_("salle, ailleurs"), max_length=80, blank=True)
    starts_at = models.DateTimeField(_("début"))
    ends_at = models.DateTimeField(_("fin"))
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True)
    # A workshop: for whom, led by whom, what it came to (COW-38).
    territory = models.ForeignKey(
        "people.Territory",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="workshops",
        verbose_name=_("territoire"),
    )
    facilitator = models.ForeignKey(
        "people.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="workshops_led",
        verbose_name=_("animé par"),
    )
    results = models.TextField(_("résultats"), max_length=8000, blank=True)
    results_at = models.DateTimeField(_("écrits le"), null=True, editable=False)
    results_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("par")
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("partie d’un événement")
        verbose_name_plural = _("parties d’un événement")
        ordering = ["event", "starts_at", "pk"]
        constraints = [
            models.CheckConstraint(name="eventpart_ends_later", condition=Q(ends_at__gt=F("starts_at"))),
            models.CheckConstraint(name="eventpart_titled", condition=~Q(title="")),
            models.CheckConstraint(
                name="eventpart_results_dated", condition=Q(results="") | Q(results_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def said(self) -> str:
        """Where, for which territory, by whom."""
        return " · ".join(filter(None, (self.where, str(self.territory or ""), self.speakers)))

    @property
    def hours(self) -> tuple[datetime, datetime]:
        """Parts of the same hours stand side by side."""
        return self.starts_at, self.ends_at

    @property
    def where(self) -> str:
        return self.room.name if self.room is not None else self.room_name


class EventPrice(models.Model):
    """Price and quota of a public."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="prices", verbose_name=_("événement"))
    label = models.CharField(_("public"), max_length=80)
    amount = MoneyField(_("prix HT"))
    vat = models.CharField(_("TVA"), max_length=20, default="normal")
    quota = models.PositiveIntegerField(_("places à ce tarif"), null=True, blank=True)
    members_only = models.BooleanField(_("réservé aux membres"), default=False)

    class Meta:
        verbose_name = _("tarif d’un événement")
        verbose_name_plural = _("tarifs d’un événement")
        ordering = ["event", "-amount", "pk"]
        constraints = [
            models.CheckConstraint(name="eventprice_not_negative", condition=Q(amount__gte=0)),
            models.UniqueConstraint(name="eventprice_once", fields=["event", "label"]),
        ]

    def __str__(self) -> str:
        return self.label


class EventOption(models.Model):
    """A meal, a night, a shared ride: with its price and its places."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="options", verbose_name=_("événement"))
    kind = models.CharField(_("nature"), max_length=7, choices=OptionKind, default=OptionKind.MEAL)
    label = models.CharField(_("intitulé"), max_length=120)
    amount = MoneyField(_("prix HT"), default=0)
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True)

    class Meta:
        verbose_name = _("option d’un événement")
        verbose_name_plural = _("options d’un événement")
        ordering = ["event", "kind", "pk"]
        constraints = [
            models.CheckConstraint(name="eventoption_not_negative", condition=Q(amount__gte=0)),
            models.CheckConstraint(name="eventoption_kind_known", condition=Q(kind__in=OptionKind.values)),
            models.UniqueConstraint(name="eventoption_once", fields=["event", "label"]),
        ]

    def __str__(self) -> str:
        return self.label


class EventField(models.Model):
    """A question that the form of registration asks for this event."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="fields", verbose_name=_("événement"))
    label = models.CharField(_("question"), max_length=160)
    kind = models.CharField(_("réponse"), max_length=6, choices=FieldKind, default=FieldKind.TEXT)
    choices = ArrayField(
        models.CharField(max_length=80), verbose_name=_("choix proposés"), default=list, blank=True
    )
    is_required = models.BooleanField(_("obligatoire"), default=False)
    position = models.PositiveSmallIntegerField(_("ordre"), default=0)

    class Meta:
        verbose_name = _("question d’inscription")
        verbose_name_plural = _("questions d’inscription")
        ordering = ["event", "position", "pk"]
        constraints = [
            models.CheckConstraint(name="eventfield_kind_known", condition=Q(kind__in=FieldKind.values)),
            models.CheckConstraint(
                name="eventfield_offers_choices",
                condition=~Q(kind=FieldKind.CHOICE) | Q(choices__len__gte=2),
            ),
            models.UniqueConstraint(name="eventfield_once", fields=["event", "label"]),
        ]

    def __str__(self) -> str:
        return self.label
