"""The dated library of notices: what a document must say, and when (INV-27)."""

from __future__ import annotations

from datetime import date
from typing import Self

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cae.core.questions import Given
from invoicing.states.sales import MentionAudience, MentionNote, MentionPlace, SaleNature, VatCategory
from people.models.periods import DateSpan


class MentionQuerySet(models.QuerySet["Mention"]):
    def in_force(self, on: date | Given) -> Self:
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), valid_from__lte=on)


class Mention(models.Model):
    """One notice over a period. Each condition left empty holds always; a text that changes is a new row."""

    code = models.SlugField(_("code"), max_length=40)
    title = models.CharField(_("intitulé"), max_length=120)
    text = models.TextField(_("texte imprimé"), max_length=2000)
    source = models.CharField(_("source"), max_length=200, blank=True)
    place = models.CharField(_("documents"), max_length=8, choices=MentionPlace, default=MentionPlace.BOTH)
    trade = models.CharField(_("métier"), max_length=80, blank=True)
    nature = models.CharField(_("nature de vente"), max_length=8, choices=SaleNature, blank=True)
    vat_category = models.CharField(_("régime de TVA"), max_length=2, choices=VatCategory, blank=True)
    vat_code = models.SlugField(_("taux de TVA"), max_length=20, blank=True)
    audience = models.CharField(_("clients"), max_length=15, choices=MentionAudience, blank=True)
    # Only where the tax of services is due on debits (CGI art. 269-2 c).
    on_debits = models.BooleanField(_("TVA sur les débits seulement"), default=False)
    note = models.CharField(_("sujet"), max_length=3, choices=MentionNote, default=MentionNote.GENERAL)
    activity = models.ForeignKey(
        "entrepreneurs.Activity",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="mentions",
        verbose_name=_("activité"),
    )
    # Put by itself and kept by the checks; the others are offered in the editor.
    compulsory = models.BooleanField(_("obligatoire"), default=True)
    position = models.PositiveSmallIntegerField(_("rang"), default=100)
    valid_from = models.DateField(_("en vigueur depuis"))
    valid_to = models.DateField(_("jusqu’au"), null=True, blank=True)
    to_confirm = models.BooleanField(_("à confirmer"), default=False)

    objects = MentionQuerySet.as_manager()

    class Meta:
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        ordering = ["position", "code", "-valid_from"]
        constraints = [
            models.CheckConstraint(name="mention_place_known", condition=Q(place__in=MentionPlace.values)),
            models.CheckConstraint(name="mention_says_something", condition=~Q(text="")),
            models.CheckConstraint(
                name="mention_nature_known", condition=Q(nature="") | Q(nature__in=SaleNature.values)
            ),
            models.CheckConstraint(
                name="mention_category_known",
                condition=Q(vat_category="") | Q(vat_category__in=VatCategory.values),
            ),
            models.CheckConstraint(
                name="mention_audience_known",
                condition=Q(audience="") | Q(audience__in=MentionAudience.values),
            ),
            models.CheckConstraint(name="mention_note_known", condition=Q(note__in=MentionNote.values)),
            models.CheckConstraint(
                name="mention_period", condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from"))
            ),
            ExclusionConstraint(
                name="mention_one_text_at_a_date",
                expressions=[
                    ("code", RangeOperators.EQUAL),
                    (DateSpan("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="mention_frozen", exclude=["title", "valid_to", "to_confirm", "position"]
            ),
            pgtrigger.Protect(name="mention_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("invoicing:mention_detail", args=[self.pk])

    def is_in_force(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


class OwnMention(models.Model):
    """An optional notice that the author of a draft chose to print."""

    mention = models.ForeignKey(Mention, models.PROTECT, related_name="+", verbose_name=_("mention"))
    quote = models.ForeignKey(
        "invoicing.Quote", models.CASCADE, null=True, related_name="own_mentions", verbose_name=_("devis")
    )
    invoice = models.ForeignKey(
        "invoicing.Invoice", models.CASCADE, null=True, related_name="own_mentions", verbose_name=_("facture")
    )

    class Meta:
        verbose_name = _("mention choisie")
        verbose_name_plural = _("mentions choisies")
        constraints = [
            models.CheckConstraint(
                name="ownmention_one_document",
                condition=Q(quote__isnull=False, invoice__isnull=True)
                | Q(quote__isnull=True, invoice__isnull=False),
            ),
            models.UniqueConstraint(
                name="ownmention_once", fields=["mention", "quote", "invoice"], nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return str(self.mention)
