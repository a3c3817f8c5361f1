"""The closed lists of the room: kinds of role, of scope, of organisation, and what each role may bear."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _


class RoleKind(models.TextChoices):
    """The functions and statuses that open rights (PEO-22), in official or usual French."""

    ENTREPRENEUR = "entrepreneur", _("Entrepreneur·e salarié·e")
    PROJECT_HOLDER = "project_holder", _("Porteur·se de projet")
    CANDIDATE = "candidate", _("Candidat·e")
    ASSOCIATE = "associate", _("Associé·e")
    ADVISOR = "advisor", _("Accompagnateur·rice")
    ACCOUNTANT = "accountant", _("Comptable")
    HUMAN_RESOURCES = "human_resources", _("Ressources humaines")
    TRAINING_MANAGER = "training_manager", _("Responsable formation")
    PLACE_FACILITATOR = "place_facilitator", _("Animateur·rice de lieu")
    COOPERATIVE_LIFE = "cooperative_life", _("Vie coopérative et communication")
    WEBMASTER = "webmaster", _("Webmestre")
    PROJECT_MANAGER = "project_manager", _("Chef·fe de projets européens")
    CO_MANAGER = "co_manager", _("Cogérant·e")
    DATA_OFFICER = "data_officer", _("Délégué·e à la protection des données")
    ADMINISTRATOR = "administrator", _("Administrateur·rice")
    AUDITOR = "auditor", _("Commissaire aux comptes, réviseur·e")
    TRAINER = "trainer", _("Formateur·rice")
    COMMITTEE_MEMBER = "committee_member", _("Membre d’un comité")


class ScopeKind(models.TextChoices):
    """What can own rows, so that a role may be limited to it (PEO-21)."""

    ACTIVITY = "activity", _("Activité")
    PLACE = "place", _("Lieu")
    TERRITORY = "territory", _("Territoire")
    PROJECT = "project", _("Projet")
    PORTFOLIO = "portfolio", _("Portefeuille")


class ScopePart(models.TextChoices):
    """What a member of a scope does there (ENT-43): on an activity, who may write what."""

    LEAD = "lead", _("Responsable")
    MEMBER = "member", _("Membre")
    INVOICES = "invoices", _("Devis et factures seulement")
    READER = "reader", _("Lecture seule")


# A reader reads; somebody who only invoices leaves the identity and the people of the activity alone.
SELLING_PARTS: frozenset[str] = frozenset({ScopePart.LEAD, ScopePart.MEMBER, ScopePart.INVOICES})
WRITING_PARTS: frozenset[str] = frozenset({ScopePart.LEAD, ScopePart.MEMBER})
LEADING_PARTS: frozenset[str] = frozenset({ScopePart.LEAD})


class TerritoryKind(models.TextChoices):
    COUNTRY = "country", _("Pays")
    REGION = "region", _("Région")
    DEPARTMENT = "department", _("Département")
    AREA = "area", _("Bassin de vie")
    TOWN = "town", _("Commune")


class OrganisationKind(models.TextChoices):
    """The legal nature of an organisation."""

    FIRM = "firm", _("Entreprise")
    COOPERATIVE = "cooperative", _("Coopérative")
    ASSOCIATION = "association", _("Association")
    PUBLIC_BODY = "public_body", _("Organisme public")
    OTHER = "other", _("Autre")


class RelationKind(models.TextChoices):
    """What an organisation is for the cooperative; it may be several things at once (PEO-19)."""

    CUSTOMER = "customer", _("Client")
    SUPPLIER = "supplier", _("Fournisseur")
    PRESCRIBER = "prescriber", _("Prescripteur")
    FUNDER = "funder", _("Financeur")
    HOST = "host", _("Lieu d’accueil")
    EMPLOYER = "employer", _("Employeur")
    FEDERATION = "federation", _("Fédération ou réseau")
    PARTNER = "partner", _("Partenaire")


class Language(models.TextChoices):
    FRENCH = "fr", _("Français")
    ENGLISH = "en", _("Anglais")


class Theme(models.TextChoices):
    SYSTEM = "system", _("Comme mon appareil")
    LIGHT = "light", _("Clair")
    DARK = "dark", _("Sombre")


class Density(models.TextChoices):
    COMFORT = "comfort", _("Confort")
    COMPACT = "compact", _("Compact")


class InvitationState(models.TextChoices):
    """Read from the dates of the personal link, never stored."""

    PENDING = "pending", _("En attente")
    EXPIRED = "expired", _("Expirée")
    WITHDRAWN = "withdrawn", _("Retirée")
    ACCEPTED = "accepted", _("Acceptée")


# Paid from the shared budget, told apart from entrepreneurs everywhere (PEO-09).
STAFF_KINDS: frozenset[str] = frozenset(
    {
        RoleKind.ADVISOR,
        RoleKind.ACCOUNTANT,
        RoleKind.HUMAN_RESOURCES,
        RoleKind.TRAINING_MANAGER,
        RoleKind.PLACE_FACILITATOR,
        RoleKind.COOPERATIVE_LIFE,
        RoleKind.WEBMASTER,
        RoleKind.PROJECT_MANAGER,
        RoleKind.CO_MANAGER,
        RoleKind.DATA_OFFICER,
        RoleKind.ADMINISTRATOR,
    }
)

# They read or change what belongs to others: only an administrator gives these, human resources the others.
GUARDED_KINDS: frozenset[str] = STAFF_KINDS | {RoleKind.AUDITOR}

# A password alone does not open these, until the cooperative decides otherwise (PEO-02)…
SECOND_FACTOR_KINDS: frozenset[str] = GUARDED_KINDS

# …which it may not for those who give rights.
ALWAYS_SECOND_FACTOR: frozenset[str] = frozenset({RoleKind.ADMINISTRATOR})

# What a role may be limited to; a kind that is absent is always given for the whole cooperative.
SCOPES_OF_KIND: dict[str, frozenset[str]] = {
    RoleKind.ADVISOR: frozenset({ScopeKind.TERRITORY, ScopeKind.PORTFOLIO, ScopeKind.ACTIVITY}),
    RoleKind.PLACE_FACILITATOR: frozenset({ScopeKind.PLACE, ScopeKind.TERRITORY}),
    RoleKind.COOPERATIVE_LIFE: frozenset({ScopeKind.TERRITORY, ScopeKind.PLACE}),
    RoleKind.PROJECT_MANAGER: frozenset({ScopeKind.PROJECT}),
    RoleKind.COMMITTEE_MEMBER: frozenset({ScopeKind.TERRITORY}),
    RoleKind.TRAINER: frozenset({ScopeKind.PLACE, ScopeKind.TERRITORY}),
}

# The purpose of the personal link by which an account is opened.
INVITATION = "people.invitation"

# How long one acts for somebody else, at most (PEO-04).
ASSISTANCE_TIME = timedelta(minutes=60)
