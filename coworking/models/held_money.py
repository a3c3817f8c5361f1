"""What deposits of subscriptions and of keys have alike: how it came, what keeps it (COW-07, COW-11)."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from invoicing.states.sales import PaymentMode


class HeldMoney(models.Model):
    """Money of somebody held by a place. Without entry it is noted only: the place sold nothing when it
    came."""

    mode = models.CharField(
        _("moyen de paiement"), max_length=12, choices=PaymentMode, blank=True, editable=False
    )
    back_mode = models.CharField(
        _("rendu par"), max_length=12, choices=PaymentMode, blank=True, editable=False
    )
    # What received it, on 165. What gave it back has the same source.
    entry = models.OneToOneField(
        "accounting.Entry",
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("écriture"),
    )
    # What is kept of it is sold by this line; the receipt pays its invoice with it.
    charge = models.OneToOneField(
        "coworking.Charge",
        models.PROTECT,
        null=True,
        related_name="kept_%(class)s",
        editable=False,
        verbose_name=_("dû"),
    )
    receipt = models.OneToOneField(
        "invoicing.Receipt",
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("encaissement"),
    )

    class Meta:
        abstract = True

    @property
    def is_posted(self) -> bool:
        return self.entry_id is not None

    @property
    def waits_for_its_invoice(self) -> bool:
        """Kept, billed or to bill, and still on 165."""
        return self.charge_id is not None and self.receipt_id is None

    def get_mode_words(self) -> Any:
        return PaymentMode(self.mode).label if self.mode else ""
