"""Who comes to an event: registered with or without account, waiting, present or not (COW-30, 31, 41)."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Concat, Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.fields import MoneyField, SirenField
from cae.core.money import ZERO
from cae.core.plain import PlainText
from coworking.models.events import MOST_GUESTS, Event, EventField, EventOption, EventPart, EventPrice
from coworking.states.events import (
    ATTENDANCE_SHAPES,
    LIVE,
    REGISTRATION_SHAPES,
    SEATED,
    Attendance,
    NextStep,
    NotedHow,
    RegistrationState,
)


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def live(self) -> RegistrationQuerySet:
        """Those that stand or wait."""
        return self.filter(state__in=LIVE)

    def seated(self) -> RegistrationQuerySet:
        """Those whose places are taken."""
        return self.filter(state__in=SEATED)

    def waiting(self) -> RegistrationQuerySet:
        """Those who wait, the first first."""
        return self.filter(state=RegistrationState.WAITING).order_by("waits_since", "pk")


class Registration(models.Model):
    """Somebody comes to an event, with guests or not."""

    event = models.ForeignKey(
        Event, models.PROTECT, related_name="registrations", verbose_name=_("événement")
    )
    person = models.ForeignKey(
        "people.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="event_registrations",
        verbose_name=_("personne"),
    )
    first_name = models.CharField(_("prénom"), max_length=80)
    last_name = models.CharField(_("nom"), max_length=80)
    email = models.EmailField(_("adresse e-mail"), max_length=254)
    phone = models.CharField(_("téléphone"), max_length=20, blank=True)
    organisation = models.CharField(_("organisme"), max_length=160, blank=True)
    # Asked of whoever pays without a file of ours.
    address_line = models.CharField(_("adresse"), max_length=200, blank=True)
    postcode = models.CharField(_("code postal"), max_length=12, blank=True)
    city = models.CharField(_("ville"), max_length=120, blank=True)
    siren = SirenField(_("SIREN"), blank=True)
    guests = models.PositiveSmallIntegerField(
        _("accompagnant·es"), default=0, validators=[MaxValueValidator(MOST_GUESTS)]
    )
    price = models.ForeignKey(
        EventPrice,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="registrations",
        verbose_name=_("tarif"),
    )
    # Price and options as they were when one registered, guests included.
    amount = MoneyField(_("montant HT"), default=ZERO)
    charge = models.OneToOneField(
        "coworking.Charge",
        models.PROTECT,
        null=True,
        related_name="event_registration",
        verbose_name=_("dû"),
        editable=False,
    )
    diet = models.CharField(_("régime alimentaire"), max_length=200, blank=True)
    note = models.TextField(_("remarque"), max_length=1000, blank=True)
    # Seen by others who come, when one accepts (COW-34).
    shows_name = models.BooleanField(_("mon nom se voit parmi celles et ceux qui viennent"), default=False)
    offers = models.CharField(_("ce que je propose"), max_length=200, blank=True)
    needs = models.CharField(_("ce que je cherche"), max_length=200, blank=True)
    # Where one came from: the word that the address carried (« ?de=lettre »).
    source = models.SlugField(_("venu·e par"), max_length=40, blank=True)
    state = models.CharField(_("état"), max_length=10, choices=RegistrationState, editable=False)
    state_since = models.DateTimeField(default=timezone.now, editable=False)
    waits_since = models.DateTimeField(_("attend depuis"), null=True, editable=False)
    offered_until = models.DateTimeField(_("place proposée jusqu’au"), null=True, editable=False)
    created_at = models.DateTimeField(_("inscrite le"), default=timezone.now, editable=False)
    attendance = models.CharField(
        _("présence"), max_length=7, choices=Attendance, default=Attendance.UNKNOWN, editable=False
    )
    noted_how = models.CharField(_("notée"), max_length=7, choices=NotedHow, blank=True, editable=False)
    noted_at = models.DateTimeField(_("notée le"), null=True, editable=False)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("notée par")
    )
    # Of the code that one shows at the door.
    pass_key = models.CharField(max_length=40, editable=False, unique=True)
    next_step = models.CharField(_("suite"), max_length=9, choices=NextStep, blank=True)
    next_note = models.TextField(_("ce qui a été dit"), max_length=3000, blank=True)
    application = models.OneToOneField(
        "entrepreneurs.Application",
        models.SET_NULL,
        null=True,
        related_name="event_registration",
        verbose_name=_("candidature"),
    )
    reminded_at = models.DateTimeField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    sort_name = models.GeneratedField(
        expression=PlainText(Concat(F("last_name"), models.Value(" "), F("first_name"))),
        output_field=models.CharField(max_length=200),
        db_persist=True,
    )

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("inscription à un événement")
        verbose_name_plural = _("inscriptions à un événement")
        ordering = ["event", "sort_name", "pk"]
        indexes = [
            models.Index(fields=["event", "state"], name="registration_of_event"),
            GinIndex(fields=["sort_name"], opclasses=["gin_trgm_ops"], name="registration_found"),
        ]
        constraints = [
            models.CheckConstraint(
                name="registration_state_known", condition=Q(state__in=RegistrationState.values)
            ),
            models.CheckConstraint(
                name="registration_named", condition=~Q(first_name="") & ~Q(last_name="") & ~Q(email="")
            ),
            models.CheckConstraint(name="registration_guests", condition=Q(guests__lte=MOST_GUESTS)),
            models.CheckConstraint(name="registration_amount", condition=Q(amount__gte=0)),
            models.CheckConstraint(
                name="registration_offered_until",
                condition=Q(state=RegistrationState.OFFERED, offered_until__isnull=False)
                | ~Q(state=RegistrationState.OFFERED),
            ),
            models.CheckConstraint(
                name="registration_waits_since",
                condition=~Q(state=RegistrationState.WAITING) | Q(waits_since__isnull=False),
            ),
            models.CheckConstraint(
                name="registration_attendance_says_how",
                condition=Q(attendance=Attendance.UNKNOWN, noted_how="", noted_at__isnull=True)
                | Q(
                    attendance__in=(Attendance.PRESENT, Attendance.ABSENT, Attendance.EXCUSED),
                    noted_how__in=NotedHow.values,
                    noted_at__isnull=False,
                ),
            ),
            models.UniqueConstraint(
                "event", Lower("email"), condition=Q(state__in=LIVE), name="registration_once_an_address"
            ),
            models.UniqueConstraint(
                fields=["event", "person"], condition=Q(state__in=LIVE), name="registration_once_a_person"
            ),
        ]
        triggers = [
            # Counted under a lock of the event, whoever writes: the last place is given once.
            pgtrigger.Trigger(
                name="registration_has_a_seat",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("state", "guests", "event_id"),
                condition=pgtrigger.Q(new__state__in=SEATED),
                declare=[("most", "integer"), ("taken", "bigint")],
                func="""
                    SELECT capacity INTO most FROM coworking_event WHERE id = NEW.event_id FOR UPDATE;
                    IF most IS NULL THEN RETURN NEW; END IF;
                    SELECT COALESCE(SUM(1 + guests), 0) INTO taken FROM coworking_registration
                        WHERE event_id = NEW.event_id AND id IS DISTINCT FROM NEW.id
                        AND state IN ('registered', 'offered');
                    IF taken + 1 + NEW.guests > most THEN
                        RAISE EXCEPTION 'event_full' USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    def get_absolute_url(self) -> str:
        return reverse("coworking:registration", args=[self.pk])

    @property
    def team_url(self) -> str:
        """The page of the team about this person."""
        return reverse("coworking:event_guest", args=[self.pk])

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def seats(self) -> int:
        return 1 + self.guests

    @property
    def status(self) -> tuple[str, str, Any]:
        return (*REGISTRATION_SHAPES[self.state], self.get_state_display())

    @property
    def attendance_status(self) -> tuple[str, str, Any]:
        return (*ATTENDANCE_SHAPES[self.attendance], self.get_attendance_display())


class PartSeat(models.Model):
    """A part of the programme that one chose."""

    registration = models.ForeignKey(
        Registration, models.CASCADE, related_name="part_seats", verbose_name=_("inscription")
    )
    part = models.ForeignKey(EventPart, models.PROTECT, related_name="seats", verbose_name=_("partie"))

    class Meta:
        verbose_name = _("place dans une partie")
        verbose_name_plural = _("places dans une partie")
        ordering = ["part"]
        constraints = [models.UniqueConstraint(name="partseat_once", fields=["registration", "part"])]

    def __str__(self) -> str:
        return str(self.part)


class OptionTaken(models.Model):
    """A meal, a night that one asked for, at its price of that day."""

    registration = models.ForeignKey(
        Registration, models.CASCADE, related_name="options_taken", verbose_name=_("inscription")
    )
    option = models.ForeignKey(EventOption, models.PROTECT, related_name="taken", verbose_name=_("option"))
    quantity = models.PositiveSmallIntegerField(_("nombre"), default=1)
    amount = MoneyField(_("montant HT"), default=ZERO)

    class Meta:
        verbose_name = _("option retenue")
        verbose_name_plural = _("options retenues")
        ordering = ["option"]
        constraints = [
            models.UniqueConstraint(name="optiontaken_once", fields=["registration", "option"]),
            models.CheckConstraint(name="optiontaken_some", condition=Q(quantity__gte=1, amount__gte=0)),
        ]

    def __str__(self) -> str:
        return str(self.option)


class RegistrationAnswer(models.Model):
    """What one answered to a question of the form."""

    registration = models.ForeignKey(
        Registration, models.CASCADE, related_name="answers", verbose_name=_("inscription")
    )
    field = models.ForeignKey(EventField, models.PROTECT, related_name="answers", verbose_name=_("question"))
    text = models.TextField(_("réponse"), max_length=2000)

    class Meta:
        verbose_name = _("réponse d’inscription")
        verbose_name_plural = _("réponses d’inscription")
        ordering = ["field"]
        constraints = [
            models.UniqueConstraint(name="registrationanswer_once", fields=["registration", "field"])
        ]

    def __str__(self) -> str:
        return self.text


class Satisfaction(models.Model):
    """What somebody who came says of it after."""

    registration = models.OneToOneField(
        Registration, models.CASCADE, related_name="satisfaction", verbose_name=_("inscription")
    )
    mark = models.PositiveSmallIntegerField(_("note"))
    comes_again = models.BooleanField(_("reviendrait"), null=True, blank=True)
    text = models.TextField(_("commentaire"), max_length=2000, blank=True)
    said_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("bilan d’un événement")
        verbose_name_plural = _("bilans d’un événement")
        ordering = ["-said_at"]
        constraints = [
            models.CheckConstraint(name="satisfaction_mark", condition=Q(mark__gte=1, mark__lte=5))
        ]

    def __str__(self) -> str:
        return f"{self.mark} / 5"


class EventMailing(models.Model):
    """A mail that told a public of an event."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="mailings", verbose_name=_("événement"))
    audience = models.CharField(_("à"), max_length=13)
    subject = models.CharField(_("objet"), max_length=160)
    text = models.TextField(_("message"), max_length=4000)
    count = models.PositiveIntegerField(_("destinataires"))
    sent_at = models.DateTimeField(_("envoyé le"), default=timezone.now, editable=False)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("par")
    )

    class Meta:
        verbose_name = _("annonce d’un événement")
        verbose_name_plural = _("annonces d’un événement")
        ordering = ["-sent_at", "-pk"]

    def __str__(self) -> str:
        return self.subject
