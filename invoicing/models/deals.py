"""A deal and what belongs to it: documents, purchases, expenses, files, papers asked (INV-10, INV-11)."""

from __future__ import annotations

import uuid
from typing import Any, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.permanence import append_only
from cae.core.plain import plain_column
from invoicing.models.sight import in_sight
from invoicing.states.deals import MAX_FOLDER, DealState, Moment

_MEMBERS = ("quote", "invoice", "purchase", "expense")


class DealKind(models.Model):
    """A kind of deal, which says what papers are asked (domain.md 5.3)."""

    code = models.SlugField(_("code"), max_length=30, unique=True)
    label = models.CharField(_("libellé"), max_length=80)
    archived_at = models.DateTimeField(_("archivé le"), null=True, editable=False)

    class Meta:
        verbose_name = _("genre d’affaire")
        verbose_name_plural = _("genres d’affaire")
        ordering = ["label"]
        constraints = [models.CheckConstraint(name="dealkind_named", condition=~Q(label=""))]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        return reverse("invoicing:deal_kind_detail", args=[self.pk])


class DealRequirement(models.Model):
    """A paper that a kind of deal asks before a moment."""

    kind = models.ForeignKey(
        DealKind, models.PROTECT, related_name="requirements", verbose_name=_("genre d’affaire")
    )
    label = models.CharField(_("pièce"), max_length=120)
    moment = models.CharField(_("moment"), max_length=7, choices=Moment)
    source = models.CharField(_("source"), max_length=120, blank=True)
    # A paper asked no longer: deals that have it keep it.
    archived_at = models.DateTimeField(_("archivée le"), null=True, editable=False)

    class Meta:
        verbose_name = _("pièce exigée")
        verbose_name_plural = _("pièces exigées")
        ordering = [
            Case(
                When(moment=Moment.QUOTE, then=0),
                When(moment=Moment.INVOICE, then=1),
                default=2,
                output_field=models.IntegerField(),
            ),
            "label",
        ]
        constraints = [
            models.CheckConstraint(
                name="dealrequirement_moment_known", condition=Q(moment__in=Moment.values)
            ),
            models.CheckConstraint(name="dealrequirement_named", condition=~Q(label="")),
            models.UniqueConstraint(
                name="dealrequirement_once",
                fields=["kind", "label", "moment"],
                condition=Q(archived_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.label


class DealQuerySet(models.QuerySet["Deal"]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(in_sight(user))

    def open(self) -> Self:
        return self.filter(state=DealState.OPEN)


class Deal(models.Model):
    """What an activity does for a customer, from the first offer to the closing."""

    activity = models.ForeignKey(
        "entrepreneurs.Activity", models.PROTECT, related_name="deals", verbose_name=_("activité")
    )
    customer = models.ForeignKey(
        "invoicing.Customer",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="deals",
        verbose_name=_("client"),
    )
    kind = models.ForeignKey(
        DealKind, models.PROTECT, related_name="deals", verbose_name=_("genre d’affaire")
    )
    number = models.CharField(_("numéro"), max_length=35, unique=True, editable=False)
    title = models.CharField(_("intitulé"), max_length=160)
    note = models.TextField(_("note interne"), max_length=4000, blank=True)
    state = models.CharField(_("état"), max_length=6, choices=DealState, default=DealState.OPEN)
    state_since = models.DateTimeField(_("dans cet état depuis"), default=timezone.now, editable=False)
    opened_on = models.DateField(_("ouverte le"))
    closed_on = models.DateField(_("close le"), null=True, editable=False)
    closing_reason = models.CharField(_("motif de la clôture"), max_length=250, blank=True)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(_("créée le"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("créée par")
    )

    sort_title = plain_column("title", max_length=160)

    objects = DealQuerySet.as_manager()

    class Meta:
        verbose_name = _("affaire")
        verbose_name_plural = _("affaires")
        ordering = ["-opened_on", "-pk"]
        indexes = [models.Index(fields=["activity", "state", "opened_on"], name="deal_of_activity")]
        constraints = [
            models.CheckConstraint(name="deal_state_known", condition=Q(state__in=DealState.values)),
            models.CheckConstraint(name="deal_titled", condition=~Q(title="")),
            models.CheckConstraint(
                name="deal_closed_on_a_day",
                condition=Q(state=DealState.CLOSED, closed_on__isnull=False, closed_on__gte=F("opened_on"))
                | Q(state=DealState.OPEN, closed_on__isnull=True, closing_reason=""),
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="deal_frozen", fields=["number", "activity", "created_at", "created_by"])
        ]

    def __str__(self) -> str:
        return f"{self.number} · {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("invoicing:deal_detail", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state == DealState.OPEN


class DealPiece(models.Model):
    """One quote, one invoice without quote, one purchase or one line of expense, in one deal."""

    deal = models.ForeignKey(Deal, models.CASCADE, related_name="pieces", verbose_name=_("affaire"))
    quote = models.OneToOneField(
        "invoicing.Quote", models.CASCADE, null=True, related_name="deal_piece", verbose_name=_("devis")
    )
    invoice = models.OneToOneField(
        "invoicing.Invoice", models.CASCADE, null=True, related_name="deal_piece", verbose_name=_("facture")
    )
    purchase = models.OneToOneField(
        "invoicing.Purchase",
        models.CASCADE,
        null=True,
        related_name="deal_piece",
        verbose_name=_("achat"),
    )
    expense = models.OneToOneField(
        "invoicing.ExpenseLine",
        models.CASCADE,
        null=True,
        related_name="deal_piece",
        verbose_name=_("ligne de frais"),
    )
    added_at = models.DateTimeField(_("rattachée le"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("pièce rattachée")
        verbose_name_plural = _("pièces rattachées")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="dealpiece_one_thing",
                condition=Q(
                    *(Q(**{f"{name}__isnull": name != one for name in _MEMBERS}) for one in _MEMBERS),
                    _connector=Q.OR,
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(self.quote or self.invoice or self.purchase or self.expense)


class DealFile(models.Model):
    """A file kept with a deal, in a folder; it may answer a paper that is asked."""

    deal = models.ForeignKey(Deal, models.PROTECT, related_name="files", verbose_name=_("affaire"))
    requirement = models.ForeignKey(
        DealRequirement,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="files",
        verbose_name=_("pièce exigée"),
    )
    document = models.OneToOneField(
        "core.Document", models.PROTECT, related_name="+", verbose_name=_("document")
    )
    label = models.CharField(_("intitulé"), max_length=120)
    folder = models.CharField(_("dossier"), max_length=MAX_FOLDER, blank=True)
    # Set aside rather than erased: the file itself keeps its own date.
    removed_at = models.DateTimeField(_("retiré le"), null=True, editable=False)
    added_at = models.DateTimeField(_("ajouté le"), default=timezone.now, editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("ajouté par")
    )

    class Meta:
        verbose_name = _("fichier d’une affaire")
        verbose_name_plural = _("fichiers des affaires")
        ordering = ["folder", "label", "pk"]
        constraints = [models.CheckConstraint(name="dealfile_named", condition=~Q(label=""))]

    def __str__(self) -> str:
        return self.label


class DealWaiver(models.Model):
    """The team let a deal go on without a paper: who, why; never erased."""

    deal = models.ForeignKey(Deal, models.PROTECT, related_name="waivers", verbose_name=_("affaire"))
    requirement = models.ForeignKey(
        DealRequirement, models.PROTECT, related_name="waivers", verbose_name=_("pièce exigée")
    )
    reason = models.CharField(_("motif"), max_length=500)
    given_at = models.DateTimeField(_("accordée le"), default=timezone.now, editable=False)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("accordée par")
    )

    class Meta:
        verbose_name = _("dérogation")
        verbose_name_plural = _("dérogations")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="dealwaiver_once", fields=["deal", "requirement"]),
            models.CheckConstraint(name="dealwaiver_says_why", condition=~Q(reason="")),
        ]
        triggers = append_only("dealwaiver", words=("reason",))

    def __str__(self) -> str:
        return f"{self.deal} · {self.requirement}"
