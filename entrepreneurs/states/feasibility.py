"""What a feasibility check asks, and what an insurer may answer to a slip (ENT-11, ENT-12)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from cae.core.workflow import Move, Workflow


class FeasibilityPoint(TextChoices):
    """One point to look at. The trade says the first when the library of trades knows it."""

    REGULATED = "regulated", _("Métier réglementé")
    PROOFS = "proofs", _("Justificatifs du métier réunis")
    INSURABLE = "insurable", _("Responsabilité civile professionnelle assurable")
    INVESTMENT = "investment", _("Investissement lourd")
    LEASE = "lease", _("Bail à signer")
    HIRING = "hiring", _("Embauche proche")


class Finding(TextChoices):
    YES = "yes", _("Oui")
    NO = "no", _("Non")
    TO_SEE = "to_see", _("À voir")


# What each point asks for, so that nothing stands in the way of an entry.
WANTED: dict[str, str] = {
    FeasibilityPoint.REGULATED: "",
    FeasibilityPoint.PROOFS: Finding.YES,
    FeasibilityPoint.INSURABLE: Finding.YES,
    FeasibilityPoint.INVESTMENT: Finding.NO,
    FeasibilityPoint.LEASE: Finding.NO,
    FeasibilityPoint.HIRING: Finding.NO,
}


class SlipState(TextChoices):
    """The slip that goes to the insurer and comes back (fiche navette)."""

    SENT = "sent", _("Envoyée")
    AGREED = "agreed", _("Acceptée")
    LIMITED = "limited", _("Acceptée avec exclusions")
    REFUSED = "refused", _("Refusée")


AGREED_SLIPS: tuple[str, ...] = (SlipState.AGREED, SlipState.LIMITED)

SLIP_FLOW = Workflow(
    model="entrepreneurs.insurerslip",
    moves=(
        Move("agree", (SlipState.SENT,), SlipState.AGREED, "entrepreneurs.answer_slip", _("Assureur : oui")),
        Move(
            "limit",
            (SlipState.SENT,),
            SlipState.LIMITED,
            "entrepreneurs.answer_slip",
            _("Assureur : oui, avec exclusions"),
        ),
        Move(
            "refuse", (SlipState.SENT,), SlipState.REFUSED, "entrepreneurs.answer_slip", _("Assureur : non")
        ),
    ),
)


class Opinion(TextChoices):
    """What colleagues of the same trade think of one more (ENT-11), or members of a newcomer (ENT-03)."""

    FOR = "for", _("Favorable")
    RESERVED = "reserved", _("Réservé")
    AGAINST = "against", _("Défavorable")


class OpinionKind(TextChoices):
    TRADE = "trade", _("Même métier à côté")
    COLLECTIVE = "collective", _("Membre du collectif")
