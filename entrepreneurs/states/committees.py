"""Admission committees: their states, what they may decide, how voices are counted (ENT-13, ENT-14)."""

from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from cae.core.workflow import Move, Workflow


class CommitteeState(TextChoices):
    PLANNED = "planned", _("Prévu")
    CONVENED = "convened", _("Convoqué")
    HELD = "held", _("Tenu")
    CANCELLED = "cancelled", _("Annulé")


class DecisionMode(TextChoices):
    VOTE = "vote", _("Vote")
    CONSENT = "consent", _("Consentement")


class Voice(TextChoices):
    FOR = "for", _("Pour")
    AGAINST = "against", _("Contre")
    ABSTAIN = "abstain", _("Abstention")
    OBJECTION = "objection", _("Objection")


# By consent there is no « against »: an objection stops the decision until it is answered.
VOICES_OF: dict[str, tuple[str, ...]] = {
    DecisionMode.VOTE: (Voice.FOR, Voice.AGAINST, Voice.ABSTAIN),
    DecisionMode.CONSENT: (Voice.FOR, Voice.ABSTAIN, Voice.OBJECTION),
}


class Verdict(TextChoices):
    """What becomes of an application; « postponed » leaves it on the board."""

    ACCEPTED = "accepted", _("Acceptée")
    POSTPONED = "postponed", _("Reportée")
    REFUSED = "refused", _("Refusée")
    REDIRECTED = "redirected", _("Réorientée")
    POOLED = "pooled", _("Au vivier")
    REOPENED = "reopened", _("Rouverte")


class Fit(TextChoices):
    """The check against the purpose that the cooperative states."""

    YES = "yes", _("Conforme à l’objet")
    PARTLY = "partly", _("Conforme en partie")
    NO = "no", _("Étranger à l’objet")


REASON_LIST = "entrepreneurs.refusal_reason"
# The list of reasons a cooperative begins with; it edits it (PEO-39).
FIRST_REASONS: tuple[tuple[str, Any], ...] = (
    ("not_insurable", _("Activité que l’assureur ne couvre pas")),
    ("regulated", _("Métier réglementé, justificatifs absents")),
    ("investment", _("Investissement ou embauche trop lourds pour un test")),
    ("meaning", _("Projet éloigné de l’objet de la coopérative")),
    ("economic", _("Critère économique non atteint")),
    ("same_trade", _("Même métier déjà présent, avis défavorable")),
    ("capacity", _("Plus de place pour accompagner")),
    ("elsewhere", _("Un autre cadre convient mieux")),
    ("too_early", _("Projet trop tôt pour un test")),
    ("no_answer", _("Sans réponse")),
    ("other", _("Autre")),
)

_HOLD = "entrepreneurs.hold_committee"
COMMITTEE_FLOW = Workflow(
    model="entrepreneurs.committee",
    moves=(
        Move("convene", (CommitteeState.PLANNED,), CommitteeState.CONVENED, _HOLD, _("Convoquer")),
        Move("close", (CommitteeState.CONVENED,), CommitteeState.HELD, _HOLD, _("Clore la séance")),
        Move(
            "cancel",
            (CommitteeState.PLANNED, CommitteeState.CONVENED),
            CommitteeState.CANCELLED,
            _HOLD,
            _("Annuler"),
        ),
    ),
)
