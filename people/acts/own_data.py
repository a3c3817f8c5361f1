"""What is done to one’s own data, protected records and consents, as the journal says it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "people.bank.propose": _("Coordonnées bancaires données"),
    "people.PersonBank.confirm": _("Coordonnées bancaires confirmées"),
    "people.PersonBank.refuse": _("Coordonnées bancaires refusées"),
    "people.PersonBank.replace": _("Coordonnées bancaires remplacées"),
    "people.consent.give": _("Consentement donné"),
    "people.consent.withdraw": _("Consentement retiré"),
    "people.DataIncident.close": _("Incident sur des données clos"),
    "people.DataIncident.notify": _("Incident notifié à la CNIL"),
    "people.DataRequest.answer": _("Demande sur des données satisfaite"),
    "people.DataRequest.refuse": _("Demande sur des données refusée"),
    "people.RetentionProposal.approve": _("Effacement décidé"),
    "people.RetentionProposal.keep": _("Fiche gardée plus longtemps"),
    "people.data_request.hand": _("Données remises à une personne sans compte"),
    "people.data_request.lengthen": _("Réponse à une demande prolongée"),
    "people.data_request.receive": _("Demande sur des données reçue"),
    "people.files.erase": _("Fichiers passés de date effacés"),
    "people.incident.change": _("Incident sur des données complété"),
    "people.incident.open": _("Incident sur des données ouvert"),
    "people.person.erase": _("Fiche effacée"),
    "people.person.merge": _("Fiches fusionnées"),
    "people.person.unmerge": _("Fusion de fiches annulée"),
    "people.processing.save": _("Registre des traitements modifié"),
    "people.sensitive.erase": _("Fiche protégée effacée"),
    "people.sensitive.write": _("Fiche protégée modifiée"),
}
