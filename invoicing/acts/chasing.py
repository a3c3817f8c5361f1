"""What the acts of reminders, statements, merges and losses are called in the journal."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "invoicing.remind": _("Relance envoyée"),
    "invoicing.remind_alone": _("Relance partie seule"),
    "invoicing.undo_reminder": _("Relance notée par erreur, annulée"),
    "invoicing.pause_reminders": _("Relances mises en pause"),
    "invoicing.resume_reminders": _("Relances reprises"),
    "invoicing.open_dispute": _("Litige ouvert"),
    "invoicing.close_dispute": _("Litige levé"),
    "invoicing.set_credit_limit": _("Encours autorisé changé"),
    "invoicing.save_reminder_steps": _("Étapes de relance changées"),
    "invoicing.set_chase_policy": _("Départ automatique des relances changé"),
    "invoicing.give_access": _("Lien de la page du client copié"),
    "invoicing.send_statement": _("Relevé de compte envoyé"),
    "invoicing.write_off": _("Créance passée en perte"),
    "invoicing.take_loss_back": _("Passage en perte annulé"),
    "invoicing.merge_customers": _("Clients fusionnés"),
    "invoicing.undo_customer_merge": _("Fusion de clients annulée"),
    "invoicing.make_recovery_file": _("Dossier de recouvrement préparé"),
}
