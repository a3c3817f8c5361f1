"""Long work, as a row that a page can follow: how far it is, what failed, what it made."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cae.core.kept_words import translated


class JobState(models.TextChoices):
    PENDING = "pending", _("En attente")
    RUNNING = "running", _("En cours")
    DONE = "done", _("Terminé")
    FAILED = "failed", _("Échoué")
    CANCELLED = "cancelled", _("Arrêté")


# How each state is drawn: tone and shape.
SHAPES: dict[str, tuple[str, str]] = {
    JobState.PENDING: ("neutral", "◇"),
    JobState.RUNNING: ("info", "●"),
    JobState.DONE: ("success", "✔"),
    JobState.FAILED: ("danger", "✕"),
    JobState.CANCELLED: ("neutral", "■"),
}


class Job(models.Model):
    """One piece of work asked by one person."""

    task = models.CharField(_("tâche"), max_length=80)
    arguments = models.JSONField(default=dict)
    label = models.CharField(_("intitulé"), max_length=200)
    state = models.CharField(_("état"), max_length=10, choices=JobState, default=JobState.PENDING)
    done = models.PositiveIntegerField(_("faits"), default=0)
    total = models.PositiveIntegerField(_("total"), default=0)
    message = models.CharField(_("message"), max_length=300, blank=True)
    # [{"label": "F2026-0004", "reason": "…", "id": 4}] — what went wrong, item by item.
    failures = models.JSONField(default=list)
    result = models.ForeignKey("core.Document", models.PROTECT, null=True, related_name="+")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("demandé par")
    )
    created_at = models.DateTimeField(_("demandé le"), auto_now_add=True)
    started_at = models.DateTimeField(_("commencé le"), null=True)
    # The last sign of life of its worker; and which run is at work, so that a revived worker stops by itself.
    beat_at = models.DateTimeField(_("dernier signe"), null=True)
    run = models.PositiveSmallIntegerField(_("passage"), default=0)
    ended_at = models.DateTimeField(_("terminé le"), null=True)

    class Meta:
        verbose_name = _("travail")
        verbose_name_plural = _("travaux")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["author", "-created_at"], name="job_of_author"),
            models.Index(fields=["beat_at"], condition=models.Q(state="running"), name="job_running"),
        ]
        constraints = [
            models.CheckConstraint(name="job_state_known", condition=models.Q(state__in=JobState.values)),
            models.CheckConstraint(
                name="job_done_within_total", condition=models.Q(done__lte=models.F("total"))
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def words(self) -> str:
        """Its label, in the language of whoever reads."""
        return translated(self.label)

    @property
    def link(self) -> str:
        return reverse("core:job_detail", args=[self.pk])

    @property
    def status(self) -> tuple[str, str, str]:
        if self.state == JobState.DONE and self.failures:
            return "warning", "▲", gettext("Terminé, avec des échecs")
        return (*SHAPES[self.state], self.get_state_display())

    @property
    def leads_to(self) -> str:
        """The page where what was done is read, when the job says one (`start_job(…, leads_to=url)`)."""
        return str(self.arguments.get("leads_to", ""))

    @property
    def is_over(self) -> bool:
        return self.state in (JobState.DONE, JobState.FAILED, JobState.CANCELLED)
