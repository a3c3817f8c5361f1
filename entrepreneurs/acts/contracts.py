"""What is done about contracts, letters and passages, as the journal says it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "entrepreneurs.contract.cancel": _("Contrat annulé"),
    "entrepreneurs.contract.change": _("Dates d’un contrat modifiées"),
    "entrepreneurs.contract.conclude": _("Contrat conclu"),
    "entrepreneurs.contract.decide_end": _("Fin d’un contrat décidée"),
    "entrepreneurs.contract.decline": _("Signature d’un contrat refusée"),
    "entrepreneurs.contract.draft": _("Contrat préparé"),
    "entrepreneurs.contract.end": _("Contrat clos"),
    "entrepreneurs.contract.override": _("Limite d’un CAPE levée par dérogation"),
    "entrepreneurs.contract.send": _("Contrat mis à la signature"),
    "entrepreneurs.contract.take_back": _("Contrat repris avant signature"),
    "entrepreneurs.contractterms.cancel": _("Clauses annulées"),
    "entrepreneurs.contractterms.conclude": _("Clauses signées par tous"),
    "entrepreneurs.contractterms.decline": _("Signature de clauses refusée"),
    "entrepreneurs.contractterms.send": _("Clauses mises à la signature"),
    "entrepreneurs.contractterms.take_back": _("Clauses reprises avant signature"),
    "entrepreneurs.declaration.record": _("Déclaration d’un CAPE notée"),
    "entrepreneurs.letter.make": _("Courrier fait"),
    "entrepreneurs.letter_text.save": _("Modèle de courrier écrit"),
    "entrepreneurs.passage.decide": _("Passage au CESA décidé"),
    "entrepreneurs.terms.amend": _("Avenant préparé"),
    "entrepreneurs.terms.paper": _("Original papier déposé"),
    "entrepreneurs.terms.write": _("Clauses écrites"),
}
