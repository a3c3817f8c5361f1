"""The people of the demonstration: each role at least once, one click to be any of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from people.states import RoleKind

# Printed by the loader and on the page: there is nothing here to protect.
PASSWORD = "ruche-de-demonstration"  # noqa: S105


@dataclass(frozen=True)
class DemonstrationAccount:
    """Who it is, what they do here, and what to look at with their eyes."""

    slug: str
    kind: RoleKind
    first_name: str
    last_name: str
    description: Any

    @property
    def email(self) -> str:
        return f"{self.slug}@demo.coop"

    @property
    def role(self) -> str:
        return str(self.kind.label)

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"


ACCOUNTS: tuple[DemonstrationAccount, ...] = (
    DemonstrationAccount(
        "entrepreneur",
        RoleKind.ENTREPRENEUR,
        "Claire",
        "Lenoir",
        _("Photographe : ses clients, ses factures, la trésorerie de son activité."),
    ),
    DemonstrationAccount(
        "project-holder",
        RoleKind.PROJECT_HOLDER,
        "Malik",
        "Benali",
        _("En test d’activité : ses premières factures."),
    ),
    DemonstrationAccount(
        "checked",
        RoleKind.ENTREPRENEUR,
        "Bastien",
        "Cazenave",
        _("Paysagiste : l’équipe relit ses documents avant qu’ils partent."),
    ),
    DemonstrationAccount(
        "trusted",
        RoleKind.ENTREPRENEUR,
        "Zoé",
        "Larrieu",
        _("Vidéaste : valide seule ses devis et ses factures, contribution au mois."),
    ),
    DemonstrationAccount(
        "collective",
        RoleKind.ENTREPRENEUR,
        "Théo",
        "Marsan",
        _("Sans activité à son nom : ses compétences dans un collectif, sa part du résultat."),
    ),
    DemonstrationAccount(
        "candidate",
        RoleKind.CANDIDATE,
        "Émile",
        "Roussel",
        _("Pas encore entré : suit sa candidature, dépose ses documents."),
    ),
    DemonstrationAccount(
        "associate", RoleKind.ASSOCIATE, "Nadia", "Çelik", _("Entrepreneure et associée de la coopérative.")
    ),
    DemonstrationAccount(
        "advisor",
        RoleKind.ADVISOR,
        "Hélène",
        "Marchand",
        _("Suit son portefeuille d’activités, et lui seul."),
    ),
    DemonstrationAccount(
        "advisor2",
        RoleKind.ADVISOR,
        "Guillaume",
        "Castets",
        _("Suit l’autre portefeuille, en Gironde et en Loire-Atlantique."),
    ),
    DemonstrationAccount(
        "accountant",
        RoleKind.ACCOUNTANT,
        "Thomas",
        "Girard",
        _("Lit les journaux, le grand livre, la balance."),
    ),
    DemonstrationAccount(
        "hr",
        RoleKind.HUMAN_RESOURCES,
        "Sofia",
        "Pereira",
        _("Tient les contrats, les échéances, les absences, les départs."),
    ),
    DemonstrationAccount(
        "training",
        RoleKind.TRAINING_MANAGER,
        "Julien",
        "Faure",
        _("Prépare les formations de la coopérative."),
    ),
    DemonstrationAccount(
        "places",
        RoleKind.PLACE_FACILITATOR,
        "Inès",
        "Le Goff",
        _("Anime les lieux et accueille leurs membres."),
    ),
    DemonstrationAccount(
        "life", RoleKind.COOPERATIVE_LIFE, "Paul", "Étienne", _("Fait vivre la coopérative et son réseau.")
    ),
    DemonstrationAccount(
        "webmaster",
        RoleKind.WEBMASTER,
        "Lou",
        "Carpentier",
        _("Tient le site ; n’ouvre aucune fiche personnelle."),
    ),
    DemonstrationAccount(
        "projects", RoleKind.PROJECT_MANAGER, "Anna", "Kowalska", _("Conduit les projets européens.")
    ),
    DemonstrationAccount(
        "manager",
        RoleKind.CO_MANAGER,
        "Bernard",
        "Nguyen",
        _("Cogérant élu : voit les comptes de la coopérative."),
    ),
    DemonstrationAccount(
        "manager2", RoleKind.CO_MANAGER, "Awa", "Traoré", _("Cogérante élue, avec Bernard Nguyen.")
    ),
    DemonstrationAccount(
        "officer", RoleKind.DATA_OFFICER, "Camille", "Aubry", _("Veille sur les données personnelles.")
    ),
    DemonstrationAccount(
        "admin",
        RoleKind.ADMINISTRATOR,
        "Fatou",
        "Diop",
        _("Donne les rôles, règle les paramètres, lit le journal."),
    ),
    DemonstrationAccount(
        "auditor", RoleKind.AUDITOR, "Yves", "Delmas", _("Regarde les livres sans rien pouvoir changer.")
    ),
)
