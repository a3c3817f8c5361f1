"""An application: what a candidate says of themselves and of their project, from a draft to an answer."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.fields import MoneyField
from cae.core.permanence import append_only
from cae.core.plain import PlainText
from entrepreneurs.states.applications import ApplicationState, Door
from people.selectors import held_kinds, scopes_followed_by
from people.selectors.rights import territories_followed_by
from people.states import RoleKind

MAX_STORY = 3000
# The functions that read applications, as far as their role reaches.
WELCOME_KINDS: tuple[str, ...] = (
    RoleKind.ADVISOR,
    RoleKind.HUMAN_RESOURCES,
    RoleKind.CO_MANAGER,
    RoleKind.ADMINISTRATOR,
)


class Charter(models.Model):
    """One version of the values charter, as signed by those who apply (ENT-04)."""

    number = models.PositiveIntegerField(_("version"), unique=True)
    text = models.TextField(_("texte"))
    sha256 = models.CharField(_("empreinte"), max_length=64)
    valid_from = models.DateField(_("à partir du"))
    reason = models.CharField(_("motif"), max_length=250)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("par")
    )
    created_at = models.DateTimeField(_("écrite le"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("charte des valeurs")
        verbose_name_plural = _("chartes des valeurs")
        ordering = ["-valid_from", "-number"]
        constraints = [
            models.CheckConstraint(
                name="charter_says_something",
                condition=~Q(text="") & Q(sha256__regex="^[0-9a-f]{64}$"),
            ),
        ]
        triggers = append_only("charter")

    def __str__(self) -> str:
        return str(_("Charte, version %(number)d") % {"number": self.number})


class ApplicationQuerySet(models.QuerySet["Application"]):
    def visible_to(self, user: Any, *, on: date | None = None) -> Self:
        """Gives what was sent, within reach of the roles that welcome: the whole cooperative, a territory, or
        the files that one follows. A draft is its candidate's alone."""
        day, sent = on or timezone.localdate(), self.exclude(state=ApplicationState.DRAFT)
        seen = Q(pk__in=[])
        for kind in held_kinds(user, day).intersection(WELCOME_KINDS):
            if scopes_followed_by(user, day, kind=kind) is None:
                return sent
            territories = territories_followed_by(user, day, kind=kind)
            seen |= Q(territory__in=territories) | Q(advisor=user.person_id)
        return sent.filter(seen)

    def own_of(self, user: Any) -> Self:
        """Gives those of the person who holds the account."""
        person = getattr(user, "person_id", None)
        return self.filter(person=person) if person else self.none()


class Application(models.Model):
    """One candidature. Until it is sent all but the door and the address may be missing."""

    door = models.CharField(_("porte d’entrée"), max_length=10, choices=Door)
    state = models.CharField(
        _("état"), max_length=10, choices=ApplicationState, default=ApplicationState.DRAFT
    )
    state_since = models.DateTimeField(_("dans cet état depuis"), default=timezone.now, editable=False)
    # Told to the candidate when it is sent; nothing before.
    reference = models.CharField(_("référence"), max_length=20, blank=True, editable=False)
    person = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, related_name="applications", verbose_name=_("personne")
    )
    advisor = models.ForeignKey(
        "people.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="applications_followed",
        verbose_name=_("suivie par"),
    )

    # You.
    first_name = models.CharField(_("prénom"), max_length=80, blank=True)
    last_name = models.CharField(_("nom"), max_length=80, blank=True)
    email = models.EmailField(_("adresse e-mail"), max_length=254)
    phone = models.CharField(_("téléphone"), max_length=20, blank=True)
    postcode = models.CharField(_("code postal"), max_length=10, blank=True)
    city = models.CharField(_("commune"), max_length=80, blank=True)
    entry_status = models.CharField(_("situation"), max_length=40, blank=True)
    referral = models.CharField(_("connue par"), max_length=40, blank=True)
    prescriber = models.ForeignKey(
        "people.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organisme qui oriente"),
    )
    prescriber_name = models.CharField(_("qui vous oriente"), max_length=160, blank=True)
    # What is ticked while writing; once sent, the consent of the person says it (people.Consent).
    tells_prescriber = models.BooleanField(_("le tenir au courant"), default=False)

    # Your project.
    trade = models.ForeignKey(
        "entrepreneurs.Trade",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="applications",
        verbose_name=_("métier de la liste"),
    )
    trade_text = models.CharField(_("métier"), max_length=120, blank=True)
    project_name = models.CharField(_("nom du projet"), max_length=120, blank=True)
    summary = models.TextField(_("le projet en quelques mots"), max_length=MAX_STORY, blank=True)
    customers = models.TextField(_("pour qui"), max_length=MAX_STORY, blank=True)
    progress = models.TextField(_("où en est le projet"), max_length=MAX_STORY, blank=True)

    # Your skills.
    career = models.TextField(_("parcours"), max_length=MAX_STORY, blank=True)
    skills = models.TextField(_("compétences"), max_length=MAX_STORY, blank=True)
    training = models.TextField(_("diplômes et formations"), max_length=MAX_STORY, blank=True)

    # An activity already tested (ENT-02).
    is_tested = models.BooleanField(_("activité déjà testée"), null=True, blank=True)
    tested_as = models.CharField(_("dans quel cadre"), max_length=40, blank=True)
    tested_from = models.DateField(_("testée depuis le"), null=True, blank=True)
    tested_until = models.DateField(_("testée jusqu’au"), null=True, blank=True)
    sales_12_months = MoneyField(_("ventes des 12 derniers mois, HT"), null=True, blank=True)
    # Asked when the criterion of entry looks at the margin (ENT-10).
    costs_12_months = MoneyField(_("dépenses des 12 derniers mois, HT"), null=True, blank=True)
    weekly_hours = models.PositiveSmallIntegerField(
        _("heures par semaine"), null=True, blank=True, validators=[MaxValueValidator(80)]
    )
    is_time_chosen = models.BooleanField(_("temps de travail choisi"), null=True, blank=True)

    # What it means to you.
    motivation = models.TextField(_("pourquoi une coopérative"), max_length=MAX_STORY, blank=True)
    relation_to_work = models.TextField(_("rapport au travail"), max_length=MAX_STORY, blank=True)
    charter = models.ForeignKey(
        Charter, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("charte")
    )
    # Typed while drafting; it signs when the application is sent, so that a draft leaves no signature behind.
    charter_typed = models.CharField(_("signature de la charte"), max_length=120, blank=True)
    charter_signature = models.OneToOneField(
        "core.Signature", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("signature")
    )

    # Territory and collective.
    territory = models.ForeignKey(
        "people.Territory",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="applications",
        verbose_name=_("territoire"),
    )
    area = models.CharField(_("où vous travailleriez"), max_length=200, blank=True)
    collective = models.ForeignKey(
        "entrepreneurs.Activity",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="applications",
        verbose_name=_("collectif visé"),
    )
    collective_name = models.CharField(_("nom du collectif"), max_length=120, blank=True)
    collective_part = models.TextField(_("place dans le collectif"), max_length=MAX_STORY, blank=True)

    # Documents.
    sends_papers_later = models.BooleanField(_("documents envoyés plus tard"), default=False)

    consent_at = models.DateTimeField(_("accord donné le"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("commencée le"), default=timezone.now, editable=False)
    changed_at = models.DateTimeField(_("modifiée le"), default=timezone.now, editable=False)
    sent_at = models.DateTimeField(_("envoyée le"), null=True, blank=True, editable=False)
    withdrawn_reason = models.CharField(_("motif du retrait"), max_length=250, blank=True)
    # Two years after the last contact; a draft that is left, a few months (settings).
    last_contact_on = models.DateField(_("dernier contact"), default=timezone.localdate)
    retention_until = models.DateField(_("conservée jusqu’au"))
    sort_name = models.GeneratedField(
        expression=PlainText(
            models.functions.Concat(F("last_name"), models.Value(" "), F("first_name")),
        ),
        output_field=models.CharField(max_length=200),
        db_persist=True,
    )

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("candidature")
        verbose_name_plural = _("candidatures")
        ordering = ["-sent_at", "-pk"]
        indexes = [
            models.Index(fields=["state", "territory"], name="application_board"),
            models.Index(fields=["email"], name="application_email"),
            models.Index(fields=["sort_name"], name="application_sort_name"),
        ]
        constraints = [
            models.CheckConstraint(name="application_door_known", condition=Q(door__in=Door.values)),
            models.CheckConstraint(
                name="application_state_known", condition=Q(state__in=ApplicationState.values)
            ),
            # What is sent has a person, a number, a consent and somebody to answer; a draft has none of them.
            models.CheckConstraint(
                name="application_sent_is_whole",
                condition=Q(state=ApplicationState.DRAFT, sent_at__isnull=True, reference="")
                | Q(state=ApplicationState.WITHDRAWN, sent_at__isnull=True, reference="")
                | Q(sent_at__isnull=False, person__isnull=False, consent_at__isnull=False)
                & ~Q(state=ApplicationState.DRAFT)
                & ~Q(reference="")
                & ~Q(first_name="")
                & ~Q(last_name=""),
            ),
            models.UniqueConstraint(
                fields=["reference"], condition=~Q(reference=""), name="application_reference_once"
            ),
            # The same person has one application that waits for an answer.
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(state=ApplicationState.SUBMITTED),
                name="application_one_waits_per_person",
            ),
            models.CheckConstraint(
                name="application_tested_dates",
                condition=Q(tested_from__isnull=True)
                | Q(tested_until__isnull=True)
                | Q(tested_until__gte=F("tested_from")),
            ),
            models.CheckConstraint(
                name="application_sales_not_negative",
                condition=Q(sales_12_months__isnull=True) | Q(sales_12_months__gte=0),
            ),
            models.CheckConstraint(
                name="application_costs_not_negative",
                condition=Q(costs_12_months__isnull=True) | Q(costs_12_months__gte=0),
            ),
            models.CheckConstraint(
                name="application_charter_typed",
                condition=Q(charter__isnull=True, charter_typed="")
                | (Q(charter__isnull=False) & ~Q(charter_typed="")),
            ),
            models.CheckConstraint(
                name="application_charter_signed",
                condition=Q(charter__isnull=False, sent_at__isnull=False, charter_signature__isnull=False)
                | Q(charter_signature__isnull=True) & (Q(charter__isnull=True) | Q(sent_at__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        # The journal keeps this for ever: a draft, which is erased, names nobody.
        name = f"{self.reference} {self.full_name}"
        return name if self.reference else str(_("Brouillon %(number)d") % {"number": self.pk or 0})

    def get_absolute_url(self) -> str:
        return reverse("entrepreneurs:application", args=["moi"])

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def trade_label(self) -> str:
        """The trade of the list, or the words of the candidate."""
        return self.trade.name if self.trade is not None else self.trade_text

    @property
    def collective_label(self) -> str:
        """The collective that the candidate would join, recorded or only named."""
        return self.collective.name if self.collective is not None else self.collective_name
