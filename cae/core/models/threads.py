"""What people write to each other about an object: kept as written, read by those whom it was meant for."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cae.core.permanence import append_only

MAX_TEXT = 4000


class Audience(models.TextChoices):
    STAFF = "staff", _("Équipe seulement")
    HOUSE = "house", _("Coopérative")
    OUTSIDE = "outside", _("Aussi hors de la coopérative")


class Message(models.Model):
    """One message on one object, by an account, or by somebody outside whose name alone is known."""

    about_type = models.CharField(_("nature"), max_length=80)
    about_id = models.CharField(_("identifiant"), max_length=40)
    text = models.TextField(_("message"), max_length=MAX_TEXT)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("par")
    )
    author_name = models.CharField(_("nom"), max_length=120)
    audience = models.CharField(_("lu par"), max_length=10, choices=Audience, default=Audience.HOUSE)
    created_at = models.DateTimeField(_("écrit le"), auto_now_add=True)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["created_at", "pk"]
        indexes = [models.Index(fields=["about_type", "about_id", "created_at"], name="message_about")]
        constraints = [
            models.CheckConstraint(
                name="message_audience_known", condition=models.Q(audience__in=Audience.values)
            ),
            models.CheckConstraint(
                name="message_has_text", condition=~models.Q(text="") & ~models.Q(author_name="")
            ),
            # Who has no account wrote from outside, and reads what they wrote.
            models.CheckConstraint(
                name="message_from_outside",
                condition=models.Q(author__isnull=False) | models.Q(audience="outside"),
            ),
        ]
        triggers = append_only("message", words=("text", "author_name"))

    def __str__(self) -> str:
        return f"{self.author_name}: {self.text[:40]}"
