"""A mail is a row of the transaction that caused it, sent afterwards and kept with its answer."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class EmailState(models.TextChoices):
    QUEUED = "queued", _("En attente")
    SENT = "sent", _("Envoyé")
    KEPT = "kept", _("Gardé (démonstration)")
    FAILED = "failed", _("Non remis")


class OutgoingEmail(models.Model):
    """One message to one person."""

    to = models.EmailField(_("destinataire"))
    subject = models.CharField(_("objet"), max_length=200)
    text = models.TextField(_("texte"))
    html = models.TextField(_("HTML"))
    # An address that lets its reader in: taken out of the kept text once the mail has left.
    secret = models.TextField(blank=True)
    cause = models.CharField(_("cause"), max_length=80)
    about_type = models.CharField(max_length=80, blank=True)
    about_id = models.CharField(max_length=40, blank=True)
    state = models.CharField(_("état"), max_length=10, choices=EmailState, default=EmailState.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("essais"), default=0)
    error = models.TextField(_("erreur"), blank=True)
    created_at = models.DateTimeField(_("écrit le"), auto_now_add=True)
    sent_at = models.DateTimeField(_("envoyé le"), null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("par")
    )

    class Meta:
        verbose_name = _("message envoyé")
        verbose_name_plural = _("messages envoyés")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="email_state_known", condition=models.Q(state__in=EmailState.values)),
            models.CheckConstraint(
                name="email_sent_when_dated",
                condition=models.Q(state="sent", sent_at__isnull=False) | ~models.Q(state="sent"),
            ),
        ]

    def __str__(self) -> str:
        return self.subject
