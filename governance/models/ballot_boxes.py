"""The boxes (urnes) of a secret ballot: what is published, ballots without anybody, and apart who voted.

No path of keys but through the box leads from a ballot or a credential to a person (governance.md §3)."""

from __future__ import annotations

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cae.core.permanence import append_only
from governance.models.associates import Associate, College
from governance.models.secret_votes import SecretVote, Trustee
from governance.states.secret import Channel


class BallotBox(models.Model):
    """One urn: its election as published, byte for byte, one a college where colleges are weighed."""

    secret_vote = models.ForeignKey(
        SecretVote, models.PROTECT, related_name="boxes", verbose_name=_("scrutin")
    )
    college = models.ForeignKey(
        College, models.PROTECT, null=True, related_name="+", verbose_name=_("collège")
    )
    uuid = models.CharField(_("identifiant"), max_length=22, unique=True, editable=False)
    # Exact texts of the archive's Setup (voting-protocol.md §5 to §7), empty until the keys are ready.
    roll = models.TextField(_("clés publiques des codes"), blank=True, editable=False)
    trustees = models.TextField(_("clés des scrutateurs"), blank=True, editable=False)
    election = models.TextField(_("élection"), blank=True, editable=False)
    fingerprint = models.CharField(_("empreinte de l’élection"), max_length=43, blank=True, editable=False)
    roll_fingerprint = models.CharField(_("empreinte de la liste"), max_length=43, blank=True, editable=False)
    # Unix seconds of the archive: those of its setup, and of nothing that a voter did.
    timestamp = models.PositiveBigIntegerField(null=True, editable=False)
    # The server's own key, locked with the secret of the house; destroyed once the totals are known.
    server_key = models.TextField(blank=True, editable=False)
    # Answers of the encrypted sums and of the opened totals; {"kept": n, "counts": …} read from them.
    tally = models.TextField(_("sommes chiffrées"), blank=True, editable=False)
    result = models.TextField(_("totaux ouverts"), blank=True, editable=False)
    kept_count = models.PositiveIntegerField(_("bulletins retenus"), null=True, editable=False)
    # What our verifier found when the result was verified, and the SHA-256 of the archive it read.
    report = models.JSONField(_("rapport de vérification"), default=dict, editable=False)

    class Meta:
        verbose_name = _("urne")
        verbose_name_plural = _("urnes")
        ordering = ["secret_vote", "college__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="box_college_once", fields=["secret_vote", "college"], nulls_distinct=False
            ),
            models.CheckConstraint(
                name="box_sealed_is_whole",
                condition=Q(election="", fingerprint="", trustees="")
                | ~Q(election="")
                & ~Q(fingerprint="")
                & ~Q(trustees="")
                & ~Q(roll="")
                & Q(timestamp__isnull=False),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="box_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="box_sealed",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.election <> '' AND (OLD.secret_vote_id, OLD.college_id, OLD.uuid, OLD.roll,"
                    " OLD.trustees, OLD.election, OLD.fingerprint, OLD.roll_fingerprint, OLD.timestamp)"
                    " IS DISTINCT FROM (NEW.secret_vote_id, NEW.college_id, NEW.uuid, NEW.roll,"
                    " NEW.trustees, NEW.election, NEW.fingerprint, NEW.roll_fingerprint, NEW.timestamp)"
                    " OR OLD.tally <> '' AND (OLD.tally, OLD.kept_count)"
                    " IS DISTINCT FROM (NEW.tally, NEW.kept_count)"
                    " OR OLD.result <> '' AND OLD.result <> NEW.result"
                    " OR OLD.server_key <> '' AND NEW.server_key NOT IN ('', OLD.server_key)"
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.college.name if self.college else str(_("Urne unique"))

    def get_absolute_url(self) -> str:
        return reverse("governance:box_board", args=[self.uuid])


class PublicCredential(models.Model):
    """The public part of one voter's code; whose it is, no row says."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    box = models.ForeignKey(BallotBox, models.CASCADE, related_name="credentials", verbose_name=_("urne"))
    value = models.CharField(_("clé publique"), max_length=64)

    class Meta:
        verbose_name = _("clé publique d’un code")
        verbose_name_plural = _("clés publiques des codes")
        ordering = ["box", "value"]
        constraints = [models.UniqueConstraint(name="credential_once", fields=["box", "value"])]
        triggers = [
            pgtrigger.Protect(name="credential_never_changed", operation=pgtrigger.Update),
            # Codes are made again while the box is prepared; once it is sealed, its list stays.
            pgtrigger.Trigger(
                name="credential_kept",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Delete,
                declare=[("sealed", "boolean")],
                func="""
                    SELECT election <> '' INTO sealed FROM governance_ballotbox
                        WHERE id = CASE TG_OP WHEN 'DELETE' THEN OLD.box_id ELSE NEW.box_id END;
                    IF sealed THEN
                        RAISE EXCEPTION 'credential_kept: the list of this box is sealed'
                            USING ERRCODE = 'raise_exception';
                    END IF;
                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.value


class Ballot(models.Model):
    """An encrypted ballot, byte for byte: no person, no instant; its place is that of its event."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    box = models.ForeignKey(BallotBox, models.PROTECT, related_name="ballots", verbose_name=_("urne"))
    credential = models.ForeignKey(
        PublicCredential, models.PROTECT, related_name="ballots", verbose_name=_("clé publique")
    )
    text = models.TextField(_("bulletin chiffré"))
    tracker = models.CharField(_("numéro de suivi"), max_length=43)
    # Of the ballot without its signature: a former ballot put back after a new vote is found by it.
    body_hash = models.CharField(max_length=43)
    # Its place in the archive.
    height = models.PositiveIntegerField(_("rang"))

    class Meta:
        verbose_name = _("bulletin secret")
        verbose_name_plural = _("bulletins secrets")
        ordering = ["box", "height"]
        constraints = [
            models.UniqueConstraint(name="ballot_tracker_once", fields=["box", "tracker"]),
            models.UniqueConstraint(name="ballot_body_once", fields=["box", "credential", "body_hash"]),
            models.UniqueConstraint(name="ballot_height_once", fields=["box", "height"]),
        ]
        triggers = append_only("secret_ballot")

    def __str__(self) -> str:
        return self.tracker


class BoxEvent(models.Model):
    """One event of the archive's chain: each names the hash of the one before (voting-protocol.md §10)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    box = models.ForeignKey(BallotBox, models.PROTECT, related_name="events", verbose_name=_("urne"))
    height = models.PositiveIntegerField(_("rang"))
    kind = models.CharField(_("nature"), max_length=17)
    # Exact bytes, and their SHA-256, which the next one names.
    text = models.TextField(_("événement"))
    digest = models.CharField(_("empreinte"), max_length=64)

    class Meta:
        verbose_name = _("événement d’urne")
        verbose_name_plural = _("événements d’urne")
        ordering = ["box", "height"]
        constraints = [models.UniqueConstraint(name="box_event_height_once", fields=["box", "height"])]
        triggers = append_only("box_event")

    def __str__(self) -> str:
        return f"{self.height}. {self.kind}"


class DecryptionShare(models.Model):
    """A partial decryption with its proofs: of a scrutineer, or of the server (no trustee)."""

    box = models.ForeignKey(BallotBox, models.PROTECT, related_name="shares", verbose_name=_("urne"))
    trustee = models.ForeignKey(
        Trustee, models.PROTECT, null=True, related_name="shares", verbose_name=_("scrutateur·rice")
    )
    # Its number among the trustees of the archive.
    owner = models.PositiveSmallIntegerField(_("numéro"))
    text = models.TextField(_("part"))
    # The second proof of each factor, beside the archive (§14).
    strict = models.TextField(_("preuves strictes"))
    given_at = models.DateTimeField(_("donnée à"))

    class Meta:
        verbose_name = _("part de dépouillement")
        verbose_name_plural = _("parts de dépouillement")
        ordering = ["box", "owner"]
        constraints = [models.UniqueConstraint(name="share_owner_once", fields=["box", "owner"])]
        triggers = append_only("decryption_share")

    def __str__(self) -> str:
        return f"{self.box} · {self.owner}"


class RollEntry(models.Model):
    """The émargement of one voice: whose, cast by whom, whether it voted and in which quarter of an hour."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    box = models.ForeignKey(BallotBox, models.PROTECT, related_name="entries", verbose_name=_("urne"))
    associate = models.ForeignKey(
        Associate, models.PROTECT, null=True, related_name="roll_entries", verbose_name=_("associé·e")
    )
    person = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, related_name="roll_entries", verbose_name=_("personne")
    )
    holder = models.ForeignKey(
        Associate, models.PROTECT, null=True, related_name="roll_entries_held", verbose_name=_("mandataire")
    )
    # When its code was handed over or mailed: never which code.
    code_sent_at = models.DateTimeField(_("code remis le"), null=True)
    channel = models.CharField(_("par"), max_length=6, choices=Channel, blank=True)
    # Start of the quarter of an hour of the first ballot, never finer; gone with the links.
    quarter = models.DateTimeField(_("quart d’heure"), null=True)
    # Who handed it its card; without one, who wrote down that it votes on paper.
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("noté par")
    )

    class Meta:
        verbose_name = _("émargement d’un scrutin")
        verbose_name_plural = _("émargements de scrutins")
        # Never in order of arrival.
        ordering = ["box", "id"]
        constraints = [
            models.UniqueConstraint(name="entry_associate_once", fields=["box", "associate"]),
            models.UniqueConstraint(name="entry_person_once", fields=["box", "person"]),
            models.CheckConstraint(
                name="entry_is_of_somebody",
                condition=Q(associate__isnull=True, person__isnull=False)
                | Q(associate__isnull=False, person__isnull=True),
            ),
            models.CheckConstraint(
                name="entry_holder_is_another", condition=Q(holder=None) | ~Q(holder=F("associate"))
            ),
            models.CheckConstraint(
                name="entry_channel_known", condition=Q(channel__in=["", *Channel.values])
            ),
            models.CheckConstraint(
                name="entry_quarter_is_of_a_screen", condition=Q(quarter=None) | Q(channel=Channel.SCREEN)
            ),
        ]

    def __str__(self) -> str:
        return str(self.associate if self.associate_id else self.person)

    @property
    def has_voted(self) -> bool:
        return self.channel != ""
