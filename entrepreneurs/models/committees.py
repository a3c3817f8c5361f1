"""Admission committees: who sits, the files they froze, each voice, what was decided (ENT-13, ENT-14)."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cae.core.permanence import append_only, unless_words_go
from cae.core.templatetags.formats import spelled
from entrepreneurs.states.committees import CommitteeState, DecisionMode, Fit, Verdict, Voice


class Committee(models.Model):
    """One meeting: its day, its agenda, how it decides."""

    held_on = models.DateField(_("date"))
    place = models.CharField(_("lieu"), max_length=160, blank=True)
    territory = models.ForeignKey(
        "people.Territory",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("territoire"),
    )
    mode = models.CharField(
        _("décision par"), max_length=8, choices=DecisionMode, default=DecisionMode.CONSENT
    )
    agenda = models.TextField(_("autres points à l’ordre du jour"), max_length=2000, blank=True)
    state = models.CharField(_("état"), max_length=10, choices=CommitteeState, default=CommitteeState.PLANNED)
    state_since = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("préparé par")
    )
    minutes = models.ForeignKey(
        "core.Document", models.PROTECT, null=True, related_name="+", verbose_name=_("compte rendu")
    )

    class Meta:
        verbose_name = _("comité d’admission")
        verbose_name_plural = _("comités d’admission")
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=CommitteeState.values), name="committee_state_known"
            ),
            models.CheckConstraint(condition=Q(mode__in=DecisionMode.values), name="committee_mode_known"),
        ]
        triggers = [pgtrigger.Protect(name="committee_kept", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return gettext("Comité du %(day)s") % {"day": spelled(self.held_on)}

    def get_absolute_url(self) -> str:
        return reverse("entrepreneurs:committee_detail", args=[self.pk])


class CommitteeMember(models.Model):
    """Somebody who sits in a committee; one of them chairs it."""

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="members", verbose_name=_("comité"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("compte")
    )
    chairs = models.BooleanField(_("anime"), default=False)

    class Meta:
        verbose_name = _("membre d’un comité d’admission")
        verbose_name_plural = _("membres d’un comité d’admission")
        ordering = ["-chairs", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["committee", "user"], name="committeemember_once"),
            models.UniqueConstraint(
                fields=["committee"], condition=Q(chairs=True), name="committeemember_one_chairs"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.committee}"


class CommitteeFile(models.Model):
    """One application before a committee: what was frozen of it, what was decided."""

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="files", verbose_name=_("comité"))
    application = models.ForeignKey(
        "entrepreneurs.Application",
        models.PROTECT,
        related_name="committee_files",
        verbose_name=_("candidature"),
    )
    order = models.PositiveSmallIntegerField(_("rang"), default=1)
    # As the members read it: nothing said later changes it.
    frozen = models.JSONField(_("dossier figé"), null=True)
    frozen_hash = models.CharField(_("empreinte"), max_length=64, blank=True)
    frozen_at = models.DateTimeField(_("figé le"), null=True)
    fit = models.CharField(_("conformité à l’objet"), max_length=8, choices=Fit, blank=True)

    class Meta:
        verbose_name = _("dossier d’un comité")
        verbose_name_plural = _("dossiers d’un comité")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["committee", "application"], name="committeefile_once"),
            models.CheckConstraint(
                condition=Q(frozen__isnull=True, frozen_hash="", frozen_at__isnull=True)
                | (Q(frozen__isnull=False, frozen_at__isnull=False) & ~Q(frozen_hash="")),
                name="committeefile_frozen_whole",
            ),
            models.CheckConstraint(
                condition=Q(fit="") | Q(fit__in=Fit.values), name="committeefile_fit_known"
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="committeefile_stays_frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    f"OLD.frozen_hash <> '' AND {unless_words_go(('frozen',))} AND"
                    " (NEW.frozen, NEW.frozen_hash, NEW.frozen_at, NEW.application_id, NEW.committee_id)"
                    " IS DISTINCT FROM"
                    " (OLD.frozen, OLD.frozen_hash, OLD.frozen_at, OLD.application_id, OLD.committee_id)"
                ),
            ),
            pgtrigger.Protect(
                name="committeefile_frozen_kept",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Condition("OLD.frozen_hash <> ''"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} · {self.committee}"


class CommitteeVoice(models.Model):
    """What one member says of one file; said again, a new row replaces the former, which is kept."""

    file = models.ForeignKey(CommitteeFile, models.PROTECT, related_name="voices", verbose_name=_("dossier"))
    member = models.ForeignKey(
        CommitteeMember, models.PROTECT, related_name="voices", verbose_name=_("membre")
    )
    voice = models.CharField(_("voix"), max_length=10, choices=Voice)
    note = models.CharField(_("ce qui la motive"), max_length=500, blank=True)
    given_at = models.DateTimeField(_("donnée le"), default=timezone.now)

    class Meta:
        verbose_name = _("voix d’un comité")
        verbose_name_plural = _("voix d’un comité")
        ordering = ["given_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(voice__in=Voice.values), name="committeevoice_known"),
            models.CheckConstraint(
                condition=~Q(voice=Voice.OBJECTION) | ~Q(note=""), name="committeevoice_objection_is_said"
            ),
        ]
        triggers = append_only("committeevoice", words=("note",))

    def __str__(self) -> str:
        return f"{self.member.user} : {self.get_voice_display()}"


class ApplicationDecision(models.Model):
    """What became of an application: verdict, reason, conditions, the column it had reached."""

    application = models.ForeignKey(
        "entrepreneurs.Application", models.PROTECT, related_name="decisions", verbose_name=_("candidature")
    )
    verdict = models.CharField(_("décision"), max_length=10, choices=Verdict)
    # A code of the list of reasons that the cooperative edits; none for an acceptance.
    reason_code = models.CharField(_("motif"), max_length=40, blank=True)
    reason = models.TextField(_("explication"), max_length=2000, blank=True)
    conditions = models.TextField(_("conditions"), max_length=2000, blank=True)
    stage = models.ForeignKey(
        "entrepreneurs.WelcomeStage",
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("étape atteinte"),
    )
    file = models.OneToOneField(
        CommitteeFile, models.PROTECT, null=True, related_name="decision", verbose_name=_("dossier")
    )
    # When the file is looked at again, for what is postponed.
    again_on = models.DateField(_("à reprendre le"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("par")
    )
    decided_at = models.DateTimeField(_("le"), default=timezone.now)

    class Meta:
        verbose_name = _("décision sur une candidature")
        verbose_name_plural = _("décisions sur des candidatures")
        ordering = ["-decided_at", "-pk"]
        indexes = [models.Index(fields=["application", "-decided_at"], name="applicationdecision_latest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict__in=Verdict.values), name="applicationdecision_verdict_known"
            ),
            models.CheckConstraint(
                condition=Q(verdict__in=(Verdict.ACCEPTED, Verdict.REOPENED)) | ~Q(reason_code=""),
                name="applicationdecision_has_reason",
            ),
        ]
        triggers = append_only("applicationdecision", words=("reason", "conditions"))

    def __str__(self) -> str:
        return f"{self.application} · {self.get_verdict_display()}"
