"""The link by which a customer opens their own page: documents, amounts left, statement (INV-39)."""

from __future__ import annotations

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.permanence import no_truncate
from invoicing.states.chasing import AccessKind


class CustomerAccess(models.Model):
    customer = models.ForeignKey(
        "invoicing.Customer", models.PROTECT, related_name="accesses", verbose_name=_("client")
    )
    kind = models.CharField(_("nature"), max_length=9, choices=AccessKind, default=AccessKind.COPY)
    link = models.OneToOneField(
        "core.PersonalLink", models.PROTECT, related_name="+", verbose_name=_("lien personnel")
    )
    # Empty when the link was copied and handed over in another way.
    email = models.OneToOneField(
        "core.OutgoingEmail", models.PROTECT, null=True, related_name="+", verbose_name=_("e-mail")
    )
    to = models.EmailField(_("destinataire"), max_length=254, blank=True)
    sent_at = models.DateTimeField(_("donné le"), default=timezone.now)
    # Nobody: the house reminded the customer by itself.
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("donné par")
    )
    first_seen_at = models.DateTimeField(_("vu le"), null=True)
    last_seen_at = models.DateTimeField(_("revu le"), null=True)
    # The page that gave it: a button pressed twice sends once to each reader.
    form_key = models.UUIDField(default=uuid.uuid4, editable=False)

    class Meta:
        verbose_name = _("accès du client")
        verbose_name_plural = _("accès des clients")
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.UniqueConstraint(name="customeraccess_once_a_reader", fields=["form_key", "to"]),
            models.CheckConstraint(name="customeraccess_kind_known", condition=Q(kind__in=AccessKind.values)),
            models.CheckConstraint(
                name="customeraccess_mailed_unless_copied",
                condition=Q(kind=AccessKind.COPY, email__isnull=True, to="")
                | (~Q(kind=AccessKind.COPY) & Q(email__isnull=False) & ~Q(to="")),
            ),
            models.CheckConstraint(
                name="customeraccess_seen_in_order",
                condition=Q(first_seen_at__isnull=True, last_seen_at__isnull=True)
                | Q(first_seen_at__lte=F("last_seen_at")),
            ),
        ]
        # Who was given what is proof; only when it was opened is written afterwards.
        triggers = [
            pgtrigger.Protect(name="customeraccess_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="customeraccess_frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["first_seen_at", "last_seen_at"]),
            ),
            no_truncate("customeraccess"),
        ]

    def __str__(self) -> str:
        return f"{self.customer} → {self.to}"
