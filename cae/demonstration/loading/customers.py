"""The customers of the demonstration: firms, public bodies, private persons; all of them invented."""

from __future__ import annotations

from dataclasses import replace

from cae.demonstration.loading import numbers
from invoicing.services.inputs import CustomerContent
from invoicing.states.sales import CustomerKind


def _placed(address: str, content: CustomerContent) -> CustomerContent:
    """The customer, living at « street, postcode town »."""
    line, _comma, place = address.rpartition(", ")
    postcode, _space, city = place.partition(" ")
    return replace(content, address_line=line, postcode=postcode, city=city)


def _firm(rank: int, name: str, address: str, email: str, contact: str = "") -> CustomerContent:
    content = CustomerContent(
        name=name,
        siren=numbers.siren(rank),
        siret=numbers.siret(rank),
        vat_number=numbers.vat_number(rank),
        contact_name=contact,
        email=email,
        phone=f"05 36 49 10 {rank % 100:02d}",
    )
    return _placed(address, content)


def _public(rank: int, name: str, address: str, email: str, *, order: bool = False) -> CustomerContent:
    content = CustomerContent(
        name=name,
        kind=CustomerKind.PUBLIC_BODY,
        siren=numbers.siren(rank),
        siret=numbers.siret(rank),
        email=email,
        phone=f"05 36 49 20 {rank % 100:02d}",
        purchase_order_required=order,
    )
    return _placed(address, content)


def _person(rank: int, name: str, address: str, email: str) -> CustomerContent:
    phone = f"06 39 98 30 {rank % 100:02d}"
    content = CustomerContent(name=name, kind=CustomerKind.PRIVATE_PERSON, email=email, phone=phone)
    return _placed(address, content)


def _abroad(vat_number: str, name: str, address: str, email: str) -> CustomerContent:
    content = CustomerContent(name=name, vat_number=vat_number, country=vat_number[:2], email=email)
    return _placed(address, content)


FIRMS: dict[str, CustomerContent] = {
    "hotel": _firm(
        101,
        "Hôtel des Pins blancs",
        "3 avenue des Baignots, 40100 Dax",
        "compta@pins-blancs.example",
        "Martine Capdeville",
    ),
    "domaine": _firm(
        102,
        "Domaine de Haut-Marsan",
        "Route des Vignes, 40190 Villeneuve-de-Marsan",
        "bonjour@haut-marsan.example",
        "Arnaud Lafitte",
    ),
    "agence": _firm(
        103,
        "Agence Garonne et Cie",
        "18 quai des Chartrons, 33000 Bordeaux",
        "factures@garonne-cie.example",
        "Inès Villenave",
    ),
    "librairie": _firm(
        104, "Librairie du Pont-Vieux", "7 rue Armagnac, 40000 Mont-de-Marsan", "librairie@pont-vieux.example"
    ),
    "editions": _firm(
        105,
        "Éditions de l’Estey",
        "44 cours Victor-Hugo, 33000 Bordeaux",
        "droits@estey.example",
        "Solange Mérignac",
    ),
    "charpente": _firm(
        106,
        "Charpentes Etcheverry",
        "ZA de Northon, 40230 Saint-Geours-de-Maremne",
        "chantier@charpentes-etcheverry.example",
    ),
    "auberge": _firm(107, "L’Auberge du Courant", "1 place du Bourg, 40550 Léon", "auberge@courant.example"),
    "immobilier": _firm(
        108,
        "Foncière de l’Adour",
        "25 allées Brouchet, 40000 Mont-de-Marsan",
        "travaux@fonciere-adour.example",
        "Didier Bordenave",
    ),
    "transport": _firm(
        109,
        "Transports Labat et Fils",
        "14 rue de l’Industrie, 33700 Mérignac",
        "formation@labat-transports.example",
    ),
    "opco": _firm(
        110, "Atlas des Métiers", "2 rue du Port, 44000 Nantes", "reglements@atlas-metiers.example"
    ),
    "clinique": _firm(
        111,
        "Clinique des Acacias",
        "60 avenue de la Libération, 33110 Le Bouscat",
        "achats@clinique-acacias.example",
    ),
    "startup": _firm(
        112,
        "Océane Logiciels",
        "9 rue La Noue Bras-de-Fer, 44200 Nantes",
        "finance@oceane-logiciels.example",
        "Gaël Kerbrat",
    ),
    "brasserie": _firm(
        113, "Brasserie de la Lande", "Quartier Lucats, 40120 Roquefort", "hello@brasserie-lande.example"
    ),
    "biocoop": _firm(
        114,
        "Le Panier des Landes",
        "33 boulevard Ferdinand-de-Candau, 40000 Mont-de-Marsan",
        "gerance@panier-landes.example",
    ),
    "maraicher": _firm(
        115, "Les Jardins de Tursan", "Chemin de Bahus, 40320 Geaune", "contact@jardins-tursan.example"
    ),
    "boutique": _firm(
        116, "Mercerie Fil et Lin", "12 rue Sainte-Catherine, 33000 Bordeaux", "fil-et-lin@mercerie.example"
    ),
    "theatre": _firm(
        117,
        "Association Théâtre du Parvis",
        "8 rue du Théâtre, 40100 Dax",
        "administration@theatre-parvis.example",
        "Colette Sarramagna",
    ),
    "syndic": _firm(
        118,
        "Syndic Aquitaine Habitat",
        "110 cours de la Marne, 33800 Bordeaux",
        "gestion@aquitaine-habitat.example",
    ),
    "livraison": _firm(
        119, "Les Coursiers du Port", "5 rue Achard, 33300 Bordeaux", "flotte@coursiers-port.example"
    ),
    "festival": _firm(
        120,
        "Association Festival des Ponts",
        "2 place de la Bourse, 33000 Bordeaux",
        "production@festival-ponts.example",
        "Baptiste Réaut",
    ),
}

PUBLIC_BODIES: dict[str, CustomerContent] = {
    "mairie": _public(
        201,
        "Commune de Saint-Alban-des-Landes",
        "1 place de la Mairie, 40090 Saint-Alban-des-Landes",
        "finances@saint-alban.example",
        order=True,
    ),
    "agglo": _public(
        202,
        "Communauté d’agglomération des Trois-Rivières",
        "100 rue du Commerce, 40000 Mont-de-Marsan",
        "marches@trois-rivieres.example",
        order=True,
    ),
    "college": _public(
        203, "Collège Aliénor", "6 rue des Écoles, 33500 Libourne", "gestion@college-alienor.example"
    ),
    "hopital": _public(
        204,
        "Centre hospitalier du Val de Leyre",
        "Route d’Arès, 33380 Biganos",
        "cellule-achats@ch-leyre.example",
    ),
}

PRIVATE_PERSONS: dict[str, CustomerContent] = {
    "cazaux": _person(
        1, "Julie et Baptiste Cazaux", "27 rue des Arènes, 40000 Mont-de-Marsan", "cazaux@courriel.example"
    ),
    "arnaudin": _person(2, "Solène Arnaudin", "4 impasse du Lac, 40150 Hossegor", "solene@courriel.example"),
    "duprat": _person(3, "Michel Duprat", "Lieu-dit Le Houga, 40300 Peyrehorade", "mduprat@courriel.example"),
    "lestage": _person(
        4, "Véronique Lestage", "15 rue Georges-Bergès, 40000 Mont-de-Marsan", "vlestage@courriel.example"
    ),
    "nguyen": _person(5, "Thanh Nguyen", "88 rue Fondaudège, 33000 Bordeaux", "thanh@courriel.example"),
    "moreau": _person(6, "Aline Moreau", "31 rue du Hâ, 33000 Bordeaux", "aline@courriel.example"),
    "garros": _person(
        7, "Patrick Garros", "9 chemin de Halage, 40180 Tercis-les-Bains", "pgarros@courriel.example"
    ),
    "diallo": _person(8, "Mariama Diallo", "52 rue Paul-Bert, 44100 Nantes", "mariama@courriel.example"),
}

ABROAD: dict[str, CustomerContent] = {
    "verlag": _abroad(
        "DE999000429",
        "Nordlicht Verlag GmbH",
        "Speicherstraße 12, 20457 Hamburg",
        "rechnung@nordlicht.example",
    ),
    "museo": _abroad(
        "ESB99900045",
        "Museo del Mar SL",
        "Paseo Nuevo 4, 20003 San Sebastián",
        "facturas@museodelmar.example",
    ),
}

# Outside the Union no number is asked.
SWITZERLAND: dict[str, CustomerContent] = {
    "leman": _placed(
        "14 quai des Vernes, 1204 Genève",
        CustomerContent(name="Galerie du Léman SA", country="CH", email="galerie@leman.example"),
    ),
}

CUSTOMERS: dict[str, CustomerContent] = FIRMS | PUBLIC_BODIES | PRIVATE_PERSONS | ABROAD | SWITZERLAND
