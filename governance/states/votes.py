"""Votes: methods, ways, choices, states. What a secret ballot holds has states of its own (secret.py)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from cae.core.workflow import Move, Workflow


class Method(models.TextChoices):
    """How voices become a decision (GOV-28)."""

    RESOLUTION = "resolution", _("Pour, contre, abstention")
    LIST = "list", _("Scrutin de liste à deux tours")
    NAMES = "names", _("Scrutin de noms à deux tours")
    MAJORITY_JUDGMENT = "majority_judgment", _("Jugement majoritaire")
    SCHULZE = "schulze", _("Classement (Condorcet, méthode de Schulze)")
    TRANSFERABLE = "transferable", _("Vote unique transférable")
    CONSENT = "consent", _("Consentement")


class VoteWay(models.TextChoices):
    SCREEN = "screen", _("Chacun·e sur son écran")
    HANDS = "hands", _("À main levée, compté par le bureau")
    ROLL_CALL = "roll_call", _("Par appel nominal")
    SECRET = "secret", _("Au scrutin secret")


class VoteState(models.TextChoices):
    DRAFT = "draft", _("À ouvrir")
    OPEN = "open", _("Ouvert")
    CLOSED = "closed", _("Clos, à proclamer")
    PROCLAIMED = "proclaimed", _("Proclamé")
    CANCELLED = "cancelled", _("Annulé")


class Answer(models.TextChoices):
    """What a voice says of a resolution."""

    FOR = "pour", _("Pour")
    AGAINST = "contre", _("Contre")
    ABSTENTION = "abstention", _("Abstention")
    BLANK = "blanc", _("Blanc")
    NULL = "nul", _("Nul")


class Consent(models.TextChoices):
    CONSENT = "consent", _("Consentement")
    RESERVE = "reserve", _("Réserve")
    OBJECTION = "objection", _("Objection")
    WITHDRAWN = "retrait", _("Retrait")


class BallotWay(models.TextChoices):
    """By which door a voice came."""

    SCREEN = "screen", _("Sur son écran")
    ROLL_CALL = "roll_call", _("À l’appel de son nom")
    CORRESPONDENCE = "correspondence", _("Par correspondance")
    BLANK_PROXY = "blank_proxy", _("Pouvoir en blanc")


# The choice of a voice noted by mistake, which said nothing.
STRUCK: dict[str, str] = {}


class CountKind(models.TextChoices):
    """Voices counted by people, kept apart from those cast by name."""

    HANDS = "hands", _("Mains levées")
    PAPER = "paper", _("Bulletins de papier")


class Outcome(models.TextChoices):
    """What a count gives: codes of governance/calculations, and those of elections."""

    ADOPTED = "adopted", _("Adoptée")
    REJECTED = "rejected", _("Non adoptée")
    NO_VOTE_EXPRESSED = "no_vote_expressed", _("Aucun suffrage exprimé")
    ELECTED = "elected", _("Élection acquise")
    SECOND_ROUND = "second_round", _("Second tour")
    SEATS_LEFT = "seats_left", _("Sièges non pourvus")
    OBJECTION = "objection_to_lift", _("Objection à lever")
    TOO_FEW = "not_enough_participants", _("Participation insuffisante")


OUTCOME_SHAPES: dict[str, tuple[str, str]] = {
    Outcome.ADOPTED: ("success", "✔"),
    Outcome.REJECTED: ("danger", "✕"),
    Outcome.NO_VOTE_EXPRESSED: ("neutral", "◇"),
    Outcome.ELECTED: ("success", "✔"),
    Outcome.SECOND_ROUND: ("warning", "▲"),
    Outcome.SEATS_LEFT: ("warning", "▲"),
    Outcome.OBJECTION: ("warning", "▲"),
    Outcome.TOO_FEW: ("neutral", "◇"),
}
# What adopts a text.
CARRIED: frozenset[str] = frozenset({Outcome.ADOPTED, Outcome.ELECTED})

# What a voter may choose on a screen; a null ballot is found when paper is counted.
ON_SCREEN: tuple[Answer, ...] = (Answer.FOR, Answer.AGAINST, Answer.ABSTENTION)
GRADES: tuple[tuple[str, object], ...] = (
    ("excellent", _("Excellent")),
    ("good", _("Bien")),
    ("fair", _("Passable")),
    ("poor", _("Insuffisant")),
    ("reject", _("À rejeter")),
)

VOTE_SHAPES: dict[str, tuple[str, str]] = {
    VoteState.DRAFT: ("neutral", "◇"),
    VoteState.OPEN: ("warning", "▲"),
    VoteState.CLOSED: ("info", "●"),
    VoteState.PROCLAIMED: ("success", "✔"),
    VoteState.CANCELLED: ("neutral", "✕"),
}

_S, _RUN = VoteState, "governance.run_vote"
VOTE_FLOW = Workflow(
    "governance.Vote",
    (
        Move("open", (_S.DRAFT.value,), _S.OPEN.value, _RUN, _("Ouvrir le vote")),
        Move("close", (_S.OPEN.value,), _S.CLOSED.value, _RUN, _("Clore le vote")),
        Move("proclaim", (_S.CLOSED.value,), _S.PROCLAIMED.value, _RUN, _("Proclamer le résultat")),
        Move(
            "cancel",
            (_S.DRAFT.value, _S.OPEN.value, _S.CLOSED.value),
            _S.CANCELLED.value,
            _RUN,
            _("Annuler le vote"),
        ),
    ),
)
