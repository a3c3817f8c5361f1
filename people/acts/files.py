"""What is done to files, accounts, roles, organisations and territories, as the journal says it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "people.account.close": _("Compte fermé"),
    "people.account.open": _("Compte ouvert"),
    "people.account.plan_closing": _("Fermeture du compte prévue"),
    "people.account.preferences": _("Préférences changées"),
    "people.account.reset_factor": _("Second facteur retiré à la demande de la personne"),
    "people.account.reopen": _("Compte rouvert"),
    "people.assistance.end": _("Fin d’une intervention"),
    "people.assistance.start": _("Intervention pour une personne"),
    "people.invitation.accept": _("Invitation acceptée"),
    "people.invitation.send": _("Invitation envoyée"),
    "people.invitation.withdraw": _("Invitation retirée"),
    "people.organisation.change": _("Organisme modifié"),
    "people.organisation.create": _("Organisme créé"),
    "people.territory.change": _("Territoire modifié"),
    "people.territory.create": _("Territoire créé"),
    "people.organisation.archive": _("Organisme archivé"),
    "people.organisation.restore": _("Organisme remis en cours"),
    "people.person.change": _("Fiche de personne modifiée"),
    "people.person.create": _("Fiche de personne créée"),
    "people.portfolio.fill": _("Portefeuille composé"),
    "people.role.end": _("Rôle arrêté"),
    "people.role.give": _("Rôle donné"),
    "people.session.close": _("Session fermée"),
    "people.session.close_others": _("Autres sessions fermées"),
    "people.scope.change": _("Périmètre modifié"),
    "people.scope.join": _("Appartenance commencée"),
    "people.scope.leave": _("Appartenance terminée"),
    "people.scope.open": _("Périmètre ouvert"),
}
