"""In which parts a quote is invoiced: its schedule, what is added to it, what the customer holds back."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.fields import MoneyField, RateField
from cae.core.permanence import append_only, no_truncate
from invoicing.models.triggers import amends_like, part_of_draft, releases_held
from invoicing.states.parts import InstalmentKind


class QuoteInstalment(models.Model):
    """A line of the schedule of a quote: a share of it, an amount with tax, or an equal part of the rest; the
    balance is never typed. Frozen with its quote."""

    quote = models.ForeignKey(
        "invoicing.Quote", models.PROTECT, related_name="instalments", verbose_name=_("devis")
    )
    position = models.PositiveSmallIntegerField(_("rang"))
    kind = models.CharField(_("nature"), max_length=7, choices=InstalmentKind, default=InstalmentKind.INTERIM)
    label = models.CharField(_("libellé"), max_length=250, blank=True)
    rate = RateField(_("part du devis"), null=True, blank=True)
    amount = MoneyField(_("montant (€ TTC)"), null=True, blank=True)
    on = models.DateField(_("prévue le"), null=True, blank=True)

    class Meta:
        verbose_name = _("échéance de devis")
        verbose_name_plural = _("échéances de devis")
        ordering = ["quote_id", "position"]
        constraints = [
            models.UniqueConstraint(name="quoteinstalment_position_once", fields=["quote", "position"]),
            models.CheckConstraint(
                name="quoteinstalment_kind_known", condition=Q(kind__in=InstalmentKind.values)
            ),
            models.CheckConstraint(
                name="quoteinstalment_one_measure", condition=Q(rate__isnull=True) | Q(amount__isnull=True)
            ),
            # An equal part is a part of the rest: a deposit says how much.
            models.CheckConstraint(
                name="quoteinstalment_deposit_says",
                condition=~Q(kind=InstalmentKind.DEPOSIT) | Q(rate__isnull=False) | Q(amount__isnull=False),
            ),
            models.CheckConstraint(
                name="quoteinstalment_share", condition=Q(rate__isnull=True) | Q(rate__gt=0, rate__lt=1)
            ),
            models.CheckConstraint(
                name="quoteinstalment_positive", condition=Q(amount__isnull=True) | Q(amount__gt=0)
            ),
        ]
        triggers = [part_of_draft("quoteinstalment", of="quote"), no_truncate("quoteinstalment")]

    def __str__(self) -> str:
        return self.label or str(InstalmentKind(self.kind).label)


class Amendment(models.Model):
    """A further accepted quote that adds to the work of another: both are invoiced as one."""

    quote = models.OneToOneField(
        "invoicing.Quote", models.PROTECT, related_name="amends", verbose_name=_("avenant")
    )
    work = models.ForeignKey(
        "invoicing.Quote", models.PROTECT, related_name="amendments", verbose_name=_("devis complété")
    )
    added_at = models.DateTimeField(_("ajouté le"), default=timezone.now, editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("ajouté par")
    )

    class Meta:
        verbose_name = _("avenant")
        verbose_name_plural = _("avenants")
        ordering = ["added_at", "pk"]
        constraints = [
            models.CheckConstraint(name="amendment_of_another", condition=~Q(quote=F("work"))),
        ]
        triggers = [amends_like(), no_truncate("amendment")]

    def __str__(self) -> str:
        return str(self.quote)


class RetentionRelease(models.Model):
    """What the customer held of an invoice is due again, from a day on."""

    invoice = models.OneToOneField(
        "invoicing.Invoice", models.PROTECT, related_name="release", verbose_name=_("facture")
    )
    amount = MoneyField(_("montant"))
    on = models.DateField(_("libérée le"))
    due_on = models.DateField(_("à payer le"))
    entry = models.OneToOneField(
        "accounting.Entry", models.PROTECT, related_name="+", verbose_name=_("écriture")
    )
    created_at = models.DateTimeField(_("enregistrée le"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("enregistrée par"),
    )

    class Meta:
        verbose_name = _("libération de retenue")
        verbose_name_plural = _("libérations de retenue")
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(name="retentionrelease_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(name="retentionrelease_due_after", condition=Q(due_on__gte=F("on"))),
        ]
        triggers = [*append_only("retentionrelease"), releases_held()]

    def __str__(self) -> str:
        return f"{self.invoice} · {self.amount}"
