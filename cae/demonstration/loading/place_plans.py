"""The five places of the demonstration: what they are, when they open, what is booked there, at which
price."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from coworking.services.places import PlaceData
from coworking.services.resources import ResourceData
from coworking.states.places import (
    AccessKind,
    Equipment,
    PlaceHold,
    PlaceKind,
    ResourceKind,
    ResourcePublic,
    ZoneKind,
)
from people.states import OrganisationKind

_SCREEN, _BOARD, _VIDEO = Equipment.SCREEN, Equipment.BOARD, Equipment.VIDEO
_MEMBERS, _HOUSE, _TENANTS = ResourcePublic.MEMBERS, ResourcePublic.HOUSE, ResourcePublic.TENANTS
_STEP_FREE, _PRINTER, _KITCHEN = Equipment.STEP_FREE, Equipment.PRINTER, Equipment.KITCHEN


@dataclass(frozen=True)
class Booked:
    """A resource: its units, then prices of members and of others by length."""

    kind: str
    data: ResourceData
    units: int = 1
    prices: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Lent:
    """A key, a badge or a code, and the account that holds it, if any."""

    kind: str
    label: str
    opens: str
    deposit: str = "0"
    holder: str = ""


@dataclass(frozen=True)
class PlacePlan:
    """One place; its host by rank, name and kind; `days` of the week as one types them."""

    data: PlaceData
    territory: str
    opened_ago: int
    days: dict[int, str]
    resources: tuple[Booked, ...]
    host: tuple[int, str, str, str] | None = None
    audience: str = ""
    days_a_month: int | None = None
    price: str = ""
    access: tuple[Lent, ...] = ()


def _room(name: str, seats: int, *, public: bool = True, **more: Any) -> ResourceData:
    facts: dict[str, Any] = {"equipment": [_SCREEN, _BOARD], "buffer_after": 15, "arrival_window": 20} | more
    return ResourceData(name=name, seats=seats, is_public=public, **facts)


_DESKS = {"half_day": "9", "day": "15", "other_half_day": "12", "other_day": "20", "month": "160"}
_ROOM = {"hour": "12", "half_day": "40", "day": "70", "other_hour": "18", "other_half_day": "60"} | {
    "other_day": "110"
}
_WEEKDAYS = dict.fromkeys(range(5), "9h-12h30, 13h30-18h")
_LONG_DAYS = dict.fromkeys(range(5), "8h30-19h")
_RULES = (
    "Chacun range ce qu’il utilise et libère sa salle à l’heure.\n\n"
    "Les appels se prennent dans les cabines ou dehors. Les invité·es sont annoncé·es.\n\n"
    "La cuisine est à tous : on y déjeune ensemble quand on veut."
)

HAGETMAU = PlacePlan(
    PlaceData(
        name="Le Rucher",
        slug="le-rucher-hagetmau",
        hold=PlaceHold.HOSTED,
        address_line="6 place de la Halle",
        postcode="40700",
        city="Hagetmau",
        latitude=Decimal("43.65570"),
        longitude=Decimal("-0.59180"),
        email="rucher@co-actions.example",
        phone="05 36 49 00 40",
        summary="Au-dessus de la halle, avec une éditrice de poésie pour voisine.",
        presentation=(
            "Une grande pièce sous les toits, huit postes, une salle et deux bureaux, dans la maison d’une "
            "association qui accueille deux cents personnes par semaine.\n\n"
            "On y croise une éditrice de poésie, un charpentier qui dessine, une formatrice."
        ),
        access="Arrêt « Halle » du car 22. Stationnement gratuit place de la Halle. Ascenseur par la cour.",
        charter=_RULES,
        area=Decimal(142),
    ),
    territory="40-MDM",
    opened_ago=1400,
    days=_WEEKDAYS,
    host=(401, "Foyers ruraux de Chalosse", OrganisationKind.ASSOCIATION, "40700 Hagetmau"),
    audience="Membres de la coopérative et habitant·es de la communauté de communes",
    price="320",
    resources=(
        Booked(
            ResourceKind.DESK,
            ResourceData(name="Plateau", equipment=[_PRINTER, _KITCHEN], is_public=True),
            units=8,
            prices=_DESKS,
        ),
        Booked(
            ResourceKind.ROOM,
            _room("Salle des Capucines", 14, equipment=[_SCREEN, _BOARD, _VIDEO, _STEP_FREE]),
            prices=_ROOM,
        ),
        Booked(
            ResourceKind.OFFICE,
            ResourceData(name="Bureau du fond", seats=2, publics=[_MEMBERS, _TENANTS]),
            prices={"month": "240", "other_month": "310"},
        ),
    ),
    access=(
        Lent(AccessKind.KEY, "Clé 1", "Porte de la halle", "30", "entrepreneur"),
        Lent(AccessKind.KEY, "Clé 2", "Porte de la halle", "30"),
        Lent(AccessKind.BADGE, "Badge 7", "Étage, tous les jours", "20", "trusted"),
        Lent(AccessKind.CODE, "Code du coffre", "Coffre à clés, hors horaires"),
    ),
)
LA_REOLE = PlacePlan(
    PlaceData(
        name="La Halte",
        slug="la-halte-la-reole",
        address_line="3 quai de la Garonne",
        postcode="33190",
        city="La Réole",
        latitude=Decimal("44.58120"),
        longitude=Decimal("-0.03570"),
        email="halte@co-actions.example",
        phone="05 36 49 00 41",
        summary="Ouverte au télétravail : à six minutes à pied de la gare.",
        presentation=(
            "Dix postes face à la Garonne, deux cabines pour les appels, une salle de réunion.\n\n"
            "Beaucoup y viennent deux jours par semaine plutôt que de prendre le train pour Bordeaux ; "
            "leur employeur peut payer."
        ),
        access="Gare de La Réole à 450 m. Accès de plain-pied par le quai.",
        charter=_RULES,
        area=Decimal(98),
    ),
    territory="33",
    opened_ago=900,
    days=_LONG_DAYS,
    resources=(
        Booked(
            ResourceKind.DESK,
            ResourceData(name="Postes du quai", equipment=[_SCREEN, _STEP_FREE], is_public=True),
            units=10,
            prices=_DESKS | {"day": "14", "other_day": "19"},
        ),
        Booked(
            ResourceKind.ROOM,
            _room("Cabine d’appel", 1, equipment=[_VIDEO], buffer_after=0, longest=120),
            units=2,
            prices={"hour": "3", "other_hour": "5"},
        ),
        Booked(ResourceKind.ROOM, _room("Salle Garonne", 10), prices=_ROOM),
    ),
    access=(Lent(AccessKind.CODE, "Code de la porte", "Porte du quai, changé chaque mois"),),
)
BEGLES = PlacePlan(
    PlaceData(
        name="Le Comptoir",
        slug="le-comptoir-begles",
        kind=PlaceKind.MAKER_SPACE,
        zone=ZoneKind.URBAN,
        address_line="41 rue des Barrières",
        postcode="33130",
        city="Bègles",
        latitude=Decimal("44.80870"),
        longitude=Decimal("-0.54790"),
        email="comptoir@co-actions.example",
        phone="05 36 49 00 42",
        summary="À côté d’une épicerie coopérative : un atelier, des bureaux, une boutique à l’essai.",
        presentation=(
            "L’atelier partage sa cour avec l’épicerie coopérative : on y découpe, on y coud, on y vend.\n\n"
            "La boutique à l’essai se loue au mois à qui veut voir si le quartier achète."
        ),
        access="Tram C, arrêt « Terres-Neuves ». Arceaux à vélos dans la cour.",
        charter=_RULES,
        area=Decimal(210),
    ),
    territory="33-BDX",
    opened_ago=620,
    days={**dict.fromkeys(range(1, 6), "9h-19h"), 5: "10h-13h"},
    resources=(
        Booked(
            ResourceKind.DESK,
            ResourceData(name="Mezzanine", equipment=[_PRINTER], is_public=True),
            units=6,
            prices=_DESKS | {"day": "17", "other_day": "23"},
        ),
        Booked(
            ResourceKind.MACHINE,
            ResourceData(name="Découpeuse laser", needs_training=True, buffer_after=15),
            prices={"hour": "18", "other_hour": "28"},
        ),
        Booked(
            ResourceKind.SHOP,
            ResourceData(name="Boutique à l’essai", seats=3, needs_approval=True, is_public=True),
            prices={"week": "110", "month": "380", "other_week": "150", "other_month": "520"},
        ),
    ),
)
CAPUCINS = PlacePlan(
    PlaceData(
        name="L’Escale des Capucins",
        slug="l-escale-bordeaux",
        kind=PlaceKind.SHARED_OFFICE,
        zone=ZoneKind.URBAN,
        hold=PlaceHold.PARTNER,
        address_line="18 cours de l’Yser",
        postcode="33800",
        city="Bordeaux",
        latitude=Decimal("44.83060"),
        longitude=Decimal("-0.56720"),
        summary="Un lieu partenaire, trois postes pour nos membres.",
        access="Bus 11, arrêt « Capucins ».",
    ),
    territory="33-BDX",
    opened_ago=500,
    days=_WEEKDAYS,
    host=(402, "Bureaux associés des Capucins", OrganisationKind.ASSOCIATION, "33800 Bordeaux"),
    audience="Entrepreneur·es et associé·es de la coopérative",
    days_a_month=24,
    price="150",
    resources=(
        Booked(
            ResourceKind.DESK,
            ResourceData(name="Postes réservés", publics=[_HOUSE]),
            units=3,
            prices={"day": "0"},
        ),
    ),
)
NANTES = PlacePlan(
    PlaceData(
        name="La Cale",
        slug="la-cale-nantes",
        zone=ZoneKind.URBAN,
        hold=PlaceHold.PARTNER,
        address_line="7 quai des Antilles",
        postcode="44200",
        city="Nantes",
        latitude=Decimal("47.20170"),
        longitude=Decimal("-1.57230"),
        summary="Un lieu partenaire sur l’île, ouvert à nos membres deux jours par semaine.",
        access="Chronobus C5, arrêt « Quai des Antilles ».",
    ),
    territory="44-NTE",
    opened_ago=320,
    days={1: "9h-18h", 3: "9h-18h"},
    host=(403, "La Cale, coopérative d’usages", OrganisationKind.COOPERATIVE, "44200 Nantes"),
    audience="Entrepreneur·es et associé·es de la coopérative",
    days_a_month=16,
    resources=(
        Booked(ResourceKind.DESK, ResourceData(name="Table commune"), units=4, prices={"day": "0"}),
        Booked(ResourceKind.ROOM, _room("Salle Hune", 8, public=False), prices={"hour": "10"}),
    ),
)
PLACES = (HAGETMAU, LA_REOLE, BEGLES, CAPUCINS, NANTES)
