"""A mail is a row of the transaction that caused it, sent afterwards and kept with its answer."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cae.core.permanence import append_only


class EmailState(models.TextChoices):
    QUEUED = "queued", _("En attente")
    SENT = "sent", _("Envoyé")
    KEPT = "kept", _("Gardé (démonstration)")
    FAILED = "failed", _("Non remis")
    BOUNCED = "bounced", _("Revenu")


# How each state is drawn: tone and shape.
SHAPES: dict[str, tuple[str, str]] = {
    EmailState.QUEUED: ("neutral", "◇"),
    EmailState.SENT: ("success", "✔"),
    EmailState.KEPT: ("neutral", "■"),
    EmailState.FAILED: ("danger", "✕"),
    EmailState.BOUNCED: ("danger", "▲"),
}


class OutgoingEmail(models.Model):
    """One message to one person."""

    to = models.EmailField(_("destinataire"))
    reply_to = models.EmailField(_("réponse à"), blank=True)
    sender_name = models.CharField(_("expéditeur"), max_length=120, blank=True)
    subject = models.CharField(_("objet"), max_length=200)
    text = models.TextField(_("texte"))
    html = models.TextField(_("HTML"))
    attachments = models.ManyToManyField(
        "core.Document", blank=True, related_name="emails", verbose_name=_("pièces jointes")
    )
    # What lets its reader in, one a line: taken out of the kept text once the mail has left.
    secret = models.TextField(blank=True)
    cause = models.CharField(_("cause"), max_length=80)
    about_type = models.CharField(max_length=80, blank=True)
    about_id = models.CharField(max_length=40, blank=True)
    state = models.CharField(_("état"), max_length=10, choices=EmailState, default=EmailState.QUEUED)
    # The name under which mail servers speak of it, and by which a bounce finds it again.
    message_id = models.CharField(_("identifiant de l’e-mail"), max_length=200, unique=True)
    attempts = models.PositiveSmallIntegerField(_("essais"), default=0)
    next_attempt_at = models.DateTimeField(_("prochain essai"), default=timezone.now)
    error = models.TextField(_("erreur"), blank=True)
    created_at = models.DateTimeField(_("écrit le"), auto_now_add=True)
    sent_at = models.DateTimeField(_("envoyé le"), null=True, blank=True)
    bounced_at = models.DateTimeField(_("revenu le"), null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("par")
    )

    class Meta:
        verbose_name = _("e-mail envoyé")
        verbose_name_plural = _("e-mails envoyés")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["about_type", "about_id"], name="email_about"),
            models.Index(
                fields=["next_attempt_at"], condition=models.Q(state="queued"), name="email_waiting"
            ),
        ]
        constraints = [
            models.CheckConstraint(name="email_state_known", condition=models.Q(state__in=EmailState.values)),
            models.CheckConstraint(
                name="email_sent_when_dated",
                condition=models.Q(state__in=("sent", "bounced"), sent_at__isnull=False)
                | ~models.Q(state__in=("sent", "bounced")),
            ),
            models.CheckConstraint(
                name="email_bounced_when_dated",
                condition=models.Q(state="bounced", bounced_at__isnull=False) | ~models.Q(state="bounced"),
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def link(self) -> str:
        return reverse("core:mail_detail", args=[self.pk])

    @property
    def status(self) -> tuple[str, str, str]:
        word = gettext("Gardé") if self.state == EmailState.KEPT else self.get_state_display()
        return (*SHAPES[self.state], word)


class MailText(models.Model):
    """The words that the cooperative gave to one kind of mail from a date on; both empty, those of origin."""

    code = models.CharField(_("sorte d’e-mail"), max_length=80)
    language = models.CharField(_("langue"), max_length=2)
    subject = models.CharField(_("objet"), max_length=200, blank=True)
    body = models.TextField(_("texte"), blank=True)
    valid_from = models.DateField(_("à partir du"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("écrit par")
    )
    created_at = models.DateTimeField(_("saisi le"), auto_now_add=True)

    class Meta:
        verbose_name = _("texte d’e-mail")
        verbose_name_plural = _("textes d’e-mails")
        ordering = ["code", "-valid_from", "-pk"]
        indexes = [models.Index(fields=["code", "language", "valid_from"], name="mail_text_in_force")]
        constraints = [
            models.CheckConstraint(
                name="mail_text_whole",
                condition=models.Q(subject="", body="") | (~models.Q(subject="") & ~models.Q(body="")),
            )
        ]
        triggers = append_only("mail_text")

    def __str__(self) -> str:
        return f"{self.code} {self.language} {self.valid_from}"
