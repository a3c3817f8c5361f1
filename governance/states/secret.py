"""The secret ballot: how codes reach voters, states and moves of a scrutin (GOV-26, GOV-33)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from cae.core.workflow import Move, Workflow


class CodeMode(models.TextChoices):
    """Who makes the voters’ codes: what the server can know of them depends on it."""

    CARDS = "cards", _("Cartes faites par un·e scrutateur·rice")
    MAIL = "mail", _("Codes envoyés par e-mail")


class SecretState(models.TextChoices):
    DRAFT = "draft", _("En préparation")
    ROLL_FROZEN = "roll_frozen", _("Liste arrêtée")
    KEYS_READY = "keys_ready", _("Clés prêtes")
    TESTED = "tested", _("Essayé")
    OPEN = "open", _("Ouvert")
    PAUSED = "paused", _("Suspendu")
    CLOSED = "closed", _("Clos")
    TALLIED = "tallied", _("Sommes publiées")
    DECRYPTED = "decrypted", _("Dépouillé")
    VERIFIED = "verified", _("Vérifié")
    PROCLAIMED = "proclaimed", _("Proclamé")
    RECORDED = "recorded", _("Archivé")
    PURGED = "purged", _("Liens détruits")
    CANCELLED = "cancelled", _("Annulé")


class Channel(models.TextChoices):
    """By which door a voice of the roll voted."""

    SCREEN = "screen", _("Sur son écran")
    PAPER = "paper", _("Sur papier")


SECRET_SHAPES: dict[str, tuple[str, str]] = {
    SecretState.DRAFT: ("neutral", "◇"),
    SecretState.ROLL_FROZEN: ("neutral", "◇"),
    SecretState.KEYS_READY: ("neutral", "◇"),
    SecretState.TESTED: ("info", "●"),
    SecretState.OPEN: ("warning", "▲"),
    SecretState.PAUSED: ("danger", "■"),
    SecretState.CLOSED: ("info", "●"),
    SecretState.TALLIED: ("info", "●"),
    SecretState.DECRYPTED: ("info", "●"),
    SecretState.VERIFIED: ("info", "●"),
    SecretState.PROCLAIMED: ("success", "✔"),
    SecretState.RECORDED: ("success", "✔"),
    SecretState.PURGED: ("success", "✔"),
    SecretState.CANCELLED: ("neutral", "✕"),
}

_S = SecretState
# Before the sums are opened a scrutin may still be given up: nothing of what was said is known.
UNOPENED: tuple[str, ...] = tuple(
    state.value
    for state in (
        _S.DRAFT,
        _S.ROLL_FROZEN,
        _S.KEYS_READY,
        _S.TESTED,
        _S.OPEN,
        _S.PAUSED,
        _S.CLOSED,
        _S.TALLIED,
    )
)
# The roll and what the codes open no longer change.
ROLL_KNOWN: frozenset[str] = frozenset(SecretState.values) - {_S.DRAFT, _S.CANCELLED}
# Ballots may be there, and the box is watched.
HAS_BOX: frozenset[str] = frozenset(SecretState.values) - {
    _S.DRAFT,
    _S.ROLL_FROZEN,
    _S.KEYS_READY,
    _S.TESTED,
    _S.CANCELLED,
}
BEFORE_OPENING: frozenset[str] = frozenset({_S.DRAFT, _S.ROLL_FROZEN, _S.KEYS_READY, _S.TESTED})
# Ballots enter, or will again: voices are noted on paper meanwhile.
RUNNING: frozenset[str] = frozenset({_S.OPEN, _S.PAUSED})
# The closing time may be put later.
EXTENSIBLE: frozenset[str] = RUNNING | {_S.TESTED}
# From the roll to the end of the ballot: a card is handed over, its voter is still expected.
HANDING: frozenset[str] = EXTENSIBLE | {_S.ROLL_FROZEN, _S.KEYS_READY}
# Ballots no longer enter; the figures may be published.
ENDED: frozenset[str] = HAS_BOX - RUNNING
# The sums are open and verified: the result may be shown from here on.
COUNTED: frozenset[str] = frozenset({_S.VERIFIED, _S.PROCLAIMED, _S.RECORDED, _S.PURGED})
# Ballots are in, nothing is proclaimed yet: the sitting waits.
IN_COURSE: frozenset[str] = HAS_BOX - {_S.PROCLAIMED, _S.RECORDED, _S.PURGED}
# Board and archive are open to everybody.
PUBLISHED: frozenset[str] = frozenset({_S.RECORDED, _S.PURGED})
# Neither given up nor ended: the assembly and its resolutions wait.
ALIVE: frozenset[str] = BEFORE_OPENING | IN_COURSE

_WRITE, _ROLL, _RUN, _CHAIR, _SERVER = (
    "governance.prepare_secret_vote",
    "governance.freeze_secret_roll",
    "governance.run_secret_vote",
    "governance.chair_secret_vote",
    "governance.serve_secret_vote",
)
SECRET_FLOW = Workflow(
    "governance.SecretVote",
    (
        Move("freeze_roll", (_S.DRAFT.value,), _S.ROLL_FROZEN.value, _ROLL, _("Arrêter la liste")),
        Move("ready_keys", (_S.ROLL_FROZEN.value,), _S.KEYS_READY.value, _WRITE, _("Sceller les urnes")),
        Move("rehearse", (_S.KEYS_READY.value,), _S.TESTED.value, _RUN, _("Faire l’essai")),
        Move("open", (_S.TESTED.value,), _S.OPEN.value, _CHAIR, _("Ouvrir le scrutin")),
        Move("pause", (_S.OPEN.value,), _S.PAUSED.value, _RUN, _("Suspendre")),
        Move("resume", (_S.PAUSED.value,), _S.OPEN.value, _RUN, _("Reprendre")),
        Move("close", (_S.OPEN.value, _S.PAUSED.value), _S.CLOSED.value, _CHAIR, _("Clore le scrutin")),
        Move("tally", (_S.CLOSED.value,), _S.TALLIED.value, _RUN, _("Publier les sommes chiffrées")),
        # Done with the share that was still missing, by the scrutineer who gives it.
        Move("decrypt", (_S.TALLIED.value,), _S.DECRYPTED.value, _SERVER, _("Ouvrir les totaux")),
        Move("verify", (_S.DECRYPTED.value,), _S.VERIFIED.value, _RUN, _("Vérifier le résultat")),
        Move("proclaim", (_S.VERIFIED.value,), _S.PROCLAIMED.value, _CHAIR, _("Proclamer le résultat")),
        Move("record", (_S.PROCLAIMED.value,), _S.RECORDED.value, _RUN, _("Publier l’archive")),
        Move("purge", (_S.RECORDED.value,), _S.PURGED.value, _SERVER, _("Détruire les liens")),
        # Once the totals are known, only where a box is altered: its result will never be verified.
        Move("cancel", (*UNOPENED, _S.DECRYPTED.value), _S.CANCELLED.value, _RUN, _("Annuler le scrutin")),
    ),
)


class TrusteeStep(models.TextChoices):
    """What a scrutineer’s browser has sent of the key ceremony, in order."""

    CERTIFICATE = "certificate", _("Certificat")
    COMMITMENT = "commitment", _("Empreinte du polynôme")
    POLYNOMIAL = "polynomial", _("Polynôme")
    VERIFICATION = "verification", _("Vérification")
    TRIAL = "trial", _("Part d’essai")
