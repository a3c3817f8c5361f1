"""Contracts and their clauses: kinds, states, and the table of legal moves (ENT-24 to ENT-28)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cae.core.workflow import Move, Workflow


class ContractKind(models.TextChoices):
    """What the cooperative signs with a person; official names stay official."""

    SUPPORT_AGREEMENT = "support_agreement", _("Convention d’accompagnement")
    CAPE = "cape", _("CAPE")
    CESA = "cesa", _("CESA")
    OTHER = "other", _("Autre contrat")


class ContractState(models.TextChoices):
    DRAFT = "draft", _("Brouillon")
    TO_SIGN = "to_sign", _("À signer")
    SIGNED = "signed", _("En cours")
    ENDED = "ended", _("Terminé")
    CANCELLED = "cancelled", _("Annulé")


class TermsState(models.TextChoices):
    """Of one dated set of clauses: those of the contract itself, or of an amendment."""

    DRAFT = "draft", _("Brouillon")
    TO_SIGN = "to_sign", _("À signer")
    SIGNED = "signed", _("Signé")
    CANCELLED = "cancelled", _("Annulé")


class EndKind(models.TextChoices):
    """Why a contract is over."""

    TERM = "term", _("Arrivé à son terme")
    EARLY = "early", _("Rupture anticipée")
    FOLLOWED = "followed", _("Suivi d’un autre contrat")
    # C. trav. L7331-3: not an associate by the last day.
    BY_LAW = "by_law", _("Fin de plein droit, sans entrée au sociétariat")


class Party(models.TextChoices):
    """Who signs, in this order."""

    PERSON = "person", _("La personne")
    COOPERATIVE = "cooperative", _("La coopérative")


class GoalPeriod(models.TextChoices):
    """Over what the minimum activity is counted (domain.md 3.3)."""

    MONTH = "month", _("par mois")
    QUARTER = "quarter", _("par trimestre")
    HALF_YEAR = "half_year", _("par semestre")
    YEAR = "year", _("par an")


class AccountsRhythm(models.TextChoices):
    """How often the person is given the accounts of the activity."""

    MONTH = "month", _("chaque mois")
    QUARTER = "quarter", _("chaque trimestre")
    YEAR = "year", _("chaque année")


# These do not count as days under contract: a draft binds nobody.
BINDING_STATES: tuple[str, ...] = (ContractState.SIGNED, ContractState.ENDED)
OPEN_STATES: tuple[str, ...] = (ContractState.DRAFT, ContractState.TO_SIGN)

# How each state is drawn: tone and shape.
CONTRACT_SHAPES: dict[str, tuple[str, str]] = {
    ContractState.DRAFT: ("neutral", "◇"),
    ContractState.TO_SIGN: ("warning", "▲"),
    ContractState.SIGNED: ("success", "●"),
    ContractState.ENDED: ("neutral", "■"),
    ContractState.CANCELLED: ("neutral", "✕"),
}

TERMS_SHAPES: dict[str, tuple[str, str]] = {
    TermsState.DRAFT: ("neutral", "◇"),
    TermsState.TO_SIGN: ("warning", "▲"),
    TermsState.SIGNED: ("success", "✔"),
    TermsState.CANCELLED: ("neutral", "✕"),
}

_DRAFT, _TO_SIGN, _SIGNED = ContractState.DRAFT.value, ContractState.TO_SIGN.value, ContractState.SIGNED.value

CONTRACT_FLOW = Workflow(
    "entrepreneurs.contract",
    (
        Move("send", (_DRAFT,), _TO_SIGN, "entrepreneurs.send_contract", _("Mettre à la signature")),
        Move("take_back", (_TO_SIGN,), _DRAFT, "entrepreneurs.send_contract", _("Reprendre le brouillon")),
        Move("decline", (_TO_SIGN,), _DRAFT, "entrepreneurs.sign_contract", _("Refuser de signer")),
        Move("conclude", (_TO_SIGN,), _SIGNED, "entrepreneurs.sign_contract", _("Signer")),
        Move(
            "cancel",
            (_DRAFT, _TO_SIGN),
            ContractState.CANCELLED.value,
            "entrepreneurs.send_contract",
            _("Annuler"),
        ),
        Move(
            "end", (_SIGNED,), ContractState.ENDED.value, "entrepreneurs.end_contract", _("Clore le contrat")
        ),
    ),
)

TERMS_FLOW = Workflow(
    "entrepreneurs.contractterms",
    (
        Move("send", (_DRAFT,), _TO_SIGN, "entrepreneurs.send_contract", _("Mettre à la signature")),
        Move("take_back", (_TO_SIGN,), _DRAFT, "entrepreneurs.send_contract", _("Reprendre le brouillon")),
        Move("decline", (_TO_SIGN,), _DRAFT, "entrepreneurs.sign_contract", _("Refuser de signer")),
        Move("conclude", (_TO_SIGN,), TermsState.SIGNED.value, "entrepreneurs.sign_contract", _("Signer")),
        Move(
            "cancel",
            (_DRAFT, _TO_SIGN),
            TermsState.CANCELLED.value,
            "entrepreneurs.send_contract",
            _("Annuler"),
        ),
    ),
)


class DeclaredTo(models.TextChoices):
    """Whom the cooperative informs of a CAPE (C. com. R127-2, R127-3)."""

    URSSAF = "urssaf", _("URSSAF")
    UNEMPLOYMENT = "unemployment", _("Assurance chômage")


class DeclaredEvent(models.TextChoices):
    SIGNATURE = "signature", _("Signature et terme")
    RENEWAL = "renewal", _("Renouvellement")
    EARLY_END = "early_end", _("Rupture anticipée")
