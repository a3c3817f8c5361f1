"""The fields that the path gives to letters: person, cooperative, contract, clauses, activity (ENT-22)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cae.core import facts
from cae.core.identity import cooperative_on
from cae.core.letters import LetterField, LetterSubject, provide_fields
from cae.core.periods import Span
from cae.core.templatetags.formats import money, siret, spelled
from entrepreneurs.calculations.contracts import total_length
from entrepreneurs.models import Activity, Contract, ContractTerms
from entrepreneurs.selectors.contracts import clocks, contract_in_force, terms_in_force
from entrepreneurs.states.contracts import ContractKind

_LETTER = {
    "date": LetterField(gettext_lazy("Date du courrier"), "12 mars 2026"),
    "lieu": LetterField(gettext_lazy("Ville de la coopérative"), "Mont-de-Marsan"),
}
_PERSON = {
    "prenom": LetterField(gettext_lazy("Prénom"), "Claire"),
    "nom": LetterField(gettext_lazy("Nom d’usage"), "Lenoir"),
    "nom_naissance": LetterField(gettext_lazy("Nom de naissance"), "Dupouy"),
    "nom_complet": LetterField(gettext_lazy("Prénom et nom"), "Claire Lenoir"),
    "adresse": LetterField(gettext_lazy("Adresse"), "12 rue des Arènes, 40000 Mont-de-Marsan"),
    "email": LetterField(gettext_lazy("Adresse e-mail"), "claire@exemple.fr"),
    "telephone": LetterField(gettext_lazy("Téléphone"), "05 58 00 00 00"),
}
_HOUSE = {
    "nom": LetterField(gettext_lazy("Dénomination"), "La Ruche des Landes"),
    "forme": LetterField(gettext_lazy("Forme"), "SCOP SARL à capital variable"),
    "capital": LetterField(gettext_lazy("Capital social"), "25 000,00 €"),
    "siret": LetterField(gettext_lazy("SIRET"), "552 100 554 00013"),
    "rcs": LetterField(gettext_lazy("RCS"), "RCS Mont-de-Marsan"),
    "adresse": LetterField(gettext_lazy("Adresse"), "4 place de la Gare, 40000 Mont-de-Marsan"),
    "email": LetterField(gettext_lazy("Adresse e-mail"), "contact@exemple.coop"),
    "telephone": LetterField(gettext_lazy("Téléphone"), "05 58 00 00 01"),
}
_CONTRACT = {
    "nature": LetterField(gettext_lazy("Nature du contrat"), "CESA"),
    "debut": LetterField(gettext_lazy("Premier jour"), "1er mars 2026"),
    "fin": LetterField(gettext_lazy("Dernier jour, s’il y en a un"), "28 février 2027"),
    "duree": LetterField(gettext_lazy("Durée, s’il y a un terme"), "12 mois"),
    "periode": LetterField(gettext_lazy("Numéro de la période, d’un renouvellement"), "2"),
    "signe_le": LetterField(gettext_lazy("Conclu le"), "20 février 2026"),
    "essai_jusquau": LetterField(gettext_lazy("Dernier jour d’essai, s’il en reste"), "31 octobre 2026"),
    "associe_avant": LetterField(gettext_lazy("Dernier jour pour devenir associé·e"), "28 février 2029"),
    "deja_passe": LetterField(gettext_lazy("Temps déjà passé sous contrat"), "12 mois"),
}
_AMENDMENT = {
    "numero": LetterField(gettext_lazy("Numéro de l’avenant"), "1"),
    "objet": LetterField(gettext_lazy("Objet de l’avenant"), "Nouveaux objectifs"),
    "date": LetterField(gettext_lazy("Date d’effet de l’avenant"), "1er septembre 2026"),
}
_CLAUSES = {
    "programme": LetterField(gettext_lazy("Programme"), "Étude de marché, gestion, premiers clients."),
    "engagements_avant": LetterField(gettext_lazy("Engagements avant l’activité"), "Suivre les ateliers."),
    "engagements_apres": LetterField(gettext_lazy("Engagements après"), "Rendre compte chaque mois."),
    "objectifs": LetterField(gettext_lazy("Objectifs"), "Trois clients réguliers."),
    "activite_minimale": LetterField(gettext_lazy("Activité minimale"), "1 500,00 € HT par mois"),
    "moyens": LetterField(gettext_lazy("Moyens"), "Un rendez-vous par mois, la comptabilité."),
    "contribution": LetterField(gettext_lazy("Contribution"), "10 % de la marge."),
    "bareme": LetterField(gettext_lazy("Code du barème"), "general"),
    "part_fixe": LetterField(gettext_lazy("Part fixe"), "800,00 € bruts par mois"),
    "part_variable": LetterField(gettext_lazy("Part variable"), "Le résultat, après provision."),
    "temps_de_travail": LetterField(gettext_lazy("Durée du travail"), "Librement organisée."),
    "statuts": LetterField(gettext_lazy("Version des statuts"), "statuts du 12 juin 2025"),
    "clientele": LetterField(gettext_lazy("Droits sur la clientèle"), "Elle reste à la personne."),
    "propriete": LetterField(gettext_lazy("Propriété intellectuelle"), "Elle reste à la personne."),
    "societariat": LetterField(gettext_lazy("Accès au sociétariat"), "Une demande par écrit."),
    "comptes": LetterField(gettext_lazy("Remise des comptes"), "chaque mois"),
    "tiers": LetterField(gettext_lazy("Engagements envers les tiers"), "La coopérative les porte."),
    "rupture": LetterField(gettext_lazy("Rupture anticipée"), "Par écrit, un mois à l’avance."),
    "autres": LetterField(gettext_lazy("Autres clauses"), "Aucune."),
}
# Clauses whose words are those of the column, as they are.
_AS_WRITTEN = {
    "programme": "programme",
    "engagements_avant": "commitments_before",
    "engagements_apres": "commitments_after",
    "objectifs": "objectives",
    "moyens": "means",
    "contribution": "contribution_rule",
    "bareme": "contribution_scale",
    "part_variable": "variable_method",
    "temps_de_travail": "working_time",
    "statuts": "statutes_version",
    "clientele": "customers_clause",
    "propriete": "property_clause",
    "societariat": "associate_clause",
    "tiers": "third_parties_clause",
    "rupture": "early_end_clause",
    "autres": "other_clauses",
}
_ACTIVITY = {
    "nom": LetterField(gettext_lazy("Nom commercial"), "Photographie Lenoir"),
    "metier": LetterField(gettext_lazy("Métier"), "Photographe"),
}
_BOOKS = {
    "tresorerie": LetterField(gettext_lazy("Trésorerie de l’activité"), "4 210,00 €"),
    "ventes_annee": LetterField(gettext_lazy("Ventes de l’année, HT"), "18 350,00 €"),
}


def register_letter_fields() -> None:
    """Called once, when models are ready."""
    for prefix, label, fields, provider in (
        ("courrier", gettext_lazy("Le courrier"), _LETTER, _letter),
        ("personne", gettext_lazy("La personne"), _PERSON, _person),
        ("cooperative", gettext_lazy("La coopérative"), _HOUSE, _house),
        ("contrat", gettext_lazy("Le contrat"), _CONTRACT, _contract),
        ("avenant", gettext_lazy("L’avenant"), _AMENDMENT, _amendment),
        ("clauses", gettext_lazy("Les clauses en vigueur"), _CLAUSES, _clauses),
        ("activite", gettext_lazy("L’activité"), _ACTIVITY, _activity),
        ("compte", gettext_lazy("Le compte de l’activité"), _BOOKS, _books),
    ):
        provide_fields(prefix, label=label, fields=fields, provider=provider)


def long_day(day: date | None) -> str:
    """« 1er mars 2026 », as a letter says it."""
    return spelled(day) if day else ""


def length_words(months: int, days: int) -> str:
    """« 12 mois et 4 jours »."""
    parts = []
    if months:
        parts.append(ngettext("%(count)d mois", "%(count)d mois", months) % {"count": months})
    if days:
        parts.append(ngettext("%(count)d jour", "%(count)d jours", days) % {"count": days})
    return _(" et ").join(parts)


def _letter(subject: LetterSubject) -> Mapping[str, str]:
    return {"date": long_day(subject.on), "lieu": cooperative_on(subject.on).city}


def _person(subject: LetterSubject) -> Mapping[str, str]:
    person = subject.person
    return {
        "prenom": person.first_name,
        "nom": person.shown_last_name,
        "nom_naissance": person.last_name,
        "nom_complet": person.full_name,
        "adresse": ", ".join(person.address_lines),
        "email": person.email,
        "telephone": person.phone,
    }


def _house(subject: LetterSubject) -> Mapping[str, str]:
    house = cooperative_on(subject.on)
    return {
        "nom": house.legal_name,
        "forme": house.get_legal_form_display(),
        "capital": money(house.capital),
        "siret": siret(house.siret),
        "rcs": house.rcs,
        "adresse": f"{house.address_line}, {house.postcode} {house.city}",
        "email": house.email,
        "telephone": house.phone,
    }


def _terms_of(subject: LetterSubject) -> ContractTerms | None:
    """The clauses that the letter is about; else those in force for the person."""
    if isinstance(subject.about, ContractTerms):
        return subject.about
    contract = contract_in_force(subject.person, subject.on)
    return terms_in_force(contract, subject.on) if contract else None


def _contract_of(subject: LetterSubject) -> Contract | None:
    if isinstance(subject.about, ContractTerms):
        return subject.about.contract
    return contract_in_force(subject.person, subject.on)


def _contract(subject: LetterSubject) -> Mapping[str, str]:
    contract = _contract_of(subject)
    if contract is None:
        return {}
    last = contract.last_day
    found = {
        "nature": contract.get_kind_display(),
        "debut": long_day(contract.starts_on),
        "fin": long_day(last),
        "duree": length_words(*Span(contract.starts_on, last).length)
        if last and last >= contract.starts_on
        else "",
        "periode": str(contract.period) if contract.period > 1 else "",
        "signe_le": long_day(contract.signed_on),
    }
    if contract.kind == ContractKind.CESA:
        law = clocks(contract)
        found |= {
            "essai_jusquau": long_day(law.trial_ends_on),
            "associe_avant": long_day(law.associate_by),
            "deja_passe": length_words(*total_length(law.spent)),
        }
    return found


def _amendment(subject: LetterSubject) -> Mapping[str, str]:
    terms = _terms_of(subject)
    if terms is None or terms.number == 0:
        return {}
    return {"numero": str(terms.number), "objet": terms.subject, "date": long_day(terms.starts_on)}


def _clauses(subject: LetterSubject) -> Mapping[str, str]:
    terms = _terms_of(subject)
    if terms is None:
        return {}
    found = {name: getattr(terms, column) for name, column in _AS_WRITTEN.items()}
    return found | {
        "activite_minimale": minimum_words(terms.minimum_amount, terms.get_minimum_period_display()),
        "part_fixe": _("%(amount)s bruts par mois") % {"amount": money(terms.fixed_part)}
        if terms.fixed_part is not None
        else "",
        "comptes": str(terms.get_accounts_rhythm_display()),
    }


def minimum_words(amount: Decimal | None, period: str) -> str:
    """« 1 500,00 € HT par mois »."""
    return f"{money(amount)} HT {period}".strip() if amount is not None else ""


def _activity_of(subject: LetterSubject) -> Activity | None:
    contract = _contract_of(subject)
    return contract.activity if contract else None


def _activity(subject: LetterSubject) -> Mapping[str, str]:
    activity = _activity_of(subject)
    return {"nom": activity.name, "metier": activity.trade_name} if activity else {}


def _books(subject: LetterSubject) -> Mapping[str, str]:
    """The books are a room above: their figures are asked by name."""
    activity = _activity_of(subject)
    if activity is None:
        return {}
    names = {"tresorerie": "activity.cash", "ventes_annee": "activity.sales"}
    return {
        name: money(facts.facts(fact, [activity], on=subject.on).get(activity.pk))
        for name, fact in names.items()
    }
