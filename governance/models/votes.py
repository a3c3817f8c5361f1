"""Votes: the question put to the sitting, its frozen rule, its result; the roll and the ballots of a vote by
name, counts declared by people (GOV-25, 28 to 30, 32). Secret ballots have tables of their own."""

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
from governance.models.associates import Associate, College
from governance.models.resolutions import Amendment, Resolution
from governance.states.votes import (
    OUTCOME_SHAPES,
    STRUCK,
    VOTE_SHAPES,
    BallotWay,
    CountKind,
    Outcome,
    VoteState,
    VoteWay,
)


class VoteQuerySet(models.QuerySet["Vote"]):
    def visible_to(self, user: Any) -> VoteQuerySet:
        return self.filter(assembly__in=Assembly.objects.visible_to(user).order_by().values("pk"))


class Vote(models.Model):
    """One vote on a resolution, on an amendment, or one round of an election; only forward."""

    # That of the resolution, so that a vote is found and locked by its assembly.
    assembly = models.ForeignKey(Assembly, models.PROTECT, related_name="votes", verbose_name=_("assemblée"))
    resolution = models.ForeignKey(
        Resolution, models.PROTECT, related_name="votes", verbose_name=_("résolution")
    )
    amendment = models.ForeignKey(
        Amendment, models.PROTECT, null=True, related_name="votes", verbose_name=_("amendement")
    )
    round = models.PositiveSmallIntegerField(_("tour"), default=1)
    way = models.CharField(_("vote"), max_length=9, choices=VoteWay, default=VoteWay.SCREEN)
    state = models.CharField(
        _("état"), max_length=10, choices=VoteState, default=VoteState.DRAFT, editable=False
    )
    state_since = models.DateTimeField(default=timezone.now, editable=False)
    # Frozen when it opens: the text and its hash, the candidates offered, the rule read from the assembly,
    # the quorum of that instant (base, need, who is there), the seed of a public draw.
    text = models.TextField(_("texte mis aux voix"), blank=True, editable=False)
    text_sha256 = models.CharField(_("empreinte du texte"), max_length=64, blank=True, editable=False)
    choices = models.JSONField(_("choix offerts"), default=list, editable=False)
    rule = models.JSONField(_("règle"), default=dict, editable=False)
    quorum = models.JSONField(_("quorum à l’ouverture"), default=dict, editable=False)
    draw_seed = models.CharField(_("graine du tirage"), max_length=64, blank=True, editable=False)
    opened_at = models.DateTimeField(_("ouvert à"), null=True, editable=False)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("ouvert par")
    )
    closed_at = models.DateTimeField(_("clos à"), null=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("clos par")
    )
    proclaimed_at = models.DateTimeField(_("proclamé à"), null=True, editable=False)
    cancel_reason = models.CharField(_("motif de l’annulation"), max_length=300, blank=True)

    objects = VoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        ordering = ["assembly", "resolution__number", "pk"]
        constraints = [
            models.CheckConstraint(name="vote_state_known", condition=Q(state__in=VoteState.values)),
            models.CheckConstraint(name="vote_way_known", condition=Q(way__in=VoteWay.values)),
            models.CheckConstraint(
                name="vote_opened_is_dated",
                condition=Q(state=VoteState.DRAFT, opened_at__isnull=True)
                | Q(state=VoteState.OPEN, opened_at__isnull=False, closed_at__isnull=True)
                | Q(state=VoteState.CLOSED, closed_at__isnull=False, proclaimed_at__isnull=True)
                | Q(state=VoteState.PROCLAIMED, closed_at__isnull=False, proclaimed_at__isnull=False)
                | Q(state=VoteState.CANCELLED),
            ),
            models.CheckConstraint(
                name="vote_cancelled_says_why",
                condition=~Q(state=VoteState.CANCELLED) | ~Q(cancel_reason=""),
            ),
            # A vote that was not cancelled is the only one of its question and round.
            models.UniqueConstraint(
                name="vote_once",
                fields=["resolution", "amendment", "round"],
                nulls_distinct=False,
                condition=~Q(state=VoteState.CANCELLED),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="vote_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="vote_frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.state <> 'draft' AND (OLD.resolution_id, OLD.amendment_id, OLD.round, OLD.way,"
                    " OLD.text, OLD.text_sha256, OLD.choices, OLD.rule, OLD.quorum, OLD.draw_seed,"
                    " OLD.opened_at) IS DISTINCT FROM (NEW.resolution_id, NEW.amendment_id, NEW.round,"
                    " NEW.way, NEW.text, NEW.text_sha256, NEW.choices, NEW.rule, NEW.quorum, NEW.draw_seed,"
                    " NEW.opened_at) OR OLD.state IN ('proclaimed', 'cancelled')"
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(self.resolution)

    def get_absolute_url(self) -> str:
        return reverse("governance:vote_detail", args=[self.pk])

    @property
    def status(self) -> tuple[str, str, Any]:
        return (*VOTE_SHAPES[self.state], self.get_state_display())


class Voice(models.Model):
    """One voice of the roll, as it stood when the vote opened: whose it is, who casts it."""

    vote = models.ForeignKey(Vote, models.PROTECT, related_name="voices", verbose_name=_("vote"))
    associate = models.ForeignKey(
        Associate, models.PROTECT, null=True, related_name="voices", verbose_name=_("associé·e")
    )
    # An entrepreneur who is no associate, where the electorate takes them in.
    person = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, related_name="voices", verbose_name=_("personne")
    )
    # The mandatary; nobody when one votes for oneself, by correspondence or left the proxy blank.
    holder = models.ForeignKey(
        Associate, models.PROTECT, null=True, related_name="voices_held", verbose_name=_("mandataire")
    )
    is_blank_proxy = models.BooleanField(_("pouvoir en blanc"), default=False)
    # Neither present nor represented: only a form received before speaks.
    is_by_correspondence = models.BooleanField(_("par correspondance"), default=False)
    college = models.ForeignKey(
        College, models.PROTECT, null=True, related_name="+", verbose_name=_("collège")
    )

    class Meta:
        verbose_name = _("voix")
        verbose_name_plural = _("voix des votes")
        ordering = ["vote", "pk"]
        constraints = [
            models.UniqueConstraint(name="voice_associate_once", fields=["vote", "associate"]),
            models.UniqueConstraint(name="voice_person_once", fields=["vote", "person"]),
            models.CheckConstraint(
                name="voice_is_of_somebody",
                condition=Q(associate__isnull=True, person__isnull=False)
                | Q(associate__isnull=False, person__isnull=True),
            ),
            models.CheckConstraint(
                name="voice_speaks_by_one_way",
                condition=Q(holder__isnull=True, is_blank_proxy=False, is_by_correspondence=False)
                | Q(holder__isnull=False, is_blank_proxy=False, is_by_correspondence=False)
                & ~Q(holder=F("associate"))
                | Q(holder__isnull=True, is_blank_proxy=True, is_by_correspondence=False)
                | Q(holder__isnull=True, is_blank_proxy=False, is_by_correspondence=True),
            ),
        ]
        triggers = append_only("voice")

    def __str__(self) -> str:
        return str(self.associate if self.associate_id else self.person)


class NamedBallot(models.Model):
    """What a voice said, never changed: the last one of a voice counts, where the rules let it vote again."""

    voice = models.ForeignKey(Voice, models.PROTECT, related_name="ballots", verbose_name=_("voix"))
    rank = models.PositiveSmallIntegerField(_("rang"), default=1)
    # {"answer": "pour"}, {"names": [..]}, {"grades": {..}}, {"ranking": [[..], ..]}; {} is struck.
    choice = models.JSONField(_("choix"))
    way = models.CharField(_("par"), max_length=14, choices=BallotWay)
    at = models.DateTimeField(_("à"))
    # What the voter keeps, to find the ballot again on the page of the vote.
    receipt = models.CharField(_("reçu"), max_length=16, unique=True)
    cast_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("par")
    )

    class Meta:
        verbose_name = _("bulletin nominatif")
        verbose_name_plural = _("bulletins nominatifs")
        ordering = ["voice", "rank"]
        constraints = [
            models.UniqueConstraint(name="ballot_rank_once", fields=["voice", "rank"]),
            models.CheckConstraint(name="ballot_way_known", condition=Q(way__in=BallotWay.values)),
        ]
        triggers = append_only("ballot")

    def __str__(self) -> str:
        return self.receipt

    @property
    def is_struck(self) -> bool:
        return bool(self.choice == STRUCK)

    @property
    def is_correction(self) -> bool:
        """Noted by the bureau after the proclamation; `voice.vote` read."""
        proclaimed = self.voice.vote.proclaimed_at
        return proclaimed is not None and self.at > proclaimed


class DeclaredCount(models.Model):
    """Voices that people counted, for one choice: hands by the bureau, paper by two scrutineers."""

    vote = models.ForeignKey(Vote, models.PROTECT, related_name="declared", verbose_name=_("vote"))
    kind = models.CharField(_("nature"), max_length=5, choices=CountKind)
    college = models.ForeignKey(
        College, models.PROTECT, null=True, related_name="+", verbose_name=_("collège")
    )
    # An answer, or the key of a candidate.
    choice = models.CharField(_("choix"), max_length=40)
    count = models.PositiveIntegerField(_("nombre"))
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("compté par")
    )
    entered_at = models.DateTimeField(default=timezone.now, editable=False)
    # The second scrutineer, who typed the same count without seeing the first.
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("compté aussi par"),
    )
    confirmed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("décompte déclaré")
        verbose_name_plural = _("décomptes déclarés")
        ordering = ["vote", "kind", "college", "pk"]
        constraints = [
            models.CheckConstraint(name="declared_kind_known", condition=Q(kind__in=CountKind.values)),
            models.UniqueConstraint(
                name="declared_once",
                fields=["vote", "kind", "college", "choice"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="declared_by_two",
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("entered_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.choice} · {self.count}"


class VoteResult(models.Model):
    """What was counted, by which rule, with which verdict: never edited, corrected by one that names it."""

    vote = models.ForeignKey(Vote, models.PROTECT, related_name="results", verbose_name=_("vote"))
    number = models.PositiveSmallIntegerField(_("numéro"), default=1)
    verdict = models.CharField(_("issue"), max_length=24)
    # Rule text, base, need, quorum, counts by college and by door, weights, elected, hash of the text.
    facts = models.JSONField(_("décompte"))
    sha256 = models.CharField(_("empreinte"), max_length=64)
    reason = models.CharField(_("motif de la correction"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("établi le"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("par")
    )

    class Meta:
        verbose_name = _("résultat de vote")
        verbose_name_plural = _("résultats de vote")
        ordering = ["vote", "-number"]
        constraints = [
            models.UniqueConstraint(name="result_number_once", fields=["vote", "number"]),
            models.CheckConstraint(name="result_sealed", condition=Q(sha256__regex="^[0-9a-f]{64}$")),
            models.CheckConstraint(name="result_correction_says_why", condition=Q(number=1) | ~Q(reason="")),
        ]
        triggers = append_only("result")

    def __str__(self) -> str:
        return self.verdict

    @property
    def status(self) -> tuple[str, str, Any]:
        """Its issue as a badge: kind, shape, word."""
        return (*OUTCOME_SHAPES[self.verdict], Outcome(self.verdict).label)
