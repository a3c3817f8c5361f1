"""A customer as one activity knows it; the firm behind it is one organisation for the whole cooperative
(INV-02)."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Left
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.fields import MoneyField, SirenField, SiretField
from cae.core.plain import plain_column
from invoicing.models.sight import in_sight
from invoicing.states.sales import CustomerKind, DocumentLanguage
from people.models.addresses import Address


class CustomerQuerySet(models.QuerySet["Customer"]):
    def visible_to(self, user: Any) -> CustomerQuerySet:
        return self.filter(in_sight(user))

    def active(self) -> CustomerQuerySet:
        return self.filter(archived_at__isnull=True)


class Customer(Address):
    activity = models.ForeignKey(
        "entrepreneurs.Activity", models.PROTECT, related_name="customers", verbose_name=_("activité")
    )
    organisation = models.ForeignKey(
        "people.Organisation",
        models.PROTECT,
        null=True,
        related_name="customers",
        verbose_name=_("organisme"),
    )
    kind = models.CharField(_("nature"), max_length=14, choices=CustomerKind, default=CustomerKind.FIRM)
    name = models.CharField(_("nom"), max_length=160)
    siren = SirenField(_("SIREN"), blank=True)
    siret = SiretField(_("SIRET"), blank=True)
    vat_number = models.CharField(_("n° de TVA intracommunautaire"), max_length=20, blank=True)
    contact_name = models.CharField(_("contact"), max_length=160, blank=True)
    email = models.EmailField(_("adresse e-mail"), max_length=254, blank=True)
    phone = models.CharField(_("téléphone"), max_length=30, blank=True)
    electronic_address = models.CharField(
        _("adresse de facturation électronique"),
        max_length=100,
        blank=True,
        help_text=_("Vide : le SIREN pour une entreprise, l’adresse e-mail pour un particulier."),
    )
    purchase_order_required = models.BooleanField(_("exige un numéro de commande"), default=False)
    # Public bodies on Chorus Pro: « service exécutant » (BT-10).
    service_code = models.CharField(_("service exécutant"), max_length=100, blank=True)
    language = models.CharField(
        _("langue des documents"), max_length=2, choices=DocumentLanguage, default=DocumentLanguage.FRENCH
    )
    # Nothing: the usual delay of the cooperative.
    payment_days = models.PositiveSmallIntegerField(
        _("délai de paiement (jours)"), null=True, blank=True, validators=[MaxValueValidator(60)]
    )
    payment_end_of_month = models.BooleanField(_("fin de mois"), default=False)
    delivery_address = models.TextField(
        _("adresse de livraison"),
        max_length=400,
        blank=True,
        help_text=_("Si elle diffère de l’adresse de facturation."),
    )
    note = models.TextField(_("note interne"), max_length=4000, blank=True)
    archived_at = models.DateTimeField(_("archivé le"), null=True, editable=False)
    # Beyond it, the check of a new document says so (INV-04); nothing: no limit.
    credit_limit = MoneyField(_("encours autorisé"), null=True, blank=True)
    # What the customer contests: nothing is asked of them until it is settled.
    disputed_on = models.DateField(_("en litige depuis le"), null=True, editable=False)
    dispute_reason = models.CharField(_("objet du litige"), max_length=250, blank=True, editable=False)
    # The record that answers for this one since they were found to be one customer (INV-02).
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="former_records",
        verbose_name=_("fusionné avec"),
    )
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(_("créé le"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("créé par")
    )

    sort_name = plain_column("name", max_length=160)

    objects = CustomerQuerySet.as_manager()

    class Meta:
        verbose_name = _("client")
        verbose_name_plural = _("clients")
        ordering = ["sort_name", "pk"]
        indexes = [
            # The first page of the list, however long it is.
            models.Index(fields=["sort_name", "id"], name="customer_in_order"),
            # Any part of a name, for the search everywhere.
            GinIndex(fields=["sort_name"], opclasses=["gin_trgm_ops"], name="customer_found"),
        ]
        constraints = [
            models.CheckConstraint(name="customer_kind_known", condition=Q(kind__in=CustomerKind.values)),
            models.CheckConstraint(name="customer_named", condition=~Q(name="")),
            models.UniqueConstraint(
                name="customer_one_per_siren", fields=["activity", "siren"], condition=~Q(siren="")
            ),
            # The SIREN of a professional customer is a compulsory mention (décret 2022-1299).
            models.CheckConstraint(
                name="customer_french_firm_has_siren",
                condition=~Q(siren="") | Q(kind=CustomerKind.PRIVATE_PERSON) | ~Q(country="FR"),
            ),
            models.CheckConstraint(
                name="customer_person_has_no_siren",
                condition=~Q(kind=CustomerKind.PRIVATE_PERSON) | Q(siren="", siret="", vat_number=""),
            ),
            models.CheckConstraint(
                name="customer_language_known", condition=Q(language__in=DocumentLanguage.values)
            ),
            models.CheckConstraint(
                name="customer_payment_days_legal",
                condition=Q(payment_days__isnull=True) | Q(payment_days__lte=60),
            ),
            models.CheckConstraint(
                name="customer_credit_limit_positive",
                condition=Q(credit_limit__isnull=True) | Q(credit_limit__gte=0),
            ),
            models.CheckConstraint(
                name="customer_dispute_says_why",
                condition=Q(disputed_on__isnull=True, dispute_reason="")
                | (Q(disputed_on__isnull=False) & ~Q(dispute_reason="")),
            ),
            models.CheckConstraint(
                name="customer_merged_is_archived",
                condition=Q(merged_into__isnull=True) | Q(archived_at__isnull=False),
            ),
            models.CheckConstraint(name="customer_not_its_own", condition=~Q(merged_into=F("pk"))),
            models.CheckConstraint(
                name="customer_siret_of_siren", condition=Q(siret="") | Q(siren=Left(F("siret"), 9))
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("invoicing:customer_detail", args=[self.pk])

    @property
    def is_private_person(self) -> bool:
        return self.kind == CustomerKind.PRIVATE_PERSON

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None


class CustomerContact(models.Model):
    """Somebody at the customer's: who receives quotes, who pays, who is called."""

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="contacts", verbose_name=_("client"))
    name = models.CharField(_("nom"), max_length=160)
    function = models.CharField(_("fonction"), max_length=120, blank=True)
    email = models.EmailField(_("adresse e-mail"), max_length=254, blank=True)
    phone = models.CharField(_("téléphone"), max_length=30, blank=True)

    class Meta:
        verbose_name = _("contact du client")
        verbose_name_plural = _("contacts des clients")
        ordering = ["name", "pk"]
        constraints = [models.CheckConstraint(name="customercontact_named", condition=~Q(name=""))]

    def __str__(self) -> str:
        return self.name
