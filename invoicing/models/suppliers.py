"""A supplier, one for the whole cooperative, and the bank details that two persons vouch for (INV-45)."""

from __future__ import annotations

import uuid
from decimal import Decimal

import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.fields import RateField, SirenField
from cae.core.permanence import no_truncate
from cae.core.plain import plain_column
from invoicing.states.purchases import BankSource, BankVerdict
from people.models.addresses import Address

_SHOWN = 4


class SupplierQuerySet(models.QuerySet["Supplier"]):
    def active(self) -> SupplierQuerySet:
        return self.filter(archived_at__isnull=True)

    def accepted(self) -> SupplierQuerySet:
        """Those that the accountant knows: the others are proposed by an activity."""
        return self.filter(accepted_at__isnull=False)


class Supplier(Address):
    """Whom the cooperative buys from; what it says here is proposed to each purchase, never imposed."""

    organisation = models.ForeignKey(
        "people.Organisation",
        models.PROTECT,
        null=True,
        related_name="suppliers",
        verbose_name=_("organisme"),
    )
    name = models.CharField(_("nom"), max_length=160)
    siren = SirenField(_("SIREN"), blank=True)
    vat_number = models.CharField(_("n° de TVA intracommunautaire"), max_length=20, blank=True)
    email = models.EmailField(_("adresse e-mail"), max_length=254, blank=True)
    phone = models.CharField(_("téléphone"), max_length=30, blank=True)
    # Nothing: thirty days, what the law says when nothing was agreed (C. com. L441-10).
    payment_days = models.PositiveSmallIntegerField(
        _("délai de paiement (jours)"), null=True, blank=True, validators=[MaxValueValidator(60)]
    )
    payment_end_of_month = models.BooleanField(_("fin de mois"), default=False)
    account = models.ForeignKey(
        "accounting.Account",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("compte de charge habituel"),
    )
    vat_rate = RateField(_("taux de TVA habituel"), default=Decimal("0.2000"))
    note = models.TextField(_("note interne"), max_length=4000, blank=True)
    accepted_at = models.DateTimeField(_("vérifié le"), null=True, editable=False)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("vérifié par")
    )
    archived_at = models.DateTimeField(_("archivé le"), null=True, editable=False)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(_("créé le"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("créé par")
    )

    sort_name = plain_column("name", max_length=160)

    objects = SupplierQuerySet.as_manager()

    class Meta:
        verbose_name = _("fournisseur")
        verbose_name_plural = _("fournisseurs")
        ordering = ["sort_name", "pk"]
        indexes = [
            models.Index(fields=["sort_name", "id"], name="supplier_in_order"),
            GinIndex(fields=["sort_name"], opclasses=["gin_trgm_ops"], name="supplier_found"),
        ]
        constraints = [
            models.CheckConstraint(name="supplier_named", condition=~Q(name="")),
            models.UniqueConstraint(name="supplier_one_per_siren", fields=["siren"], condition=~Q(siren="")),
            models.UniqueConstraint(
                name="supplier_one_per_vat_number", fields=["vat_number"], condition=~Q(vat_number="")
            ),
            models.CheckConstraint(
                name="supplier_payment_days_legal",
                condition=Q(payment_days__isnull=True) | Q(payment_days__lte=60),
            ),
            models.CheckConstraint(
                name="supplier_rate_within", condition=Q(vat_rate__gte=0) & Q(vat_rate__lte=1)
            ),
            models.CheckConstraint(
                name="supplier_accepted_by_somebody",
                condition=Q(accepted_at__isnull=True) | Q(accepted_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("invoicing:supplier_detail", args=[self.pk])

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None

    @property
    def is_accepted(self) -> bool:
        return self.accepted_at is not None


class SupplierBankQuerySet(models.QuerySet["SupplierBank"]):
    def confirmed(self) -> SupplierBankQuerySet:
        """The last confirmed first: the one payments go to."""
        return self.filter(verdict=BankVerdict.CONFIRMED).order_by("-decided_at", "-pk")

    def waiting(self) -> SupplierBankQuerySet:
        return self.filter(verdict="")


class SupplierBank(models.Model):
    """Bank details proposed by one person and decided by another after a call; then never changed."""

    supplier = models.ForeignKey(
        Supplier, models.PROTECT, related_name="banks", verbose_name=_("fournisseur")
    )
    iban = models.CharField(_("IBAN"), max_length=34)
    bic = models.CharField(_("BIC"), max_length=11, blank=True)
    source = models.CharField(_("origine"), max_length=7, choices=BankSource, default=BankSource.TYPED)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("proposées par")
    )
    proposed_at = models.DateTimeField(_("proposées le"), default=timezone.now, editable=False)
    verdict = models.CharField(_("décision"), max_length=9, choices=BankVerdict, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("décidé par")
    )
    decided_at = models.DateTimeField(_("décidé le"), null=True, editable=False)
    # The call-back: whom, at which number known before the change, when.
    called_whom = models.CharField(_("personne appelée"), max_length=160, blank=True)
    called_number = models.CharField(_("numéro appelé"), max_length=30, blank=True)
    called_on = models.DateField(_("appelée le"), null=True, blank=True)
    reason = models.CharField(_("motif"), max_length=250, blank=True)

    objects = SupplierBankQuerySet.as_manager()

    class Meta:
        verbose_name = _("coordonnées bancaires d’un fournisseur")
        verbose_name_plural = _("coordonnées bancaires des fournisseurs")
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="supplierbank_source_known", condition=Q(source__in=BankSource.values)
            ),
            models.CheckConstraint(
                name="supplierbank_verdict_known", condition=Q(verdict__in=["", *BankVerdict.values])
            ),
            models.CheckConstraint(
                name="supplierbank_iban_shape", condition=Q(iban__regex=r"^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$")
            ),
            models.CheckConstraint(
                name="supplierbank_decided_whole",
                condition=Q(verdict="", decided_by__isnull=True, decided_at__isnull=True)
                | ~Q(verdict="") & Q(decided_by__isnull=False, decided_at__isnull=False),
            ),
            # Two persons, whoever writes, in raw SQL too.
            models.CheckConstraint(
                name="supplierbank_confirmed_by_another",
                condition=~Q(verdict=BankVerdict.CONFIRMED) | ~Q(decided_by=F("proposed_by")),
            ),
            models.CheckConstraint(
                name="supplierbank_confirmed_after_a_call",
                condition=~Q(verdict=BankVerdict.CONFIRMED)
                | ~Q(called_whom="") & ~Q(called_number="") & Q(called_on__isnull=False),
            ),
            models.CheckConstraint(
                name="supplierbank_rejected_says_why",
                condition=~Q(verdict=BankVerdict.REJECTED) | ~Q(reason=""),
            ),
            models.UniqueConstraint(
                name="supplierbank_one_waiting", fields=["supplier"], condition=Q(verdict="")
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="supplierbank_proposal_frozen",
                fields=["supplier", "iban", "bic", "source", "proposed_by", "proposed_at"],
            ),
            pgtrigger.Protect(
                name="supplierbank_decision_frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.verdict <> ''"),
            ),
            pgtrigger.Protect(name="supplierbank_kept", operation=pgtrigger.Delete),
            no_truncate("supplierbank"),
        ]

    def __str__(self) -> str:
        return f"{self.supplier} · …{self.iban[-_SHOWN:]}"

    @property
    def is_waiting(self) -> bool:
        return not self.verdict

    @property
    def shown_iban(self) -> str:
        """In groups of four, as it is printed."""
        return " ".join(self.iban[place : place + 4] for place in range(0, len(self.iban), 4))
