"""An activity: a trade exercised inside the cooperative, by one person or several, under its own name."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator, URLValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.plain import plain_column
from entrepreneurs.states.activities import ActivityKind
from people.selectors import held_kinds, scopes_followed_by, scopes_of
from people.states import RoleKind

# The functions that read activities, as far as their role reaches.
READER_KINDS: tuple[str, ...] = (
    RoleKind.ADVISOR,
    RoleKind.ACCOUNTANT,
    RoleKind.HUMAN_RESOURCES,
    RoleKind.CO_MANAGER,
    RoleKind.ADMINISTRATOR,
    RoleKind.AUDITOR,
)


def scopes_in_sight(user: Any, *, on: date | None = None) -> frozenset[int] | None:
    """Gives the scopes whose activities this person owns, follows or sees by function; None for all."""
    on = on or timezone.localdate()
    seen = scopes_of(user, on)
    for kind in held_kinds(user, on).intersection(READER_KINDS):
        followed = scopes_followed_by(user, on, kind=kind)
        if followed is None:
            return None
        seen |= followed
    return seen


class ActivityQuerySet(models.QuerySet["Activity"]):
    """Questions about activities."""

    def visible_to(self, user: Any, *, on: date | None = None) -> ActivityQuerySet:
        """Gives the activities that this person owns, follows, or sees by function."""
        seen = scopes_in_sight(user, on=on)
        return self.all() if seen is None else self.filter(scope_id__among=seen)

    def owned_by(self, user: Any, *, on: date | None = None) -> ActivityQuerySet:
        """Gives the activities this person exercises on a date."""
        return self.filter(scope_id__among=scopes_of(user, on or timezone.localdate()))

    def open_on(self, day: date) -> ActivityQuerySet:
        return self.filter(opened_on__lte=day).exclude(closed_on__lt=day)


class Activity(models.Model):
    """One activity; its people are those of its scope (`people.PersonScope`)."""

    name = models.CharField(_("nom commercial"), max_length=80)
    kind = models.CharField(_("sorte"), max_length=10, choices=ActivityKind, default=ActivityKind.INDIVIDUAL)
    trade = models.ForeignKey(
        "entrepreneurs.Trade", models.PROTECT, related_name="activities", verbose_name=_("métier")
    )
    # As the activity says it of itself; the trade says the rules.
    trade_label = models.CharField(
        _("métier, dans vos mots"), max_length=80, help_text=_("« Photographe de chantiers ».")
    )
    description = models.TextField(_("présentation"), max_length=2000, blank=True)
    links = ArrayField(
        models.URLField(validators=[URLValidator(schemes=["http", "https"])]),
        verbose_name=_("liens"),
        default=list,
        blank=True,
    )
    # Short and lasting: it names the analytic account and the suffix of the e-invoice address.
    code = models.CharField(
        _("code"),
        max_length=12,
        unique=True,
        validators=[RegexValidator(r"^[A-Z0-9]+$", _("Lettres capitales et chiffres seulement."))],
        help_text=_("Court et définitif : lettres capitales et chiffres, par exemple LENOIR."),
    )
    scope = models.OneToOneField(
        "people.Scope", models.PROTECT, related_name="activity", verbose_name=_("périmètre")
    )
    email = models.EmailField(_("adresse e-mail"))
    phone = models.CharField(_("téléphone"), max_length=30, blank=True)
    opened_on = models.DateField(_("ouverte le"))
    closed_on = models.DateField(_("fermée le"), null=True, blank=True)
    close_reason = models.CharField(_("motif de la fermeture"), max_length=300, blank=True)
    # A collective that says so is asked to be joined (ENT-45).
    is_open_to_join = models.BooleanField(_("ouverte à de nouveaux membres"), default=False)
    sort_name = plain_column("name", max_length=80)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("activité")
        verbose_name_plural = _("activités")
        ordering = ["sort_name", "pk"]
        constraints = [
            models.CheckConstraint(
                name="activity_code_plain", condition=models.Q(code__regex=r"^[A-Z0-9]{1,12}$")
            ),
            models.CheckConstraint(
                name="activity_kind_known", condition=models.Q(kind__in=ActivityKind.values)
            ),
            models.CheckConstraint(
                name="activity_joined_is_collective",
                condition=models.Q(is_open_to_join=False) | models.Q(kind=ActivityKind.COLLECTIVE),
            ),
            models.CheckConstraint(
                name="activity_closed_for_a_reason",
                condition=models.Q(closed_on__isnull=True) | ~models.Q(close_reason=""),
            ),
            models.CheckConstraint(
                name="activity_closed_after_opened",
                condition=models.Q(closed_on__isnull=True) | models.Q(closed_on__gte=models.F("opened_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("entrepreneurs:activity_detail", args=[self.pk])

    @property
    def join_url(self) -> str:
        return reverse("entrepreneurs:join_ask", args=[self.pk])

    @property
    def trade_name(self) -> str:
        """What is printed and listed, without reading the trade."""
        return self.trade_label

    @property
    def is_collective(self) -> bool:
        return self.kind == ActivityKind.COLLECTIVE
