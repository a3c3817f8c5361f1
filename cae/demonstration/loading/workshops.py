"""Forty-eight activities more, each in one line: who, in which trade, where, since when."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Workshop:
    """An activity whose sales are made by rule from the kit of its trade. `scheme`: a scale by the month."""

    code: str
    name: str
    kit: str
    people: tuple[str, ...]
    territory: str
    opened_ago: int
    scheme: str = ""

    @property
    def portfolio(self) -> str:
        return "landes" if self.territory == "40" else "estuaires"


def _of(code: str, name: str, kit: str, who: str, place: str, scheme: str = "") -> Workshop:  # noqa: PLR0917
    """`place`: the department, and how many days ago the activity opened there."""
    territory, ago = place.split()
    return Workshop(code, name, kit, tuple(who.split()), territory, int(ago), scheme)


WORKSHOPS: tuple[Workshop, ...] = (
    _of("CHAMBRE", "Chambre claire", "photo", "lafourcade", "33 820"),
    _of("ARGENTIQUE", "L’Atelier argentique", "photo", "dulucq", "40 410"),
    _of("ENCRE", "Encre et papier", "graphic", "sallenave", "33 700"),
    _of("MIRETTE", "Mirette", "graphic", "labadie", "44 300"),
    _of("OCTETS", "Les Octets libres", "web", "camescasse", "33 940", "tranches"),
    _of("LIGNE7", "Ligne sept", "web", "dutertre", "44 520"),
    _of("RABOT", "Au Rabot", "wood", "lacoste", "40 660", "tranches"),
    _of("ASSEMBLE", "Bois assemblés", "wood", "castagnet", "33 380"),
    _of("ISOTHERME", "Isotherme conseil", "energy", "bergeron", "33 470"),
    _of("HABITER", "Habiter mieux", "energy", "ducasse", "40 250"),
    _of("DERAILLEUR", "Le Dérailleur", "bike", "marquette", "44 340"),
    _of("CADENCE", "Cadence vélo", "bike", "pouyanne", "40 96"),
    _of("OURLET", "L’Ourlet", "sewing", "saubusse", "40 580"),
    _of("TRAME", "Trame et chaîne", "sewing", "garandeau", "33 450"),
    _of("RESPIRE", "Respire", "breath", "destouesse", "33 610"),
    _of("APAISER", "Apaiser", "breath", "lamaison", "40 210"),
    _of("POTAGER", "Le Potager raisonné", "garden-advice", "tauzin", "40 720"),
    _of("GRAINES", "Graines d’ici", "garden-advice", "lesbats", "33 330"),
    _of("SAVOIRS", "Savoirs en partage", "training", "brethes", "33 1010", "bloc"),
    _of("PEDAGO", "Pédagogies vivantes", "training", "couralet", "44 640"),
    _of("VERSO", "Recto verso", "words", "mauleon", "33 890"),
    _of("IDIOME", "Idiome", "mediation", "desclaux sarrade", "33 400"),
    _of("CANOPEE", "Canopée jardins", "landscape", "checked", "40 260"),
    _of("BOSQUET", "Le Bosquet", "landscape", "labarthe", "33 780", "tranches"),
    _of("TABLEE", "La Grande Tablée", "catering", "dufau", "40 690", "bloc"),
    _of("SAISONS", "Quatre Saisons", "catering", "hiriart", "33 370"),
    _of("CRAYON", "Crayon gris", "drawing", "lalanne", "33 560"),
    _of("AQUARELLE", "Encre et lavis", "drawing", "bordes", "44 280"),
    _of("PLAN", "Plan large", "video", "trusted", "33 900", "fidelite"),
    _of("SEQUENCE", "Séquence ouest", "video", "guillou morvan", "44 510"),
    _of("PLUME", "À la plume", "writing", "sentenac", "33 430"),
    _of("MOTS", "Les Mots justes", "writing", "dartigue", "40 190"),
    _of("AGENDA", "L’Agenda bien tenu", "office", "lartigau", "40 760"),
    _of("PARAPHE", "Paraphe", "office", "combes", "33 310"),
    _of("VOLUMES", "Volumes", "interior", "duboscq", "33 840", "bloc"),
    _of("ESPACES", "Espaces vécus", "interior", "barrere", "40 390"),
    _of("ARGILE", "Argile et feu", "pottery", "loustau", "40 620"),
    _of("EMAIL", "Émaux du port", "pottery", "riou", "44 350"),
    _of("ACCORDS", "Accords", "music", "dupeyron", "40 480"),
    _of("TEMPO", "Tempo mobile", "music", "fouquet", "44 230"),
    _of("SOBRIETE", "Sobriété", "ecology", "espagnac", "33 730", "fidelite"),
    _of("RIVAGE", "Rivage conseil", "ecology", "kerdoncuff", "44 440"),
    _of("DEPANNE", "Dépanne moi", "repair", "lafargue", "40 540"),
    _of("SECONDE", "Seconde vie", "repair", "benhamou", "33 270"),
    _of("ELAN", "Élan", "coaching", "larrouy", "33 880", "fidelite"),
    _of("CAP", "Cap sur soi", "coaching", "pedelaborde", "40 320"),
    _of("ESSAIM", "L’Essaim", "bees", "dagorret", "40 600"),
    _of("BUTINE", "Butine", "bees", "chauveau lebreton", "44 360"),
)

# First names, in the order of the people above who have no account.
_FIRST_NAMES: str = (
    "Margaux Lucas Élodie Romane Kévin Aurélien Bruno Étienne Cédric Guilhem Gwenaël Nicolas Josiane "
    "Clémence Laurence Mathilde Sarah Louise Karine Daphné Irène Naïma Florian Didier Sylvie Xabi Océane "
    "Perrine Maud Erwan Soizic Agathe Estelle Viviane Cécile Alban Justine Rachel Maël Félix Thaïs Valentine "
    "Goulven Mickaël Rachida Delphine Noémie Adèle Camille"
)

_WITH_ACCOUNTS = ("checked", "trusted")
TOWNS = {
    "40": ("40000 Mont-de-Marsan", "40100 Dax", "40180 Tercis-les-Bains", "40320 Geaune"),
    "33": ("33000 Bordeaux", "33400 Talence", "33130 Bègles", "33700 Mérignac"),
    "44": ("44000 Nantes", "44400 Rezé", "44800 Saint-Herblain"),
}


@dataclass(frozen=True)
class Worker:
    slug: str
    first_name: str
    last_name: str
    territory: str
    city: str
    since: int


def workers() -> list[Worker]:
    """Those who run these activities and have no account."""
    names = _FIRST_NAMES.split()
    rows = [(slug, shop) for shop in WORKSHOPS for slug in shop.people if slug not in _WITH_ACCOUNTS]
    return [
        Worker(
            slug,
            names[rank],
            slug.capitalize(),
            shop.territory,
            TOWNS[shop.territory][rank % len(TOWNS[shop.territory])],
            shop.opened_ago,
        )
        for rank, (slug, shop) in enumerate(rows)
    ]
