"""Why a status says no: the list of reason codes by day, each with the statuses that it may go with
(XP Z12-012, annex A; BR-FR-CDV-CL-09 of the public rules 1.4.0)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

# Rules 1.4.0: reasons of public buyers, and the name of a file. What came before them was in the norm already
# when exchanges were tried, and serves for what comes on paper too: it has no first day.
SECOND_LIST = date(2026, 10, 1)
OTHER = "AUTRE"


@dataclass(frozen=True, slots=True)
class Reason:
    code: str
    label: Any
    statuses: frozenset[str]
    since: date | None = None
    until: date | None = None

    def serves(self, on: date) -> bool:
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)

    def goes_with(self, status: str, on: date) -> bool:
        return status in self.statuses and self.serves(on)


def _reason(code: str, label: Any, statuses: str, since: date | None = None) -> Reason:
    return Reason(code, label, frozenset(statuses.split()), since)


REASONS: tuple[Reason, ...] = (
    _reason("NON_TRANSMISE", _("Destinataire non connecté"), "200"),
    _reason("JUSTIF_ABS", _("Justificatif absent ou insuffisant"), "208"),
    _reason("ROUTAGE_ERR", _("Erreur de routage"), "221"),
    _reason("AUTRE", _("Autre motif"), "206 207"),
    _reason("COORD_BANC_ERR", _("Coordonnées bancaires erronées"), "207 208"),
    _reason("TX_TVA_ERR", _("Taux de TVA erroné"), "207 210"),
    _reason("MONTANTTOTAL_ERR", _("Montant total erroné"), "207 210 213"),
    _reason("CALCUL_ERR", _("Erreur de calcul"), "207 210 213"),
    _reason("NON_CONFORME", _("Mention légale manquante"), "207 210"),
    _reason("DOUBLON", _("Facture en double"), "207 210 213"),
    _reason("DEST_INC", _("Destinataire inconnu"), "207 213"),
    _reason("DEST_ERR", _("Destinataire erroné"), "207 210"),
    _reason("TRANSAC_INC", _("Livraison ou prestation inconnue"), "207 210"),
    _reason("EMMET_INC", _("Émetteur inconnu"), "207 210"),
    _reason("CONTRAT_TERM", _("Contrat terminé"), "207 210"),
    _reason("DOUBLE_FACT", _("Déjà facturé sur une autre facture"), "207 210"),
    _reason("CMD_ERR", _("Numéro de commande incorrect ou manquant"), "206 207 208 210"),
    _reason("ADR_ERR", _("Adresse de facturation électronique erronée"), "207 210 213"),
    _reason("SIRET_ERR", _("SIRET erroné ou absent"), "206 207 208"),
    _reason("CODE_ROUTAGE_ERR", _("Code de routage erroné ou absent"), "206 207 208"),
    _reason("REF_CT_ABSENT", _("Référence du contrat manquante"), "206 207 208 210"),
    _reason("REF_ERR", _("Référence incorrecte"), "206 207 208"),
    _reason("PU_ERR", _("Prix unitaire incorrect"), "206 207"),
    _reason("REM_ERR", _("Remise erronée"), "206 207"),
    _reason("QTE_ERR", _("Quantité facturée incorrecte"), "206 207"),
    _reason("ART_ERR", _("Article facturé incorrect"), "206 207"),
    _reason("MODPAI_ERR", _("Modalités de paiement incorrectes"), "206 207"),
    _reason("QUALITE_ERR", _("Qualité de l’article incorrecte"), "206 207"),
    _reason("LIVR_INCOMP", _("Livraison incomplète ou non conforme"), "206 207"),
    _reason("REJ_SEMAN", _("Rejet : données incorrectes"), "213"),
    _reason("REJ_UNI", _("Rejet : numéro déjà utilisé"), "213"),
    _reason("REJ_COH", _("Rejet : données incohérentes"), "213"),
    _reason("REJ_ADR", _("Rejet : adresse électronique"), "213"),
    _reason("REJ_CONT_B2G", _("Rejet : contrôles des acheteurs publics"), "213"),
    _reason("REJ_REF_PJ", _("Rejet : référence d’une pièce jointe"), "213"),
    _reason("REJ_ASS_PJ", _("Rejet : rattachement d’une pièce jointe"), "213"),
    _reason("IRR_VIDE_F", _("Irrecevable : fichier vide"), "501"),
    _reason("IRR_TYPE_F", _("Irrecevable : type de fichier"), "501"),
    _reason("IRR_SYNTAX", _("Irrecevable : fichier illisible"), "501"),
    _reason("IRR_TAILLE_PJ", _("Irrecevable : pièce jointe trop lourde"), "501"),
    _reason("IRR_NOM_PJ", _("Irrecevable : nom d’une pièce jointe"), "501"),
    _reason("IRR_VID_PJ", _("Irrecevable : pièce jointe vide"), "501"),
    _reason("IRR_EXT_DOC", _("Irrecevable : type d’une pièce jointe"), "501"),
    _reason("IRR_TAILLE_F", _("Irrecevable : fichier trop lourd"), "501"),
    _reason("IRR_ANTIVIRUS", _("Irrecevable : fichier dangereux"), "501"),
    _reason("IRR_NOM_F", _("Irrecevable : nom du fichier"), "501", SECOND_LIST),
    _reason("RETRAIT_MAN_SERV", _("Acheteur public : mandatement retiré"), "210", SECOND_LIST),
    _reason("ST_CT_NON_DECLAR", _("Acheteur public : sous-traitant non déclaré"), "210", SECOND_LIST),
    _reason("SUPPR_COMP_AVOIR", _("Acheteur public : compensée par un avoir"), "210", SECOND_LIST),
    _reason("TRANSF_PMNT_REGIE", _("Acheteur public : payée en régie"), "210", SECOND_LIST),
    _reason("CONTACT_ACHTR", _("Acheteur public : prendre contact avec l’acheteur"), "210", SECOND_LIST),
)
BY_CODE: dict[str, Reason] = {reason.code: reason for reason in REASONS}


def reasons_for(status: str, *, on: date) -> list[Reason]:
    """The reasons that may go with a status on a day, in the order of the list."""
    return [reason for reason in REASONS if reason.goes_with(status, on)]


def labels_of(codes: Iterable[str]) -> list[str]:
    """The reasons in plain words; a code that no list knows stays as it is."""
    return [str(BY_CODE[code].label) if code in BY_CODE else code for code in codes]
