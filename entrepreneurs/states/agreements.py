"""The states of the agreement of a collective, and of a demand to join one (ENT-44, ENT-45)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from cae.core.workflow import Move, Workflow

# What the signature of an agreement is kept under (cae.core.signing).
SIGNED_FOR = "entrepreneurs.agreement"


class AgreementState(TextChoices):
    DRAFT = "draft", _("Brouillon")
    TO_SIGN = "to_sign", _("À signer")
    SIGNED = "signed", _("Signée")
    CANCELLED = "cancelled", _("Abandonnée")


_DRAFT = "entrepreneurs.draft_agreement"

AGREEMENT_FLOW = Workflow(
    "entrepreneurs.Agreement",
    (
        Move(
            "propose", (AgreementState.DRAFT,), AgreementState.TO_SIGN, _DRAFT, _("Proposer à la signature")
        ),
        Move(
            "take_back", (AgreementState.TO_SIGN,), AgreementState.DRAFT, _DRAFT, _("Reprendre pour modifier")
        ),
        Move(
            "countersign",
            (AgreementState.TO_SIGN,),
            AgreementState.SIGNED,
            "entrepreneurs.countersign_agreement",
            _("Signer pour la coopérative"),
        ),
        Move(
            "decline",
            (AgreementState.TO_SIGN,),
            AgreementState.DRAFT,
            "entrepreneurs.sign_agreement",
            _("Ne pas signer"),
        ),
        Move("cancel", (AgreementState.DRAFT,), AgreementState.CANCELLED, _DRAFT, _("Abandonner")),
    ),
)


class JoinState(TextChoices):
    ASKED = "asked", _("En attente")
    ACCEPTED = "accepted", _("Acceptée")
    REFUSED = "refused", _("Refusée")
    WITHDRAWN = "withdrawn", _("Retirée")


_ANSWER = "entrepreneurs.answer_join"

JOIN_FLOW = Workflow(
    "entrepreneurs.JoinRequest",
    (
        Move("accept", (JoinState.ASKED,), JoinState.ACCEPTED, _ANSWER, _("Accepter")),
        Move("refuse", (JoinState.ASKED,), JoinState.REFUSED, _ANSWER, _("Refuser")),
        Move(
            "withdraw",
            (JoinState.ASKED,),
            JoinState.WITHDRAWN,
            "entrepreneurs.withdraw_join",
            _("Retirer la demande"),
        ),
    ),
)
