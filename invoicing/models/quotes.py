"""Quotes: drafts that change, then versions to accept, which never change again (INV-14)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, Self

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cae.core.fields import RateField
from cae.core.permanence import no_truncate
from cae.core.plain import PlainText
from invoicing.calculations.totals import PricedLine
from invoicing.models.documents import SaleDocument, SaleLine, SaleTax
from invoicing.models.joint import in_shared_sight
from invoicing.models.joint_triggers import shared_as_agreed
from invoicing.models.sight import in_sight
from invoicing.models.triggers import frozen_quote, option_of_line, part_of_draft
from invoicing.states.joint import Sharing
from invoicing.states.parts import MAX_RETENTION, Billing
from invoicing.states.sales import MAX_CHOICE, NUMBERED_QUOTES, QuoteState


class QuoteQuerySet(models.QuerySet["Quote"]):
    def visible_to(self, user: Any) -> Self:
        """Those of the activities in sight, and the joint ones in which they have a share."""
        return self.filter(in_sight(user) | in_shared_sight(user))

    def drafts(self) -> Self:
        return self.filter(state=QuoteState.DRAFT)

    def waiting_for_customer(self, on: date) -> Self:
        """Sent and still open to an answer."""
        return self.filter(state=QuoteState.SENT, valid_until__gte=on)


class Quote(SaleDocument):
    """A quote (devis). Numbered and frozen once approved; a new version is a new row of the same number."""

    state = models.CharField(_("état"), max_length=9, choices=QuoteState, default=QuoteState.DRAFT)
    number = models.CharField(_("numéro"), max_length=35, null=True, editable=False)
    revision = models.PositiveSmallIntegerField(_("version du devis"), default=1, editable=False)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="replaced_by", verbose_name=_("remplace")
    )
    approved_on = models.DateField(_("établi le"), null=True, editable=False, db_index=True)
    valid_until = models.DateField(_("valable jusqu’au"), null=True, blank=True)
    starts_on = models.DateField(_("début des travaux ou de la prestation"), null=True, blank=True)
    payment_days = models.PositiveSmallIntegerField(_("délai de paiement (jours)"), null=True, blank=True)
    billing = models.CharField(_("facturation"), max_length=11, choices=Billing, default=Billing.ONCE)
    # The draft of the first deposit is prepared when the customer accepts.
    deposit_at_once = models.BooleanField(_("acompte demandé dès l’accord"), default=False)
    # Nothing said: the usual rate of the cooperative; zero: none.
    retention_rate = RateField(_("retenue de garantie"), null=True, blank=True)
    sharing = models.CharField(_("répartition"), max_length=5, choices=Sharing, default=Sharing.NONE)
    content_sha256 = models.CharField(_("empreinte du contenu"), max_length=64, blank=True, editable=False)
    answered_on = models.DateField(_("réponse du client le"), null=True, editable=False)
    refusal_reason = models.TextField(_("motif du refus"), max_length=4000, blank=True, editable=False)
    pdf = models.OneToOneField(
        "core.Document", models.PROTECT, null=True, related_name="+", verbose_name=_("PDF archivé")
    )
    # The same pages with the acceptance printed on them, and the page of proof.
    signed_pdf = models.OneToOneField(
        "core.Document", models.PROTECT, null=True, related_name="+", verbose_name=_("PDF signé")
    )

    objects = QuoteQuerySet.as_manager()

    class Meta(SaleDocument.Meta):
        verbose_name = _("devis")
        verbose_name_plural = _("devis")
        ordering = [F("approved_on").desc(nulls_first=True), "-pk"]
        indexes = [
            models.Index(fields=["activity", "state", "approved_on"], name="quote_of_activity"),
            # The few that wait for the house: to finish, to check, to send.
            models.Index(
                fields=["state", "activity"],
                condition=Q(state__in=[QuoteState.DRAFT, QuoteState.SUBMITTED, QuoteState.APPROVED]),
                name="quote_waiting",
            ),
            # A part of the customer's order number, for the search everywhere.
            GinIndex(OpClass(PlainText("order_reference"), name="gin_trgm_ops"), name="quote_ordered"),
        ]
        constraints = [
            *SaleDocument.Meta.constraints,
            models.CheckConstraint(name="quote_billing_known", condition=Q(billing__in=Billing.values)),
            # What was paid in the name of the customer is asked back whole, with its proof.
            models.CheckConstraint(
                name="quote_parts_disburse_nothing",
                condition=Q(billing=Billing.ONCE, sharing=Sharing.NONE) | Q(disbursed=0),
            ),
            models.CheckConstraint(name="quote_sharing_known", condition=Q(sharing__in=Sharing.values)),
            models.CheckConstraint(
                name="quote_retention_share",
                condition=Q(retention_rate__isnull=True)
                | Q(retention_rate__gte=0, retention_rate__lte=MAX_RETENTION),
            ),
            models.CheckConstraint(name="quote_state_known", condition=Q(state__in=QuoteState.values)),
            models.UniqueConstraint(
                name="quote_revision_once", fields=["number", "revision"], condition=Q(number__isnull=False)
            ),
            models.CheckConstraint(
                name="quote_numbered_once_approved",
                condition=Q(
                    state__in=NUMBERED_QUOTES,
                    number__isnull=False,
                    approved_on__isnull=False,
                    valid_until__isnull=False,
                    facts__isnull=False,
                    content_sha256__regex="^[0-9a-f]{64}$",
                )
                | (~Q(state__in=NUMBERED_QUOTES) & Q(approved_on__isnull=True, facts__isnull=True)),
            ),
            models.CheckConstraint(
                name="quote_valid_after_approval",
                condition=Q(approved_on__isnull=True) | Q(valid_until__gte=F("approved_on")),
            ),
            models.CheckConstraint(
                name="quote_answered_if_answer",
                condition=Q(state__in=[QuoteState.ACCEPTED, QuoteState.REFUSED], answered_on__isnull=False)
                | (~Q(state__in=[QuoteState.ACCEPTED, QuoteState.REFUSED]) & Q(answered_on__isnull=True)),
            ),
        ]
        triggers = [*frozen_quote(), shared_as_agreed(), no_truncate("quote")]

    def __str__(self) -> str:
        if self.number is None:
            return f"{self.get_state_display()} {self.pk}"
        return self.number if self.revision == 1 else f"{self.number} v{self.revision}"

    def get_absolute_url(self) -> str:
        return reverse("invoicing:quote_detail", args=[self.pk])

    @property
    def is_joint(self) -> bool:
        """Several activities make it together."""
        return self.sharing != Sharing.NONE

    @property
    def is_draft(self) -> bool:
        return self.state == QuoteState.DRAFT

    @property
    def is_submitted(self) -> bool:
        return self.state == QuoteState.SUBMITTED

    @property
    def is_frozen(self) -> bool:
        return self.state in NUMBERED_QUOTES

    def is_expired(self, on: date) -> bool:
        """The customer let the date pass without an answer."""
        return self.state == QuoteState.SENT and self.valid_until is not None and self.valid_until < on


class QuoteLine(SaleLine):
    """A line of a quote; what is optional counts in no total until the customer chooses it."""

    quote = models.ForeignKey(Quote, models.PROTECT, related_name="lines", verbose_name=_("devis"))
    # An option, or a line of a variant that is not the one proposed.
    optional = models.BooleanField(_("en option"), default=False)
    # On the line that opens a group: the choice of which this group is a variant (calculations/variants.py).
    choice = models.CharField(_("au choix"), max_length=MAX_CHOICE, blank=True)

    class Meta(SaleLine.Meta):
        verbose_name = _("ligne de devis")
        verbose_name_plural = _("lignes de devis")
        ordering = ["quote_id", "position"]
        constraints = [
            *SaleLine.Meta.constraints,
            models.UniqueConstraint(name="quoteline_position_once", fields=["quote", "position"]),
            models.CheckConstraint(
                name="quoteline_variant_titled", condition=Q(choice="") | ~Q(group_title="")
            ),
            models.UniqueConstraint(
                name="quoteline_one_proposed",
                fields=["quote", "choice"],
                condition=~Q(choice="") & Q(optional=False),
            ),
        ]
        triggers = [part_of_draft("quoteline", of="quote"), no_truncate("quoteline")]

    @property
    def variant_of(self) -> str:
        return self.choice

    @property
    def priced(self) -> PricedLine:
        return replace(super().priced, optional=self.optional)


class QuoteTax(SaleTax):
    quote = models.ForeignKey(Quote, models.PROTECT, related_name="taxes", verbose_name=_("devis"))

    class Meta(SaleTax.Meta):
        verbose_name = _("TVA d’un devis")
        verbose_name_plural = _("TVA des devis")
        ordering = ["quote_id", "-rate", "category"]
        constraints = [
            *SaleTax.Meta.constraints,
            models.UniqueConstraint(name="quotetax_group_once", fields=["quote", "category", "rate"]),
        ]
        triggers = [part_of_draft("quotetax", of="quote"), no_truncate("quotetax")]


class ChosenOption(models.Model):
    """An option that the customer took when accepting, or the variant of a choice: the line that opens it."""

    line = models.OneToOneField(QuoteLine, models.PROTECT, related_name="chosen", verbose_name=_("ligne"))
    # Those of the line, repeated so that the database refuses two variants of one choice.
    quote = models.ForeignKey(Quote, models.PROTECT, related_name="+", verbose_name=_("devis"))
    choice = models.CharField(_("au choix"), max_length=MAX_CHOICE, blank=True)

    class Meta:
        verbose_name = _("option choisie")
        verbose_name_plural = _("options choisies")
        constraints = [
            models.UniqueConstraint(
                name="chosenoption_one_variant", fields=["quote", "choice"], condition=~Q(choice="")
            ),
        ]
        triggers = [option_of_line()]

    def __str__(self) -> str:
        return str(self.line)
