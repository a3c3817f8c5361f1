"""Who works in a place, what is sold to them, what they hold and what they owe (COW-09 to 15)."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from cae.core.templatetags.formats import quantity
from cae.core.workflow import Move, Workflow


class MemberOrigin(models.TextChoices):
    OWN = "own", _("De la coopérative")
    OUTSIDE = "outside", _("De l’extérieur")
    ORGANISATION = "organisation", _("D’un organisme")
    REMOTE = "remote", _("En télétravail")


class PlanKind(models.TextChoices):
    RESIDENT = "resident", _("Poste résident")
    WEEK = "week", _("Jours choisis de la semaine")
    DAYS = "days", _("Jours par mois")
    HOURS = "hours", _("Heures par mois")
    PASS = "pass", _("Carnet")


class TimeUnit(models.TextChoices):
    HOUR = "hour", _("heure")
    HALF_DAY = "half_day", _("demi-journée")
    DAY = "day", _("jour")

    def counted(self, units: Decimal) -> str:
        """« 4 heures », « 0,5 jour »."""
        words = {
            self.HOUR: ngettext("%(n)s heure", "%(n)s heures", max(int(units), 1)),
            self.HALF_DAY: ngettext("%(n)s demi-journée", "%(n)s demi-journées", max(int(units), 1)),
            self.DAY: ngettext("%(n)s jour", "%(n)s jours", max(int(units), 1)),
        }
        return words[self] % {"n": quantity(units)}


class SubscriptionState(models.TextChoices):
    ASKED = "asked", _("Demandé")
    ACTIVE = "active", _("En cours")
    ENDED = "ended", _("Fini")
    REFUSED = "refused", _("Refusé")


class SignUpState(models.TextChoices):
    ASKED = "asked", _("À répondre")
    ACCEPTED = "accepted", _("Acceptée")
    REFUSED = "refused", _("Refusée")


class DepositState(models.TextChoices):
    ASKED = "asked", _("Demandé")
    RECEIVED = "received", _("Reçu")
    RETURNED = "returned", _("Rendu")
    KEPT = "kept", _("Gardé")


class ChargeKind(models.TextChoices):
    SUBSCRIPTION = "subscription", _("Abonnement")
    BEYOND = "beyond", _("Au-delà de la formule")
    BOOKING = "booking", _("Réservation")
    PASS = "pass", _("Carnet")
    PREMISES = "premises", _("Charges des locaux")
    LOSS = "loss", _("Clé perdue ou dommage")
    DEPOSIT = "deposit", _("Dépôt de garantie gardé")
    EVENT = "event", _("Événement")
    OTHER = "other", _("Autre")


class ChargeState(models.TextChoices):
    DUE = "due", _("À facturer")
    HELD = "held", _("Retenue")
    BILLED = "billed", _("Facturée")
    WAIVED = "waived", _("Abandonnée")


class RunState(models.TextChoices):
    PREVIEW = "preview", _("À vérifier")
    RUNNING = "running", _("En cours")
    DONE = "done", _("Terminée")


# Of a day of work, as tariffs count it.
MINUTES: dict[str, int] = {TimeUnit.HOUR: 60, TimeUnit.HALF_DAY: 4 * 60, TimeUnit.DAY: 8 * 60}

SUBSCRIPTION_SHAPES: dict[str, tuple[str, str]] = {
    SubscriptionState.ASKED: ("warning", "▲"),
    SubscriptionState.ACTIVE: ("success", "●"),
    SubscriptionState.ENDED: ("neutral", "✔"),
    SubscriptionState.REFUSED: ("danger", "✕"),
}
SIGNUP_SHAPES: dict[str, tuple[str, str]] = {
    SignUpState.ASKED: ("warning", "▲"),
    SignUpState.ACCEPTED: ("success", "✔"),
    SignUpState.REFUSED: ("danger", "✕"),
}
DEPOSIT_SHAPES: dict[str, tuple[str, str]] = {
    DepositState.ASKED: ("warning", "▲"),
    DepositState.RECEIVED: ("info", "●"),
    DepositState.RETURNED: ("success", "✔"),
    DepositState.KEPT: ("danger", "◇"),
}
CHARGE_SHAPES: dict[str, tuple[str, str]] = {
    ChargeState.DUE: ("info", "●"),
    ChargeState.HELD: ("warning", "▲"),
    ChargeState.BILLED: ("success", "✔"),
    ChargeState.WAIVED: ("neutral", "✕"),
}
RUN_SHAPES: dict[str, tuple[str, str]] = {
    RunState.PREVIEW: ("warning", "▲"),
    RunState.RUNNING: ("info", "●"),
    RunState.DONE: ("success", "✔"),
}

_KEEPS, _BILLS = "coworking.keep_members", "coworking.bill_place"
_ASKED, _ACTIVE = SubscriptionState.ASKED.value, SubscriptionState.ACTIVE.value
SUBSCRIPTION_FLOW = Workflow(
    "coworking.Subscription",
    (
        Move("accept", (_ASKED,), _ACTIVE, _KEEPS, _("Accepter")),
        Move("refuse", (_ASKED,), SubscriptionState.REFUSED.value, _KEEPS, _("Refuser")),
        Move("end", (_ACTIVE,), SubscriptionState.ENDED.value, _KEEPS, _("Finir")),
    ),
)
SIGNUP_FLOW = Workflow(
    "coworking.SignUp",
    (
        Move("accept", (SignUpState.ASKED.value,), SignUpState.ACCEPTED.value, _KEEPS, _("Accepter")),
        Move("refuse", (SignUpState.ASKED.value,), SignUpState.REFUSED.value, _KEEPS, _("Refuser")),
    ),
)
_RECEIVED, _KEPT = DepositState.RECEIVED.value, DepositState.KEPT.value
DEPOSIT_FLOW = Workflow(
    "coworking.Deposit",
    (
        Move("receive", (DepositState.ASKED.value,), _RECEIVED, _KEEPS, _("Noter reçu")),
        # Noted by mistake, or a matching of the bank is undone.
        Move("take_back", (_RECEIVED,), DepositState.ASKED.value, _KEEPS, _("Annuler la réception")),
        # Kept for a line that is not billed yet too.
        Move(
            "give_back",
            (_RECEIVED, DepositState.KEPT.value),
            DepositState.RETURNED.value,
            _KEEPS,
            _("Rendre"),
        ),
        Move("keep", (_RECEIVED,), _KEPT, _KEEPS, _("Garder")),
    ),
)
_DUE, _HELD = ChargeState.DUE.value, ChargeState.HELD.value
CHARGE_FLOW = Workflow(
    "coworking.Charge",
    (
        Move("hold", (_DUE,), _HELD, _BILLS, _("Retenir")),
        Move("release", (_HELD,), _DUE, _BILLS, _("Remettre à facturer")),
        Move("waive", (_DUE, _HELD), ChargeState.WAIVED.value, _BILLS, _("Abandonner")),
        Move("bill", (_DUE,), ChargeState.BILLED.value, _BILLS, _("Facturer")),
        # Its draft was given up: nothing was invoiced.
        Move("free", (ChargeState.BILLED.value,), _DUE, _BILLS, _("Remettre à facturer")),
    ),
)
_RUNNING, _DONE = RunState.RUNNING.value, RunState.DONE.value
RUN_FLOW = Workflow(
    "coworking.BillingRun",
    (
        # Again once it is done, for what was released since, or when its work stopped half-way.
        Move("start", (RunState.PREVIEW.value, _RUNNING, _DONE), _RUNNING, _BILLS, _("Facturer le mois")),
        Move("finish", (_RUNNING,), _DONE, _BILLS, _("Terminer")),
    ),
)
