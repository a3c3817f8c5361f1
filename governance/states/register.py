"""The register of associates and of shares: what one is, how shares move, how the right to vote goes."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from cae.core.workflow import Move, Workflow

_DECIDE, _SHARES, _GIVE_UP = (
    "governance.decide_admission",
    "governance.write_shares",
    "governance.give_up_shares",
)


class Category(models.TextChoices):
    """What an associate is for the limits of the law (loi 78-763, loi 47-1775 art. 3 bis and 19 septies)."""

    EMPLOYEE = "employee", _("Salarié·e")
    FORMER_EMPLOYEE = "former_employee", _("Ancien·ne salarié·e")
    PRODUCER = "producer", _("Producteur·rice")
    BENEFICIARY = "beneficiary", _("Bénéficiaire des biens ou services")
    VOLUNTEER = "volunteer", _("Bénévole")
    PUBLIC_BODY = "public_body", _("Collectivité ou organisme public")
    COOPERATIVE = "cooperative", _("Coopérative")
    OUTSIDE = "outside", _("Autre associé·e extérieur·e")


class LossCause(models.TextChoices):
    """Why one is no associate any more (loi 78-763 art. 10 and 11, statutes)."""

    RESIGNATION = "resignation", _("Démission")
    EMPLOYMENT_ENDED = "employment_ended", _("Fin du contrat de travail")
    RETIREMENT = "retirement", _("Retraite")
    REDUNDANCY = "redundancy", _("Licenciement économique")
    DISABILITY = "disability", _("Invalidité")
    DEATH = "death", _("Décès")
    DEEMED_RESIGNED = "deemed_resigned", _("Réputé·e démissionnaire")
    EXCLUSION = "exclusion", _("Exclusion")
    DISSOLUTION = "dissolution", _("Dissolution de la personne morale")


class RightsEventKind(models.TextChoices):
    """Each a dated fact about the right to vote (statutes)."""

    NOTICE = "notice", _("Mise en demeure")
    SUSPENSION = "suspension", _("Droit de vote suspendu")
    RETURN = "return", _("Droit de vote rendu")


class AdmissionState(models.TextChoices):
    DRAFT = "draft", _("À compléter")
    SUBMITTED = "submitted", _("À instruire")
    TO_VOTE = "to_vote", _("Mise au vote")
    ADMITTED = "admitted", _("Admise")
    REFUSED = "refused", _("Refusée")
    WITHDRAWN = "withdrawn", _("Retirée")


# One of these at most for somebody: until it is decided, or put aside.
OPEN_STATES: tuple[str, ...] = (AdmissionState.DRAFT, AdmissionState.SUBMITTED, AdmissionState.TO_VOTE)


class AdmissionRoute(models.TextChoices):
    """How the decision is made (loi 78-763 art. 7 to 9, statutes)."""

    VOTE = "vote", _("Vote de l’assemblée")
    BY_RULE = "by_rule", _("De plein droit, par les statuts")


class PaymentPlan(models.TextChoices):
    AT_ONCE = "at_once", _("En une fois")
    IN_PARTS = "in_parts", _("En plusieurs fois")
    ON_PAY = "on_pay", _("Retenue sur la paie")


class PaymentWay(models.TextChoices):
    BANK = "bank", _("Virement ou chèque")
    PAY = "pay", _("Retenue sur la paie")


class SubscriptionState(models.TextChoices):
    DRAFT = "draft", _("À signer")
    SIGNED = "signed", _("Souscrite, à libérer")
    PAID = "paid", _("Libérée")
    CANCELLED = "cancelled", _("Abandonnée")


class MovementKind(models.TextChoices):
    """Issue gives, withdrawal and cancellation take, a transfer does both."""

    ISSUE = "issue", _("Souscription")
    TRANSFER = "transfer", _("Cession")
    CANCELLATION = "cancellation", _("Annulation de parts non libérées")
    WITHDRAWAL = "withdrawal", _("Retrait, parts à rembourser")


class RefundState(models.TextChoices):
    ASKED = "asked", _("Demandé")
    WITHDRAWN = "withdrawn", _("Parts annulées, à rembourser")
    PAID = "paid", _("Remboursé")
    CANCELLED = "cancelled", _("Abandonné")


ADMISSION_SHAPES: dict[str, tuple[str, str]] = {
    AdmissionState.DRAFT: ("neutral", "◇"),
    AdmissionState.SUBMITTED: ("info", "●"),
    AdmissionState.TO_VOTE: ("warning", "▲"),
    AdmissionState.ADMITTED: ("success", "✔"),
    AdmissionState.REFUSED: ("neutral", "✕"),
    AdmissionState.WITHDRAWN: ("neutral", "✕"),
}
SUBSCRIPTION_SHAPES: dict[str, tuple[str, str]] = {
    SubscriptionState.DRAFT: ("neutral", "◇"),
    SubscriptionState.SIGNED: ("info", "●"),
    SubscriptionState.PAID: ("success", "✔"),
    SubscriptionState.CANCELLED: ("neutral", "✕"),
}
REFUND_SHAPES: dict[str, tuple[str, str]] = {
    RefundState.ASKED: ("info", "●"),
    RefundState.WITHDRAWN: ("warning", "▲"),
    RefundState.PAID: ("success", "✔"),
    RefundState.CANCELLED: ("neutral", "✕"),
}

_D, _S, _V = AdmissionState.DRAFT.value, AdmissionState.SUBMITTED.value, AdmissionState.TO_VOTE.value
ADMISSION_FLOW = Workflow(
    "governance.Admission",
    (
        Move("submit", (_D,), _S, "governance.ask_admission", _("Envoyer ma demande")),
        # Again: a vote that did not take place leaves the request to another one.
        Move("put_to_vote", (_S, _V), _V, _DECIDE, _("Mettre au vote")),
        Move("admit", (_S, _V), AdmissionState.ADMITTED.value, _DECIDE, _("Admettre")),
        Move("refuse", (_S, _V), AdmissionState.REFUSED.value, _DECIDE, _("Noter le refus")),
        Move(
            "withdraw", (_D, _S, _V), AdmissionState.WITHDRAWN.value, "governance.ask_admission", _("Retirer")
        ),
    ),
)
_DRAFT, _SIGNED = SubscriptionState.DRAFT.value, SubscriptionState.SIGNED.value
SUBSCRIPTION_FLOW = Workflow(
    "governance.Subscription",
    (
        Move("sign", (_DRAFT,), _SIGNED, "governance.sign_subscription", _("Signer le bulletin")),
        Move("free", (_SIGNED,), SubscriptionState.PAID.value, _SHARES, _("Libérer")),
        Move("reopen", (SubscriptionState.PAID.value,), _SIGNED, _SHARES, _("Rouvrir la libération")),
        Move("cancel", (_DRAFT, _SIGNED), SubscriptionState.CANCELLED.value, _GIVE_UP, _("Abandonner")),
    ),
)
_ASKED, _OUT = RefundState.ASKED.value, RefundState.WITHDRAWN.value
REFUND_FLOW = Workflow(
    "governance.Refund",
    (
        Move("withdraw_shares", (_ASKED,), _OUT, _SHARES, _("Annuler les parts")),
        Move("give_back", (_OUT,), _ASKED, _SHARES, _("Rétablir les parts")),
        Move("pay", (_OUT,), RefundState.PAID.value, _SHARES, _("Rembourser")),
        Move("cancel", (_ASKED,), RefundState.CANCELLED.value, _GIVE_UP, _("Abandonner")),
    ),
)
