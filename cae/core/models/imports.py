"""A sheet somebody imports: where it stands, and what becomes of each of its lines."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class ImportState(models.TextChoices):
    MAPPING = "mapping", _("Colonnes à vérifier")
    TRYING = "trying", _("Essai en cours")
    TRIED = "tried", _("Essayé")
    APPLYING = "applying", _("Import en cours")
    APPLIED = "applied", _("Importé")
    UNDOING = "undoing", _("Annulation en cours")
    UNDONE = "undone", _("Annulé")
    DISCARDED = "discarded", _("Abandonné")


class FateKind(models.TextChoices):
    """What the trial says of a line."""

    NEW = "new", _("Nouveau")
    UPDATE = "update", _("Modifié")
    UNCHANGED = "unchanged", _("Inchangé")
    REFUSED = "refused", _("Refusé")
    DUPLICATE = "duplicate", _("Doublon dans le fichier")


class Outcome(models.TextChoices):
    """What was done of a line."""

    DONE = "done", _("Importé")
    LEFT = "left", _("Laissé de côté")
    REMOVED = "removed", _("Retiré")
    ARCHIVED = "archived", _("Archivé")
    PUT_BACK = "put_back", _("Remis comme avant")
    CHANGED_SINCE = "changed_since", _("Modifié depuis")


class ImportRun(models.Model):
    """One sheet, for one person: its file, how its columns are read, how far it is."""

    code = models.CharField(_("import"), max_length=60)
    target = models.CharField(max_length=40, blank=True)
    target_label = models.CharField(_("pour"), max_length=200, blank=True)
    file = models.ForeignKey("core.Document", models.PROTECT, null=True, related_name="+")
    file_name = models.CharField(_("fichier"), max_length=200)
    # How the file was read: « UTF-8, point-virgule ».
    reading = models.CharField(_("lecture"), max_length=80)
    header = models.JSONField(_("colonnes du fichier"))
    # {code of the room's column: place in the file}
    mapping = models.JSONField(_("colonnes retenues"), default=dict)
    state = models.CharField(_("état"), max_length=10, choices=ImportState, default=ImportState.MAPPING)
    job = models.ForeignKey("core.Job", models.PROTECT, null=True, related_name="+")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("importé par")
    )
    created_at = models.DateTimeField(_("déposé le"), auto_now_add=True)
    applied_at = models.DateTimeField(_("importé le"), null=True)
    undone_at = models.DateTimeField(_("annulé le"), null=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="import_state_known", condition=models.Q(state__in=ImportState.values)
            ),
            models.CheckConstraint(
                name="import_applied_when_dated",
                condition=~models.Q(state__in=("applied", "undoing", "undone"))
                | models.Q(applied_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        name = "core:import_columns" if self.state == ImportState.MAPPING else "core:import_run"
        return reverse(name, args=[self.code, self.pk])

    @property
    def is_at_work(self) -> bool:
        """A job is at it now; an interrupted one is over and may be taken up again."""
        waits = self.state in (ImportState.TRYING, ImportState.APPLYING, ImportState.UNDOING)
        return waits and self.job is not None and not self.job.is_over

    @property
    def is_interrupted(self) -> bool:
        waits = self.state in (ImportState.TRYING, ImportState.APPLYING, ImportState.UNDOING)
        return waits and not self.is_at_work


class ImportLine(models.Model):
    """One line of the sheet: what it says, what it would do, what it did."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="lines", verbose_name=_("import"))
    number = models.PositiveIntegerField(_("ligne"))
    raw = models.JSONField()
    # Why the line could not even be read (« 3 cellules au lieu de 9 »).
    fault = models.CharField(max_length=300, blank=True)
    label = models.CharField(_("objet"), max_length=200, blank=True)
    fate = models.CharField(_("effet"), max_length=10, choices=FateKind, blank=True)
    outcome = models.CharField(_("résultat"), max_length=14, choices=Outcome, blank=True)
    message = models.CharField(_("motif"), max_length=500, blank=True)
    about_type = models.CharField(max_length=80, blank=True)
    about_id = models.CharField(max_length=40, blank=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("ligne d’import")
        verbose_name_plural = _("lignes d’import")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(name="import_line_once", fields=["run", "number"]),
            models.CheckConstraint(
                name="import_fate_known", condition=models.Q(fate__in=["", *FateKind.values])
            ),
            models.CheckConstraint(
                name="import_outcome_known", condition=models.Q(outcome__in=["", *Outcome.values])
            ),
        ]

    def __str__(self) -> str:
        return self.label or str(self.number)
