"""Turns what the judges say into one clear sentence that names the field to complete."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from invoicing.engines.checker.protocol import Finding


@dataclass(frozen=True, slots=True)
class Advice:
    """A sentence for the person, and the form field that it is about: `customer.siren`, `lines.0.label`."""

    sentence: str
    field: str | None = None
    known: bool = True


@dataclass(frozen=True, slots=True)
class _Case:
    rule: str
    field: str | None
    sentence: str | Promise
    where: str = ""

    def covers(self, finding: Finding) -> bool:
        place = f"{finding.location} {finding.text}"
        return bool(re.match(self.rule, finding.rule) and re.search(self.where, place))


BUYER = "BuyerTradeParty"
SELLER = "SellerTradeParty"

# The first case that fits speaks. Rules: EN 16931 (BR-…), Factur-X (FX-…, CII-…), French rules (BR-FR-…).
CASES = (
    # The customer
    _Case(r"BR-07$", "customer.name", _("Indiquez le nom du client.")),
    _Case(
        r"BR-FR-11",
        "customer.siren",
        _("Indiquez le SIREN du client (9 chiffres) : il est obligatoire entre professionnels."),
    ),
    _Case(r"BR-FR-32", "customer.siren", _("Le SIREN du client doit avoir 9 chiffres."), BUYER),
    _Case(
        r"BR-FR-09_BT-46",
        "customer.siret",
        _("Le SIRET du client doit avoir 14 chiffres et commencer par son SIREN."),
    ),
    _Case(
        r"BR-FR-(21|23|25)_BT-49",
        "customer.siren",
        _("L’adresse de facturation électronique du client doit commencer par son SIREN."),
    ),
    _Case(r"BR-FR-12", "customer.email", _("Indiquez l’adresse électronique du client.")),
    _Case(r"BR-(10|11)$", "customer.country", _("Indiquez l’adresse du client, avec son pays.")),
    _Case(r"FX-", "customer.country", _("Le pays du client n’est pas reconnu."), rf"{BUYER}.*CountryID"),
    _Case(
        r"FX-",
        "customer.country",
        _("Indiquez l’adresse du client, avec son pays."),
        rf"{BUYER}.*PostalTradeAddress",
    ),
    _Case(r"FX-", "customer.name", _("Indiquez le nom du client."), rf"{BUYER}.*ram:Name"),
    _Case(
        r"BR-CO-09",
        "customer.vat_number",
        _("Le numéro de TVA du client doit commencer par les deux lettres de son pays."),
        BUYER,
    ),
    # The cooperative and the activity
    _Case(
        r"BR-06$", "cooperative.legal_name", _("La dénomination de la coopérative manque dans les réglages.")
    ),
    _Case(
        r"BR-FR-(10|32)|BR-FR-09_BT-29",
        "cooperative.siren",
        _("Le SIREN ou le SIRET de la coopérative manque ou est faux dans les réglages."),
    ),
    _Case(
        r"BR-(08|09)$", "cooperative.address_line", _("L’adresse de la coopérative manque dans les réglages.")
    ),
    _Case(
        r"BR-(S|Z|E|AE)-0[234]$|BR-CO-(09|26)",
        "cooperative.vat_number",
        _("Le numéro de TVA de la coopérative manque ou est faux dans les réglages."),
    ),
    _Case(
        r"BR-FR-(13|22|23|25)",
        "activity.routing_suffix",
        _("L’adresse de facturation électronique de l’activité manque ou est fausse."),
    ),
    _Case(
        r"CII-SR-470|BR-(50|61)$", "cooperative.iban", _("L’IBAN de la coopérative manque dans les réglages.")
    ),
    _Case(
        r"FX-",
        "cooperative.address_line",
        _("L’adresse de la coopérative est incomplète dans les réglages."),
        SELLER,
    ),
    # The lines
    _Case(r"BR-16$|BR-CO-18", "lines", _("Ajoutez au moins une ligne.")),
    _Case(r"FX-", "lines", _("Ajoutez au moins une ligne."), "'ram:IncludedSupplyChainTradeLineItem'"),
    _Case(r"BR-25$", "label", _("indiquez ce qui est vendu.")),
    _Case(r"(FX-|XSD)", "label", _("indiquez ce qui est vendu."), r"SpecifiedTradeProduct.*Name"),
    _Case(r"BR-2[24]$|BR-FR-DEC-02", "quantity", _("indiquez une quantité de quatre décimales au plus.")),
    _Case(r"FX-", "unit", _("choisissez une unité de la liste."), "unitCode"),
    _Case(
        r"BR-2[678]$|BR-FR-DEC-03",
        "unit_price",
        _("le prix unitaire ne peut pas être négatif ; pour déduire, mettez une quantité négative."),
    ),
    _Case(r"BR-4[1234]$|BR-CO-2[34]", "discount_rate", _("dites la raison de la remise.")),
    _Case(
        r"BR-(S|Z|E|AE)-0[567]$|BR-FR-(15|16)_.*15[12]|BR-FR-DEC-04_BT-152",
        "vat_rate",
        _("ce taux de TVA n’est pas admis."),
    ),
    # The document
    _Case(r"BR-FR-(15|16|DEC-04)", "lines", _("Un taux de TVA du document n’est pas admis.")),
    _Case(
        r"BR-(E|AE)-10",
        "lines",
        _("La mention d’exonération manque : complétez le taux de TVA dans les réglages."),
    ),
    _Case(
        r"FX-",
        "lines",
        _("Le code d’exonération n’est pas reconnu : corrigez le taux de TVA dans les réglages."),
        "ExemptionReasonCode",
    ),
    _Case(
        r"BR-FR-CO-07|BR-FR-03_BT-9", "due_on", _("L’échéance ne peut pas précéder la date de la facture.")
    ),
    _Case(r"BR-CO-25", "due_on", _("Indiquez l’échéance.")),
    _Case(
        r"BR-FR-03_BT-72",
        "delivered_on",
        _("La date de livraison ou d’exécution doit être comprise entre 2000 et 2099."),
    ),
    _Case(
        r"BR-FR-CO-0[45]|BR-55$|BR-FR-(01|02|03)_BT-2[56]",
        "credited",
        _("Un avoir doit désigner la facture qu’il corrige, par son numéro et sa date."),
    ),
    _Case(
        r"BR-FR-(01|02)_BT-1$",
        None,
        _("Le numéro doit avoir 35 caractères au plus, sans espace : corrigez la série dans les réglages."),
    ),
    _Case(
        r"BR-FR-0[56]",
        None,
        _("Une mention manque (pénalités, indemnité, escompte) ou se répète : complétez les réglages."),
    ),
    _Case(
        r"BR-(S|Z|E|AE)-(08|09)$|BR-CO-1\d|BR-FR-DEC-01",
        None,
        _("Les totaux ne tombent pas juste : enregistrez à nouveau le document."),
    ),
)

_LINE = re.compile(r"IncludedSupplyChainTradeLineItem(?:\[namespace-uri\(\)='[^']*'\])?(?:\[(\d+)\])?")
_LINE_FIELDS = {"label", "quantity", "unit", "unit_price", "discount_rate", "vat_rate"}


def advices(findings: Iterable[Finding]) -> tuple[Advice, ...]:
    """One advice per field to complete; what no field can mend is told only when nothing else is."""
    by_field: dict[str | None, Advice] = {}
    for advice in map(advise, findings):
        kept = by_field.get(advice.field)
        if kept is None or (advice.known and not kept.known):
            by_field[advice.field] = advice
    named = tuple(advice for field, advice in by_field.items() if field)
    return named or tuple(by_field.values())


def advise(finding: Finding) -> Advice:
    """The sentence for one finding."""
    case = next((case for case in CASES if case.covers(finding)), None)
    if case is None:
        text = gettext(
            "Le document ne respecte pas la règle %(rule)s des factures électroniques : prévenez l’équipe."
        )
        return Advice(text % {"rule": finding.rule}, known=False)
    if case.field not in _LINE_FIELDS:
        return Advice(str(case.sentence), case.field)
    match = _LINE.search(finding.location)
    if match is None:
        return Advice(str(case.sentence).capitalize(), "lines")
    number = int(match.group(1) or 1)
    sentence = gettext("Ligne %(number)s : %(sentence)s") % {"number": number, "sentence": case.sentence}
    return Advice(sentence, f"lines.{number - 1}.{case.field}")
