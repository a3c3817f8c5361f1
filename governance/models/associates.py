"""The associates: persons and legal persons, category and college by date, the right to vote (GOV-01)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.permanence import append_only
from cae.core.questions import Given
from governance.states.register import Category, LossCause, RightsEventKind
from people.models import Dated, DatedQuerySet, DateSpan, coherent_dates
from people.selectors.rights import held_kinds
from people.states import RoleKind

# They read the whole register; an associate reads their own line.
REGISTER_READERS: tuple[str, ...] = (
    RoleKind.CO_MANAGER,
    RoleKind.HUMAN_RESOURCES,
    RoleKind.ACCOUNTANT,
    RoleKind.COOPERATIVE_LIFE,
    RoleKind.ADMINISTRATOR,
    RoleKind.AUDITOR,
)


def reads_register(user: Any) -> bool:
    return not held_kinds(user).isdisjoint(REGISTER_READERS)


class College(models.Model):
    """A group of associates whose voices are counted together (Scic); its weight is in the rule set."""

    name = models.CharField(_("nom"), max_length=80, unique=True)
    rank = models.PositiveSmallIntegerField(_("ordre"), default=0)
    is_active = models.BooleanField(_("en service"), default=True)

    class Meta:
        verbose_name = _("collège")
        verbose_name_plural = _("collèges")
        ordering = ["rank", "name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("governance:college_edit", args=[self.pk])


class AssociateQuerySet(models.QuerySet["Associate"]):
    def visible_to(self, user: Any) -> AssociateQuerySet:
        """The whole register for those who keep or check it; else oneself and whom one represents today."""
        if reads_register(user):
            return self
        return self.acted_by(getattr(user, "person_id", None), timezone.localdate())

    def acted_by(self, person_id: int | Given | None, on: date | Given) -> AssociateQuerySet:
        """Those for whom this person acts on a day: oneself, and legal persons one represents."""
        if person_id is None:
            return self.none()
        represented = Representative.objects.in_force(on).filter(person=person_id).values("associate")
        return self.filter(Q(person=person_id) | Q(pk__in=represented))

    def on(self, day: Any) -> AssociateQuerySet:
        """Those who are associates on a day; the day of leaving is the first one outside."""
        return self.filter(Q(left_on__isnull=True) | Q(left_on__gt=day), admitted_on__lte=day)


class Associate(models.Model):
    """An associate: one member, one vote, whatever the capital (loi 47-1775 art. 1). Who leaves and comes
    back has another row."""

    person = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, related_name="associates", verbose_name=_("personne")
    )
    organisation = models.ForeignKey(
        "people.Organisation",
        models.PROTECT,
        null=True,
        related_name="associates",
        verbose_name=_("organisme"),
    )
    # Given at the first full payment of shares.
    number = models.PositiveIntegerField(_("numéro"), null=True, unique=True, editable=False)
    admitted_on = models.DateField(_("admis·e le"))
    # « AG du 12/06/2020, 4e résolution », « de plein droit, art. 14 des statuts ».
    admission_decision = models.CharField(_("décision d’admission"), max_length=200)
    # The first day outside.
    left_on = models.DateField(_("sorti·e le"), null=True, blank=True)
    loss_cause = models.CharField(_("cause de la sortie"), max_length=16, choices=LossCause, blank=True)
    loss_decision = models.CharField(_("décision de sortie"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(_("inscrit·e le"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("par")
    )

    objects = AssociateQuerySet.as_manager()

    class Meta:
        verbose_name = _("associé·e")
        verbose_name_plural = _("associé·es")
        ordering = [F("number").asc(nulls_last=True), "pk"]
        constraints = [
            models.CheckConstraint(
                name="associate_is_one_of_two",
                condition=Q(person__isnull=True, organisation__isnull=False)
                | Q(person__isnull=False, organisation__isnull=True),
            ),
            models.CheckConstraint(
                name="associate_left_says_why",
                condition=Q(left_on__isnull=True, loss_cause="")
                | Q(left_on__gte=F("admitted_on"), loss_cause__in=LossCause.values),
            ),
            models.UniqueConstraint(
                name="associate_person_once", fields=["person"], condition=Q(left_on__isnull=True)
            ),
            models.UniqueConstraint(
                name="associate_organisation_once",
                fields=["organisation"],
                condition=Q(left_on__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("governance:associate_detail", args=[self.pk])

    @property
    def name(self) -> str:
        """Reads the person or the organisation: lists join both."""
        return str(self.person if self.person_id else self.organisation)

    def is_associate_on(self, on: date) -> bool:
        return self.admitted_on <= on and (self.left_on is None or on < self.left_on)


class CategoryPeriod(Dated):
    """What an associate is for the limits of the law, and the college, from a day to a day."""

    associate = models.ForeignKey(
        Associate, models.PROTECT, related_name="categories", verbose_name=_("associé·e")
    )
    category = models.CharField(_("catégorie"), max_length=16, choices=Category)
    college = models.ForeignKey(
        College,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="periods",
        verbose_name=_("collège"),
    )
    reason = models.CharField(_("motif"), max_length=200)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("catégorie d’associé·e")
        verbose_name_plural = _("catégories d’associé·es")
        ordering = ["associate", "starts_on"]
        constraints = [
            models.CheckConstraint(name="category_known", condition=Q(category__in=Category.values)),
            coherent_dates("category_dates"),
            ExclusionConstraint(
                name="category_one_at_a_time",
                expressions=[
                    ("associate", RangeOperators.EQUAL),
                    (DateSpan("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return self.get_category_display()


class Representative(Dated):
    """The person who acts for a legal person, from a day to a day."""

    associate = models.ForeignKey(
        Associate, models.PROTECT, related_name="representatives", verbose_name=_("associé·e")
    )
    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="represents", verbose_name=_("personne")
    )
    function = models.CharField(_("fonction"), max_length=120, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("représentant·e")
        verbose_name_plural = _("représentant·es")
        ordering = ["associate", "-starts_on"]
        constraints = [
            coherent_dates("representative_dates"),
            ExclusionConstraint(
                name="representative_one_at_a_time",
                expressions=[
                    ("associate", RangeOperators.EQUAL),
                    (DateSpan("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)


class VotingRightEvent(models.Model):
    """A formal notice, a suspension of the right to vote, its return: dated facts that never change."""

    associate = models.ForeignKey(
        Associate, models.PROTECT, related_name="rights_events", verbose_name=_("associé·e")
    )
    kind = models.CharField(_("nature"), max_length=10, choices=RightsEventKind)
    at = models.DateTimeField(_("à partir de"))
    reason = models.CharField(_("motif"), max_length=300)
    subscription = models.ForeignKey(
        "governance.Subscription",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="rights_events",
        verbose_name=_("souscription en retard"),
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("par")
    )
    created_at = models.DateTimeField(_("noté le"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("fait sur le droit de vote")
        verbose_name_plural = _("faits sur le droit de vote")
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["associate", "at"], name="rights_event_at")]
        constraints = [
            models.CheckConstraint(name="rights_event_known", condition=Q(kind__in=RightsEventKind.values)),
        ]
        triggers = append_only("rights_event", words=("reason",))

    def __str__(self) -> str:
        return self.get_kind_display()


def suspended_at(at: datetime | Given) -> Q:
    """The condition, on associates, that the last event before an instant took the right to vote away."""
    last = (
        VotingRightEvent.objects.filter(associate=models.OuterRef("pk"), at__lte=at)
        .exclude(kind=RightsEventKind.NOTICE)
        .order_by("-at", "-pk")
        .values("kind")[:1]
    )
    return Q(
        pk__in=Associate.objects.annotate(last=models.Subquery(last))
        .filter(last=RightsEventKind.SUSPENSION)
        .values("pk")
    )
