"""Each time a document left for its customer, by mail or link, when it was seen; what was answered."""

from __future__ import annotations

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.fields import MoneyField
from cae.core.models.signatures import MAX_NAME
from cae.core.permanence import append_only, no_truncate
from invoicing.states.sales import SendingKind


class Sending(models.Model):
    quote = models.ForeignKey(
        "invoicing.Quote", models.PROTECT, null=True, related_name="sendings", verbose_name=_("devis")
    )
    invoice = models.ForeignKey(
        "invoicing.Invoice", models.PROTECT, null=True, related_name="sendings", verbose_name=_("facture")
    )
    kind = models.CharField(_("nature"), max_length=8, choices=SendingKind, default=SendingKind.MAIL)
    link = models.OneToOneField(
        "core.PersonalLink", models.PROTECT, related_name="+", verbose_name=_("lien personnel")
    )
    # Empty when the link was copied and handed over in another way.
    email = models.OneToOneField(
        "core.OutgoingEmail", models.PROTECT, null=True, related_name="+", verbose_name=_("e-mail")
    )
    to = models.EmailField(_("destinataire"), max_length=254, blank=True)
    sent_at = models.DateTimeField(_("envoyé le"), default=timezone.now)
    # Nobody: the house reminded the customer by itself.
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("envoyé par")
    )
    first_seen_at = models.DateTimeField(_("vu le"), null=True)
    last_seen_at = models.DateTimeField(_("revu le"), null=True)
    # The page that sent it: a button pressed twice sends once to each reader.
    form_key = models.UUIDField(default=uuid.uuid4, editable=False)
    # The sellers were told, once, that the answer was about to come too late.
    end_told_at = models.DateTimeField(_("fin de validité annoncée le"), null=True)

    class Meta:
        verbose_name = _("envoi")
        verbose_name_plural = _("envois")
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="sending_one_document",
                condition=Q(quote__isnull=False, invoice__isnull=True)
                | Q(quote__isnull=True, invoice__isnull=False),
            ),
            models.UniqueConstraint(name="sending_once_a_reader", fields=["form_key", "to"]),
            models.CheckConstraint(name="sending_kind_known", condition=Q(kind__in=SendingKind.values)),
            models.CheckConstraint(
                name="sending_mailed_unless_copied",
                condition=Q(kind=SendingKind.COPY, email__isnull=True, to="")
                | (~Q(kind=SendingKind.COPY) & Q(email__isnull=False) & ~Q(to="")),
            ),
            models.CheckConstraint(
                name="sending_seen_in_order",
                condition=Q(first_seen_at__isnull=True, last_seen_at__isnull=True)
                | Q(first_seen_at__lte=models.F("last_seen_at")),
            ),
        ]
        # What left for whom is proof; only what becomes of it is written afterwards.
        triggers = [
            pgtrigger.Protect(name="sending_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="sending_frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "quote", "invoice", "kind", "link", "email", "to", "sent_at", "sent_by"
                ),
            ),
            no_truncate("sending"),
        ]

    def __str__(self) -> str:
        return f"{self.quote or self.invoice} → {self.to}"


class Answer(models.Model):
    """What a customer answered to a quote: by their link, or told to the seller, who notes it."""

    quote = models.OneToOneField(
        "invoicing.Quote", models.PROTECT, related_name="answer", verbose_name=_("devis")
    )
    accepted = models.BooleanField(_("accepté"))
    name = models.CharField(_("nom"), max_length=MAX_NAME)
    function = models.CharField(_("fonction"), max_length=MAX_NAME, blank=True)
    # How a paper answer came, or the words of the customer.
    note = models.TextField(_("note"), max_length=4000, blank=True)
    # What the customer takes, chosen options included; nothing when they refuse.
    total_excl_tax = MoneyField(_("total HT accepté"), null=True)
    total_incl_tax = MoneyField(_("total TTC accepté"), null=True)
    sending = models.ForeignKey(
        Sending, models.PROTECT, null=True, related_name="answers", verbose_name=_("par le lien")
    )
    signature = models.OneToOneField(
        "core.Signature", models.PROTECT, null=True, related_name="+", verbose_name=_("signature")
    )
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("noté par")
    )
    created_at = models.DateTimeField(_("reçu le"), default=timezone.now)

    class Meta:
        verbose_name = _("réponse du client")
        verbose_name_plural = _("réponses des clients")
        constraints = [
            models.CheckConstraint(name="answer_named", condition=~Q(name="")),
            # Online, a customer who accepts signs; a paper answer has nothing but the word of who noted it.
            models.CheckConstraint(
                name="answer_signed_or_noted",
                condition=Q(
                    sending__isnull=False, noted_by__isnull=True, accepted=True, signature__isnull=False
                )
                | Q(sending__isnull=False, noted_by__isnull=True, accepted=False, signature__isnull=True)
                | Q(sending__isnull=True, signature__isnull=True),
            ),
            models.CheckConstraint(
                name="answer_accepts_an_amount",
                condition=Q(accepted=True, total_excl_tax__isnull=False, total_incl_tax__isnull=False)
                | Q(accepted=False, total_excl_tax__isnull=True, total_incl_tax__isnull=True),
            ),
        ]
        triggers = append_only("answer")

    def __str__(self) -> str:
        return f"{self.quote} · {self.name}"
