"""What is done in an activity of several people, and to its insurance, as the journal says it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "entrepreneurs.activity.close": _("Activité fermée"),
    "entrepreneurs.activity.make_collective": _("Activité devenue collective"),
    "entrepreneurs.activity.open_to_members": _("Accueil de nouveaux membres changé"),
    "entrepreneurs.Agreement.cancel": _("Convention abandonnée"),
    "entrepreneurs.Agreement.countersign": _("Convention signée par la coopérative"),
    "entrepreneurs.Agreement.decline": _("Convention non signée par un membre"),
    "entrepreneurs.Agreement.propose": _("Convention proposée à la signature"),
    "entrepreneurs.Agreement.take_back": _("Convention reprise"),
    "entrepreneurs.agreement.draft": _("Convention rédigée"),
    "entrepreneurs.agreement.end": _("Convention arrêtée"),
    "entrepreneurs.agreement.save": _("Convention modifiée"),
    "entrepreneurs.Claim.close": _("Sinistre clos"),
    "entrepreneurs.Claim.reopen": _("Sinistre rouvert"),
    "entrepreneurs.Claim.send": _("Sinistre transmis à l’assureur"),
    "entrepreneurs.claim.declare": _("Sinistre déclaré"),
    "entrepreneurs.claim.outcome": _("Issue du sinistre effacée"),
    "entrepreneurs.cover.end": _("Garantie arrêtée"),
    "entrepreneurs.cover.record": _("Garantie notée"),
    "entrepreneurs.join.ask": _("Entrée dans un collectif demandée"),
    "entrepreneurs.JoinRequest.accept": _("Entrée acceptée"),
    "entrepreneurs.JoinRequest.refuse": _("Entrée refusée"),
    "entrepreneurs.JoinRequest.withdraw": _("Demande d’entrée retirée"),
}
