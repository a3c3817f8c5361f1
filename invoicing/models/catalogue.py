"""What an activity sells, ready to be put on a line; an item without activity is shared by all (INV-06)."""

from __future__ import annotations

import uuid
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cae.core.fields import MoneyField
from cae.core.plain import PlainText, plain_column
from entrepreneurs.models import Activity
from entrepreneurs.states.trades import Unit
from invoicing.models.sight import in_sight
from invoicing.states.sales import SaleNature


class CatalogueQuerySet(models.QuerySet["CatalogueItem"]):
    def visible_to(self, user: Any) -> Self:
        seen = in_sight(user)
        # No condition sees everything: joined by « or » to another, it would ask for that one alone.
        return self.filter(seen | Q(activity__isnull=True)) if seen else self.all()

    def offered_to(self, activity: Activity) -> Self:
        """Its own items and the shared ones, archived left out."""
        own = Q(activity=activity) | Q(activity__isnull=True)
        return self.filter(own, archived_at__isnull=True).select_related("photo")


class CatalogueItem(models.Model):
    activity = models.ForeignKey(
        "entrepreneurs.Activity",
        models.PROTECT,
        null=True,
        related_name="catalogue_items",
        verbose_name=_("activité"),
    )
    reference = models.CharField(_("référence"), max_length=40, blank=True)
    category = models.CharField(_("famille"), max_length=80, blank=True)
    label = models.CharField(_("désignation"), max_length=250)
    description = models.TextField(_("description"), max_length=4000, blank=True)
    unit = models.CharField(_("unité"), max_length=3, choices=Unit, default=Unit.ONE)
    unit_price = models.DecimalField(_("prix unitaire"), max_digits=12, decimal_places=4)
    # A price announced to private persons is kept as announced; the line divides it by 1 + rate.
    price_includes_tax = models.BooleanField(_("prix TTC"), default=False)
    vat_code = models.SlugField(_("taux de TVA"), max_length=20)
    nature = models.CharField(
        _("nature de vente"), max_length=8, choices=SaleNature, default=SaleNature.SERVICES
    )
    photo = models.ForeignKey(
        "core.Document", models.PROTECT, null=True, related_name="+", verbose_name=_("photo")
    )
    cost = MoneyField(_("coût de revient"), null=True, blank=True)
    archived_at = models.DateTimeField(_("archivé le"), null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    # The page that made it: sent twice, it is one item.
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sort_label = plain_column("label", max_length=250)

    objects = CatalogueQuerySet.as_manager()

    class Meta:
        verbose_name = _("article du catalogue")
        verbose_name_plural = _("articles du catalogue")
        ordering = [PlainText(F("category")), "sort_label", "pk"]
        constraints = [
            models.CheckConstraint(name="catalogueitem_unit_known", condition=Q(unit__in=Unit.values)),
            models.CheckConstraint(
                name="catalogueitem_nature_known", condition=Q(nature__in=SaleNature.values)
            ),
            models.CheckConstraint(name="catalogueitem_named", condition=~Q(label="")),
            models.CheckConstraint(name="catalogueitem_price_positive", condition=Q(unit_price__gte=0)),
            models.CheckConstraint(
                name="catalogueitem_cost_positive", condition=Q(cost__isnull=True) | Q(cost__gte=0)
            ),
            models.UniqueConstraint(
                name="catalogueitem_reference_once",
                fields=["activity", "reference"],
                condition=~Q(reference=""),
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        return reverse("invoicing:catalogue_detail", args=[self.pk])

    @property
    def photo_address(self) -> str:
        return reverse("core:document", args=[self.photo_id]) if self.photo_id else ""

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None
