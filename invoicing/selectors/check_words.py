"""The sentences of the checks: what is in order, what deserves a look, what is wrong (INV-16)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cae.core.templatetags.formats import day, money

# Rule → sentence; values stand in it by their names, amounts and days already written.
SENTENCES: dict[str, Any] = {
    "no_line": gettext_lazy("Aucune ligne : il n’y a rien à vendre."),
    "no_amount": gettext_lazy("Le total doit être supérieur à zéro."),
    "old_totals": gettext_lazy(
        "Les totaux ne sont plus ceux des lignes : enregistrez de nouveau le brouillon."
    ),
    "zero_line": gettext_lazy("Ligne %(position)s : elle ne vaut rien. Est-ce offert ?"),
    "far_price": gettext_lazy(
        "Ligne %(position)s : %(price)s au lieu de %(asked)s au catalogue. Est-ce voulu ?"
    ),
    "prices": gettext_lazy("Les prix sont remplis et proches du catalogue."),
    "no_address": gettext_lazy("L’adresse du client est incomplète : rue, code postal et ville."),
    "no_siren": gettext_lazy("Le SIREN du client manque : il est obligatoire pour un professionnel."),
    "no_email": gettext_lazy("Le client n’a pas d’adresse e-mail : l’envoi se fera autrement."),
    "customer": gettext_lazy("La fiche du client est complète."),
    "no_overdue": gettext_lazy("Le client n’a aucune facture en retard."),
    "above_limit": gettext_lazy(
        "Le client devrait %(amount)s en tout : son encours autorisé est de %(limit)s."
    ),
    "within_limit": gettext_lazy("Le client reste sous son encours autorisé de %(limit)s."),
    "old_rate": gettext_lazy("Ligne %(position)s : ce taux de TVA n’est plus en vigueur."),
    "no_vat_number": gettext_lazy(
        "Ligne %(position)s : vendre sans TVA à ce client demande son numéro de TVA."
    ),
    "export_inside": gettext_lazy(
        "Ligne %(position)s : une exportation part hors de l’Union européenne, et ce client y est."
    ),
    "private_not_taxed": gettext_lazy(
        "Ligne %(position)s : un particulier paie la TVA, il ne la déclare pas."
    ),
    "reverse_at_home": gettext_lazy("Ligne %(position)s : ce régime est celui d’un client d’un autre pays."),
    "reverse_elsewhere": gettext_lazy("Ligne %(position)s : ce régime convient rarement au pays du client."),
    "exempt_not_training": gettext_lazy(
        "Ligne %(position)s : exonérée comme une formation, mais sa nature n’en est pas une."
    ),
    "training_taxed": gettext_lazy(
        "Ligne %(position)s : une formation avec TVA. L’exonération ne s’applique-t-elle pas ?"
    ),
    "taxed_in_union": gettext_lazy(
        "Ligne %(position)s : TVA française pour une entreprise d’un autre pays de l’Union. Est-ce voulu ?"
    ),
    "taxed_abroad": gettext_lazy(
        "Ligne %(position)s : TVA française pour une entreprise hors de l’Union. Est-ce voulu ?"
    ),
    "vat": gettext_lazy("La TVA convient au client et à ce qui est vendu."),
    "validity_over": gettext_lazy("La validité est passée depuis le %(day)s."),
    "starts_before": gettext_lazy("Le début est prévu le %(day)s, déjà passé."),
    "due_before": gettext_lazy("L’échéance du %(day)s précède la facture."),
    "due_late": gettext_lazy("L’échéance du %(day)s dépasse ce que la loi permet entre professionnels."),
    "delivered_later": gettext_lazy("La prestation est datée du %(day)s, après la facture."),
    "dates": gettext_lazy("Les dates se suivent."),
    "order": gettext_lazy("Le numéro de commande exigé par le client est là."),
    "no_order": gettext_lazy("Ce client exige son numéro de commande."),
    "mentions": gettext_lazy("Les mentions obligatoires sont là."),
    "covered": gettext_lazy("L’activité est assurée pour cette prestation."),
    "cover_waived": gettext_lazy("Sans assurance en vigueur, avec l’accord écrit de l’équipe."),
    "cover_none": gettext_lazy("Aucune assurance n’est notée pour cette activité : l’équipe doit répondre."),
    "cover_lapsed": gettext_lazy("L’assurance de l’activité a pris fin le %(day)s : l’équipe doit répondre."),
    "cover_outside": gettext_lazy("L’assurance en vigueur ne couvre pas ce métier : l’équipe doit répondre."),
    "cover_above": gettext_lazy(
        "L’assurance couvre jusqu’à %(amount)s HT par chantier : l’équipe doit répondre."
    ),
    "above": gettext_lazy("%(amount)s HT : au-dessus des %(threshold)s à regarder de près."),
    "below": gettext_lazy("Le montant est sous les %(threshold)s HT à regarder de près."),
}

# What the identity of the cooperative may lack.
MISSING: dict[str, Any] = {
    "legal_name": gettext_lazy("la dénomination de la coopérative"),
    "siren": gettext_lazy("le SIREN de la coopérative"),
    "siret": gettext_lazy("le SIRET de la coopérative"),
    "vat_number": gettext_lazy("le numéro de TVA de la coopérative"),
    "rcs": gettext_lazy("l’immatriculation au RCS"),
    "address_line": gettext_lazy("l’adresse de la coopérative"),
    "postcode": gettext_lazy("le code postal de la coopérative"),
    "city": gettext_lazy("la ville de la coopérative"),
    "iban": gettext_lazy("l’IBAN de la coopérative"),
    "exemption": gettext_lazy("le motif d’une ligne sans TVA"),
}


def sentence_of(code: str, values: Mapping[str, Any]) -> str:
    """The sentence of what a rule found."""
    shown = {name: _shown(value) for name, value in values.items()}
    if code == "overdue":
        sentence = ngettext(
            "Le client a %(count)s facture en retard : %(amount)s.",
            "Le client a %(count)s factures en retard : %(amount)s.",
            values["count"],
        )
    elif code == "content":
        sentence = ngettext(
            "%(count)s ligne, des totaux justes.", "%(count)s lignes, des totaux justes.", values["count"]
        )
    elif code == "no_mention":
        title = values["title"]
        return _("Il manque une mention obligatoire : %(title)s.") % {"title": MISSING.get(title, title)}
    else:
        sentence = str(SENTENCES[code])
    return sentence % shown


def _shown(value: Any) -> str:
    if isinstance(value, Decimal):
        return money(value)
    return day(value) if isinstance(value, date) else str(value)
