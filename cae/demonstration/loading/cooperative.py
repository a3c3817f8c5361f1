"""The house itself: identity, territories, portfolios, a place, contribution scales, neighbours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from accounting.models import ContributionScale
from accounting.services.scales import Decision, create_scale
from cae.core.identity import change_identity
from cae.core.models import Cooperative, LegalForm
from cae.core.periods import Month
from cae.core.settings import set_setting
from cae.demonstration.loading import numbers
from cae.demonstration.loading.customers import FIRMS, PUBLIC_BODIES
from cae.demonstration.loading.days import assembly_before
from people.models import Scope, Territory, User
from people.services.organisations import ContactData, OrganisationData, save_organisation
from people.services.scopes import open_scope, save_portfolio
from people.services.territories import TerritoryData, save_territory
from people.states import OrganisationKind, RelationKind, ScopeKind, TerritoryKind

RANK = 42

# code, name, level, parent
TERRITORIES: tuple[tuple[str, str, TerritoryKind, str], ...] = (
    ("FR", "France", TerritoryKind.COUNTRY, ""),
    ("NAQ", "Nouvelle-Aquitaine", TerritoryKind.REGION, "FR"),
    ("PDL", "Pays de la Loire", TerritoryKind.REGION, "FR"),
    ("40", "Landes", TerritoryKind.DEPARTMENT, "NAQ"),
    ("33", "Gironde", TerritoryKind.DEPARTMENT, "NAQ"),
    ("44", "Loire-Atlantique", TerritoryKind.DEPARTMENT, "PDL"),
    ("40-MDM", "Bassin de Mont-de-Marsan", TerritoryKind.AREA, "40"),
    ("33-BDX", "Bordeaux", TerritoryKind.TOWN, "33"),
    ("44-NTE", "Nantes", TerritoryKind.TOWN, "44"),
)

PORTFOLIOS: dict[str, str] = {"landes": "Landes et Chalosse", "estuaires": "Gironde et Loire"}

# rank, name, nature, what it is to us, town, person to call
NEIGHBOURS: tuple[tuple[int, str, OrganisationKind, RelationKind, str, str], ...] = (
    (301, "Maison de l’emploi des Pins", OrganisationKind.ASSOCIATION, RelationKind.PRESCRIBER,
     "40000 Mont-de-Marsan", "Bénédicte Labeyrie"),
    (302, "Conseil régional des Deux-Rives", OrganisationKind.PUBLIC_BODY, RelationKind.FUNDER,
     "33000 Bordeaux", "Service économie sociale"),
    (303, "Union des coopératives de l’Arc atlantique", OrganisationKind.COOPERATIVE, RelationKind.FEDERATION,
     "44000 Nantes", "Loïc Guéguen"),
    (304, "La Filature, tiers-lieu", OrganisationKind.ASSOCIATION, RelationKind.HOST,
     "40100 Dax", "Nora Benchetrit"),
    (305, "Papeterie des Remparts", OrganisationKind.FIRM, RelationKind.SUPPLIER, "33000 Bordeaux", ""),
)  # fmt: skip

KNOWN_CUSTOMERS = ("hotel", "mairie", "agglo", "agence", "clinique", "festival")


@dataclass(frozen=True)
class Grounds:
    """What stands before anybody works: territories by code, portfolios by key, the place, the scales."""

    territories: dict[str, Territory]
    portfolios: dict[str, Scope]
    place: Scope
    scales: dict[str, ContributionScale]


def lay_grounds(*, today: date, actor: User) -> Grounds:
    founded = date(today.year - 6, 1, 1)
    _identity(founded, actor)
    set_setting(
        "people.invitation_days",
        value="21",
        valid_from=founded,
        actor=actor,
        reason="Trois semaines laissent le temps de revenir de congés.",
    )
    territories = _territories(actor)
    place = open_scope(ScopeKind.PLACE, label="Le Rucher", actor=actor, territory=territories["40-MDM"])
    portfolios = {
        key: save_portfolio(None, label=label, scopes=(), actor=actor) for key, label in PORTFOLIOS.items()
    }
    _organisations(actor)
    return Grounds(territories, portfolios, place, _scales(today, founded, actor))


def _identity(founded: date, actor: User) -> None:
    change_identity(
        Cooperative(
            valid_from=founded,
            legal_name="Co-Actions (coopérative fictive)",
            legal_form=LegalForm.SCOP_SARL,
            siren=numbers.siren(RANK),
            siret=numbers.siret(RANK),
            vat_number=numbers.vat_number(RANK),
            rcs="RCS Mont-de-Marsan",
            training_number="75400999942",
            # That of the register: loading/associates.py.
            capital=Decimal("17760.00"),
            address_line="12 rue des Cirières",
            postcode="40000",
            city="Mont-de-Marsan",
            # Bank 99999 exists nowhere; both keys are right.
            iban="FR7699999000010000000004286",
            bic="ALVOFRP1XXX",
            email="bonjour@co-actions.example",
            phone="05 36 49 00 00",
            website="https://co-actions.example",
            reason="Immatriculation de la coopérative",
        ),
        actor=actor,
    )


def _territories(actor: User) -> dict[str, Territory]:
    made: dict[str, Territory] = {}
    for code, name, kind, parent in TERRITORIES:
        data = TerritoryData(name=name, code=code, kind=kind, parent=made.get(parent))
        made[code] = save_territory(None, data=data, actor=actor)
    return made


def _organisations(actor: User) -> None:
    for rank, name, kind, relation, place, contact in NEIGHBOURS:
        postcode, _space, city = place.partition(" ")
        data = OrganisationData(
            name=name,
            kind=kind,
            relations=[relation],
            siren=numbers.siren(rank),
            siret=numbers.siret(rank),
            postcode=postcode,
            city=city,
        )
        contacts = [ContactData(name=contact)] if contact else []
        save_organisation(None, data=data, contacts=contacts, actor=actor)
    for key in KNOWN_CUSTOMERS:
        customer = (FIRMS | PUBLIC_BODIES)[key]
        data = OrganisationData(
            name=customer.name,
            kind=OrganisationKind.PUBLIC_BODY if key in PUBLIC_BODIES else OrganisationKind.FIRM,
            relations=[RelationKind.CUSTOMER],
            siren=customer.siren,
            siret=customer.siret,
            vat_number=customer.vat_number,
            email=customer.email,
            phone=customer.phone,
            address_line=customer.address_line,
            postcode=customer.postcode,
            city=customer.city,
        )
        contacts = [ContactData(name=customer.contact_name)] if customer.contact_name else []
        save_organisation(None, data=data, contacts=contacts, actor=actor)


def _scales(today: date, founded: date, actor: User) -> dict[str, ContributionScale]:
    """The default of 10 %, and those that the members voted since. By code."""
    create_scale(
        code="commun",
        label="Barème commun",
        rules=_flat("0.1000"),
        valid_from=founded,
        decision=Decision("Assemblée constitutive", founded),
        is_default=True,
        actor=actor,
    )
    made = {}
    for rank, (code, label, years, rules) in enumerate(VOTED, start=4):
        voted = assembly_before(today, years=years)
        # A month is counted whole under one scale.
        since = voted if rules["taken_on"] == "document" else Month.of(voted).next().first
        made[code] = create_scale(
            code=code,
            label=label,
            rules=rules,
            valid_from=since,
            decision=Decision("Assemblée générale", voted, str(rank)),
            actor=actor,
        )
    return made


def _flat(rate: str) -> dict[str, Any]:
    """A rate of the net of each document."""
    return _rules({"kind": "flat", "rate": rate, "window": "document"}, "document")


def _rules(shape: dict[str, Any], taken_on: str, **more: Any) -> dict[str, Any]:
    return {"base": {"turnover": "invoiced", "minus": []}, "shape": shape, "taken_on": taken_on, **more}


def _tiers(*rows: tuple[str | None, str]) -> list[dict[str, str | None]]:
    return [{"up_to": up_to, "rate": rate} for up_to, rate in rows]


# code, label, voted so many assemblies ago, rules
VOTED: tuple[tuple[str, str, int, dict[str, Any]], ...] = (
    ("anciennete", "Barème d’ancienneté", 4, _flat("0.0800")),
    (
        "tranches",
        "Barème par tranches, au mois",
        4,
        _rules(
            {
                "kind": "slices",
                "window": "month",
                "slices": _tiers(("1500.00", "0.1200"), ("4000.00", "0.1000"), (None, "0.0800")),
            },
            "month",
            fixed_per_month="15.00",
            exemptions={"sick_leave": ["fixed"]},
        ),
    ),
    (
        "bloc",
        "Barème dégressif, sur tout le mois",
        4,
        _rules(
            {
                "kind": "whole_base",
                "window": "month",
                "levels": _tiers(("1000.00", "0.1300"), ("3333.00", "0.1100"), (None, "0.1000")),
            },
            "month",
        ),
    ),
    (
        "fidelite",
        "Barème de fidélité, depuis l’entrée",
        4,
        _rules(
            {
                "kind": "cumulative",
                "window": "entry",
                "slices": _tiers(("30000.00", "0.1050"), (None, "0.0850")),
            },
            "month",
        ),
    ),
)
