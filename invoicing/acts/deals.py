"""What the acts of deals, of their papers and of contracts are called in the journal."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "invoicing.open_deal": _("Affaire ouverte"),
    "invoicing.save_deal": _("Affaire modifiée"),
    "invoicing.Deal.close": _("Affaire close"),
    "invoicing.Deal.reopen": _("Affaire rouverte"),
    "invoicing.attach_piece": _("Pièce rattachée à une affaire"),
    "invoicing.detach_piece": _("Pièce retirée d’une affaire"),
    "invoicing.add_deal_file": _("Fichier ajouté à une affaire"),
    "invoicing.remove_deal_file": _("Fichier retiré d’une affaire"),
    "invoicing.restore_deal_file": _("Fichier remis dans une affaire"),
    "invoicing.waive_paper": _("Pièce exigée : dérogation accordée"),
    "invoicing.ask_review": _("Relecture d’un contrat demandée"),
    "invoicing.ContractReview.approve": _("Contrat relu : peut être signé"),
    "invoicing.ContractReview.negotiate": _("Contrat relu : à négocier"),
    "invoicing.ContractReview.refuse": _("Contrat relu : à ne pas signer"),
    "invoicing.ContractReview.withdraw": _("Demande de relecture reprise"),
    "invoicing.add_deal_kind": _("Genre d’affaire ajouté"),
    "invoicing.archive_deal_kind": _("Genre d’affaire archivé"),
    "invoicing.ask_deal_paper": _("Pièce exigée ajoutée"),
    "invoicing.stop_deal_paper": _("Pièce exigée arrêtée"),
    "invoicing.write_clause": _("Clause type écrite"),
    "invoicing.archive_clause": _("Clause type archivée"),
    "invoicing.restore_clause": _("Clause type reprise"),
}
