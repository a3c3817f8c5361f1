"""What the house tells one person: a line under the bell, whose mail leaves at the rhythm they chose."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class Rhythm(models.TextChoices):
    NOW = "now", _("Tout de suite")
    DAILY = "daily", _("Chaque matin")
    WEEKLY = "weekly", _("Le lundi")
    NONE = "none", _("Jamais")


class Notice(models.Model):
    """One thing told to one person. `mail_due_at`: from when its mail may leave; empty, none ever does."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("destinataire")
    )
    kind = models.CharField(_("sorte"), max_length=80)
    subject = models.CharField(_("objet"), max_length=200)
    text = models.TextField(_("texte"), blank=True)
    url = models.CharField(_("page"), max_length=500)
    about_type = models.CharField(max_length=80, blank=True)
    about_id = models.CharField(max_length=40, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("par")
    )
    created_at = models.DateTimeField(_("reçu le"), default=timezone.now)
    read_at = models.DateTimeField(_("lu le"), null=True, blank=True)
    mail_due_at = models.DateTimeField(_("e-mail à partir du"), null=True, blank=True)
    mailed_at = models.DateTimeField(_("e-mail écrit le"), null=True, blank=True)

    class Meta:
        verbose_name = _("avis")
        verbose_name_plural = _("avis")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["user", "-created_at"], name="notice_of_user"),
            # The bell of every page counts these.
            models.Index(fields=["user"], condition=Q(read_at__isnull=True), name="notice_unread"),
            models.Index(
                fields=["mail_due_at"],
                condition=Q(mailed_at__isnull=True, mail_due_at__isnull=False),
                name="notice_to_mail",
            ),
            models.Index(fields=["user", "kind", "mailed_at"], name="notice_last_mail"),
            models.Index(fields=["about_type", "about_id"], name="notice_about"),
        ]
        constraints = [
            models.CheckConstraint(
                name="notice_mailed_when_due",
                condition=Q(mailed_at__isnull=True) | Q(mail_due_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def link(self) -> str:
        """Marks it read and goes on to its page."""
        return reverse("core:notice", args=[self.pk])

    @property
    def status(self) -> tuple[str, str, str]:
        return ("neutral", "◇", gettext("Lu")) if self.read_at else ("info", "●", gettext("Non lu"))


class NoticeChoice(models.Model):
    """The rhythm that a person chose for the mails of one kind of notice."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("destinataire")
    )
    kind = models.CharField(_("sorte"), max_length=80)
    rhythm = models.CharField(_("rythme"), max_length=10, choices=Rhythm)

    class Meta:
        verbose_name = _("choix d’avis")
        verbose_name_plural = _("choix d’avis")
        constraints = [
            models.UniqueConstraint(fields=["user", "kind"], name="one_choice_per_kind"),
            models.CheckConstraint(name="choice_rhythm_known", condition=Q(rhythm__in=Rhythm.values)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.get_rhythm_display()}"
