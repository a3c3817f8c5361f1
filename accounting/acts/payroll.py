"""What the acts over pay are called in the journal."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "accounting.PayJournalImport.undo": _("Journal de paie annulé"),
    "accounting.PayProposal.agree": _("Paie acceptée"),
    "accounting.PayProposal.ask": _("Autre montant de paie demandé"),
    "accounting.PayProposal.check": _("Paie contrôlée"),
    "accounting.PayProposal.export": _("Paie envoyée au logiciel de paie"),
    "accounting.PayProposal.give_back": _("Paie reçue annulée"),
    "accounting.PayProposal.receive": _("Paie reçue du logiciel de paie"),
    "accounting.PayProposal.revise": _("Paie revue"),
    "accounting.PayProposal.withdraw": _("Paie retirée"),
    "accounting.PayslipBatch.drop": _("Lot de bulletins abandonné"),
    "accounting.PayslipBatch.file": _("Bulletins de paie classés"),
    "accounting.RetainedResultAgreement.drop": _("Accord de résultat laissé abandonné"),
    "accounting.RetainedResultAgreement.sign": _("Accord de résultat laissé signé"),
    "accounting.YearEndRegularisation.carry": _("Solde de fin d’année reporté"),
    "accounting.YearEndRegularisation.owe": _("Solde de fin d’année arrêté"),
    "accounting.YearEndRegularisation.settle": _("Solde de fin d’année versé avec la paie"),
    "accounting.change_pay_number": _("Matricule de paie modifié"),
    "accounting.compute_pay_year": _("Solde de fin d’année calculé"),
    "accounting.confirm_export_layout": _("Format d’export de paie confirmé"),
    "accounting.draft_retained": _("Accord de résultat laissé préparé"),
    "accounting.export_pay": _("Variables de paie exportées"),
    "accounting.import_pay": _("Journal de paie reçu"),
    "accounting.open_pay_month": _("Mois de paie ouvert"),
    "accounting.open_payslip": _("Bulletin de paie ouvert"),
    "accounting.propose_pay": _("Paie proposée"),
    "accounting.read_payslips": _("Bulletins de paie déposés"),
    "accounting.save_export_layout": _("Format d’export de paie enregistré"),
}
