"""Says in plain French what a rule of the e-invoice asks, and which field answers it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from invoicing.engines.checker.protocol import Finding

# Rules that a person can do something about; the others are named with the rule's own words.
# code: (sentence, field of the form)
_RULES: dict[str, tuple[Any, str]] = {
    "BR-07": (gettext_lazy("Donnez le nom du client."), "customer"),
    "BR-10": (gettext_lazy("Complétez l’adresse du client."), "customer"),
    "BR-11": (gettext_lazy("Donnez le pays du client."), "customer"),
    "BR-16": (gettext_lazy("Ajoutez au moins une ligne."), "lines"),
    "BR-25": (gettext_lazy("Donnez une désignation à chaque ligne."), "lines"),
    "BR-27": (gettext_lazy("Un prix unitaire ne peut pas être négatif."), "lines"),
    "BR-62": (gettext_lazy("Il manque l’adresse électronique de la coopérative."), ""),
    "BR-63": (gettext_lazy("Complétez l’adresse de facturation électronique du client."), "customer"),
    "BR-CO-25": (gettext_lazy("Donnez une échéance à la facture."), "due_on"),
    "BR-AE-02": (gettext_lazy("L’autoliquidation demande le numéro de TVA du client."), "customer"),
    "BR-AE-03": (gettext_lazy("L’autoliquidation demande le numéro de TVA du client."), "customer"),
    "BR-FR-10": (gettext_lazy("Donnez un SIREN valable au client."), "customer"),
    "BR-FR-11": (gettext_lazy("Donnez un SIREN valable au client."), "customer"),
    "BR-FR-12": (
        gettext_lazy("Donnez au client une adresse de facturation électronique, ou à défaut une adresse e-mail."),
        "customer",
    ),
    "BR-FR-16": (gettext_lazy("Un taux de TVA n’est pas de ceux que la France admet."), "lines"),
    "BR-FR-21": (gettext_lazy("L’adresse électronique du client doit commencer par son SIREN."), "customer"),
}


def explained(finding: Finding) -> dict[str, str]:
    """The code, the sentence and the field of one finding, as a verdict keeps them."""
    code = finding.rule
    known = next((_RULES[rule] for rule in (code, code.partition("/")[0]) if rule in _RULES), None)
    if known is not None:
        sentence, field = known
        return {"code": code, "message": str(sentence), "field": field}
    sentence = _("Règle %(rule)s de la facture électronique non respectée : %(text)s") % {
        "rule": code,
        "text": finding.text[:300],
    }
    return {"code": code, "message": sentence, "field": ""}
