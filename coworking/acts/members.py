"""What the acts on members, plans, subscriptions and passes are called in the journal."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "coworking.member.enter": _("Coworker inscrit"),
    "coworking.member.change": _("Fiche de coworker modifiée"),
    "coworking.member.charter": _("Règles du lieu acceptées"),
    "coworking.member.end": _("Départ d’un coworker noté"),
    "coworking.plan.open": _("Formule mise en vente"),
    "coworking.plan.change": _("Formule modifiée"),
    "coworking.plan.price": _("Prix d’une formule fixé"),
    "coworking.plan.include": _("Part comprise d’une formule fixée"),
    "coworking.plan.exclude": _("Part comprise d’une formule retirée"),
    "coworking.plan.withdraw": _("Formule retirée de la vente"),
    "coworking.subscription.ask": _("Abonnement demandé"),
    "coworking.Subscription.accept": _("Abonnement accepté"),
    "coworking.Subscription.refuse": _("Abonnement refusé"),
    "coworking.Subscription.end": _("Abonnement fini"),
    "coworking.subscription.ask_end": _("Fin d’un abonnement demandée"),
    "coworking.subscription.take_back_end": _("Fin d’un abonnement reprise"),
    "coworking.subscription.pause": _("Abonnement mis en pause"),
    "coworking.subscription.lift_pause": _("Pause d’un abonnement levée"),
    "coworking.desk.free": _("Poste laissé aux autres pour une absence"),
    "coworking.desk.take_back": _("Poste repris après une absence"),
    "coworking.Deposit.receive": _("Dépôt de garantie reçu"),
    "coworking.Deposit.take_back": _("Réception d’un dépôt de garantie annulée"),
    "coworking.Deposit.give_back": _("Dépôt de garantie rendu"),
    "coworking.Deposit.keep": _("Dépôt de garantie gardé"),
    "coworking.signup.ask": _("Adhésion à un lieu demandée"),
    "coworking.SignUp.accept": _("Adhésion à un lieu acceptée"),
    "coworking.SignUp.refuse": _("Adhésion à un lieu refusée"),
    "coworking.pass.sell": _("Carnet vendu"),
}
