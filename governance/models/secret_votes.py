"""A secret ballot (scrutin): the questions opened and closed together, its scrutineers, its sealed journal
(GOV-26, 33). What is in the boxes is told by ballot_boxes.py."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.permanence import append_only
from governance.models.assemblies import Assembly
from governance.models.associates import Associate
from governance.models.votes import Vote
from governance.states.secret import BEFORE_OPENING, SECRET_SHAPES, CodeMode, SecretState


class SecretVoteQuerySet(models.QuerySet["SecretVote"]):
    def visible_to(self, user: Any) -> SecretVoteQuerySet:
        """Those of assemblies in sight; those whose key one keeps, or where one has a voice."""
        seen = Q(assembly__in=Assembly.objects.visible_to(user).order_by().values("pk"))
        person = getattr(user, "person_id", None)
        if person is not None:
            mine = Associate.objects.acted_by(person, timezone.localdate()).order_by().values("pk")
            roll = Q(boxes__entries__associate__in=mine) | Q(boxes__entries__holder__in=mine)
            roll |= Q(boxes__entries__person=person) | Q(trustees__person=person)
            seen |= Q(pk__in=SecretVote.objects.filter(roll).order_by().values("pk"))
        return self.filter(seen)


class SecretVote(models.Model):
    """One scrutin: one key, one ballot for all its questions, one box a college."""

    assembly = models.ForeignKey(
        Assembly, models.PROTECT, related_name="secret_votes", verbose_name=_("assemblée")
    )
    title = models.CharField(_("intitulé"), max_length=160)
    mode = models.CharField(_("codes de vote"), max_length=5, choices=CodeMode, default=CodeMode.MAIL)
    # How many scrutineers open the totals, of those who are named.
    threshold = models.PositiveSmallIntegerField(_("parts nécessaires"), default=2)
    state = models.CharField(
        _("état"), max_length=11, choices=SecretState, default=SecretState.DRAFT, editable=False
    )
    state_since = models.DateTimeField(default=timezone.now, editable=False)
    # Ballots are refused from then on; extended with a reason, never shortened.
    closes_at = models.DateTimeField(_("clôture prévue"), null=True, blank=True)
    # Of the key ceremony, known before any key, and of what a key file says it belongs to.
    uuid = models.CharField(max_length=22, unique=True, editable=False)
    # What the rehearsal cast and found, before it was destroyed.
    rehearsal = models.JSONField(_("essai"), default=dict, editable=False)
    # Programs of the voting page with their SHA-256, frozen at the opening.
    programs = models.JSONField(_("programmes"), default=dict, editable=False)
    opened_at = models.DateTimeField(_("ouvert à"), null=True, editable=False)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("ouvert par")
    )
    closed_at = models.DateTimeField(_("clos à"), null=True, editable=False)
    proclaimed_at = models.DateTimeField(_("proclamé à"), null=True, editable=False)
    purged_at = models.DateTimeField(_("liens détruits le"), null=True, editable=False)
    cancel_reason = models.CharField(_("motif de l’annulation"), max_length=300, blank=True)
    # When the chain of a box was last found unsound, for the alert of the bureau.
    unsound_at = models.DateTimeField(null=True, editable=False)

    objects = SecretVoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("scrutin secret")
        verbose_name_plural = _("scrutins secrets")
        ordering = ["assembly", "pk"]
        constraints = [
            models.CheckConstraint(name="secret_state_known", condition=Q(state__in=SecretState.values)),
            models.CheckConstraint(name="secret_mode_known", condition=Q(mode__in=CodeMode.values)),
            models.CheckConstraint(name="secret_threshold_positive", condition=Q(threshold__gte=1)),
            models.CheckConstraint(
                name="secret_opened_is_dated",
                condition=Q(state__in=sorted(BEFORE_OPENING), opened_at__isnull=True)
                | Q(state__in=[SecretState.OPEN, SecretState.PAUSED], opened_at__isnull=False, closed_at=None)
                | Q(state=SecretState.CANCELLED)
                | Q(opened_at__isnull=False, closed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="secret_closes_after_it_opened",
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("opened_at")),
            ),
            models.CheckConstraint(
                name="secret_cancelled_says_why",
                condition=~Q(state=SecretState.CANCELLED) | ~Q(cancel_reason=""),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="secret_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="secret_frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.state <> 'draft' AND (OLD.assembly_id, OLD.title, OLD.mode, OLD.threshold, OLD.uuid)"
                    " IS DISTINCT FROM (NEW.assembly_id, NEW.title, NEW.mode, NEW.threshold, NEW.uuid)"
                    " OR OLD.opened_at IS NOT NULL AND (OLD.opened_at, OLD.programs, OLD.rehearsal)"
                    " IS DISTINCT FROM (NEW.opened_at, NEW.programs, NEW.rehearsal)"
                    " OR OLD.closed_at IS NOT NULL AND OLD.closed_at IS DISTINCT FROM NEW.closed_at"
                    " OR OLD.closes_at > NEW.closes_at AND OLD.opened_at IS NOT NULL"
                    " OR OLD.state IN ('purged', 'cancelled') AND OLD.state <> NEW.state"
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("governance:secret_detail", args=[self.pk])

    @property
    def status(self) -> tuple[str, str, Any]:
        return (*SECRET_SHAPES[self.state], self.get_state_display())

    @property
    def has_totals(self) -> bool:
        """The boxes were opened, whatever became of the scrutin since."""
        return self.boxes.exclude(result="").exists()

    @property
    def must_conclude(self) -> bool:
        """The totals are known and no box was found altered: nobody gives the scrutin up any more."""
        return self.state == SecretState.DECRYPTED and self.unsound_at is None


class SecretQuestion(models.Model):
    """A vote that this scrutin asks: its place on the ballot."""

    secret_vote = models.ForeignKey(
        SecretVote, models.CASCADE, related_name="questions", verbose_name=_("scrutin")
    )
    # Its way is « secret »; a question asked again is another vote.
    vote = models.OneToOneField(Vote, models.PROTECT, related_name="secret_question", verbose_name=_("vote"))
    position = models.PositiveSmallIntegerField(_("place"))

    class Meta:
        verbose_name = _("question du scrutin")
        verbose_name_plural = _("questions du scrutin")
        ordering = ["secret_vote", "position"]
        constraints = [
            models.UniqueConstraint(name="secret_question_place_once", fields=["secret_vote", "position"])
        ]

    def __str__(self) -> str:
        return str(self.vote)


class Trustee(models.Model):
    """A scrutineer who keeps a key, and what their browser sent of it: never the key."""

    secret_vote = models.ForeignKey(
        SecretVote, models.CASCADE, related_name="trustees", verbose_name=_("scrutin")
    )
    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="trusteeships", verbose_name=_("personne")
    )
    index = models.PositiveSmallIntegerField(_("numéro"))
    # Texts kept byte for byte: what is hashed is served as it was (voting-protocol.md §4).
    certificate = models.TextField(_("certificat"), blank=True, editable=False)
    commitment = models.CharField(_("empreinte du polynôme"), max_length=64, blank=True, editable=False)
    polynomial = models.TextField(_("polynôme"), blank=True, editable=False)
    verification = models.TextField(_("clé publique et note à soi"), blank=True, editable=False)
    # When the share of a trial was found right: the key file was read back.
    tried_at = models.DateTimeField(_("clé essayée le"), null=True, editable=False)

    class Meta:
        verbose_name = _("gardien·ne de clé")
        verbose_name_plural = _("gardien·nes de clé")
        ordering = ["secret_vote", "index"]
        constraints = [
            models.UniqueConstraint(name="trustee_index_once", fields=["secret_vote", "index"]),
            models.UniqueConstraint(name="trustee_person_once", fields=["secret_vote", "person"]),
            models.CheckConstraint(name="trustee_index_positive", condition=Q(index__gte=1)),
        ]
        triggers = [
            # What was sent is never replaced: a new key is made by a new scrutineer or a new scrutin. Emptied
            # again only while the scrutin is prepared, when the ceremony begins anew.
            pgtrigger.Protect(
                name="trustee_frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.certificate <> '' AND NEW.certificate NOT IN ('', OLD.certificate)"
                    " OR OLD.commitment <> '' AND NEW.commitment NOT IN ('', OLD.commitment)"
                    " OR OLD.polynomial <> '' AND NEW.polynomial NOT IN ('', OLD.polynomial)"
                    " OR OLD.verification <> '' AND NEW.verification NOT IN ('', OLD.verification)"
                ),
            )
        ]

    def __str__(self) -> str:
        return str(self.person)


class SecretJournal(models.Model):
    """Who moved the scrutin, when and why: a sealed chain of its own, printed in the minutes."""

    secret_vote = models.ForeignKey(
        SecretVote, models.PROTECT, related_name="journal", verbose_name=_("scrutin")
    )
    rank = models.PositiveIntegerField(_("rang"))
    at = models.DateTimeField(_("à"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("par")
    )
    act = models.CharField(_("acte"), max_length=20)
    reason = models.CharField(_("motif"), max_length=300, blank=True)
    # Hashes and figures of the act: of the roll, of each box, of the archive.
    facts = models.JSONField(_("faits"), default=dict)
    seal = models.CharField(_("sceau"), max_length=64)

    class Meta:
        verbose_name = _("acte du scrutin")
        verbose_name_plural = _("actes du scrutin")
        ordering = ["secret_vote", "rank"]
        constraints = [
            models.UniqueConstraint(name="secret_journal_rank_once", fields=["secret_vote", "rank"]),
            models.CheckConstraint(name="secret_journal_sealed", condition=Q(seal__regex="^[0-9a-f]{64}$")),
        ]
        triggers = append_only("secret_journal", words=("reason",))

    def __str__(self) -> str:
        return f"{self.rank}. {self.act}"
