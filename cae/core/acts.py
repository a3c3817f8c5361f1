"""The acts of the journal in people's words: each room names its own verbs, and the kernel its own."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {}


def name_acts(acts: Mapping[str, Any]) -> None:
    """Declares the words of a room's verbs, each once."""
    for verb, words in acts.items():
        if verb in ACTS:
            raise ValueError(f"act {verb!r} is named twice")
        ACTS[verb] = words


name_acts(
    {
        "core.cooperative.change": _("Identité de la coopérative changée"),
        "core.document.store": _("Fichier déposé"),
        "core.import.apply": _("Import lancé"),
        "core.import.discard": _("Import abandonné"),
        "core.import.open": _("Fichier à importer déposé"),
        "core.import.undo": _("Annulation d’un import lancée"),
        "core.job.cancel": _("Travail arrêté"),
        "core.job.start": _("Travail demandé"),
        "core.job.resume": _("Travail repris"),
        "core.link.withdraw": _("Lien personnel retiré"),
        "core.mail.bounce": _("Retour d’un e-mail noté"),
        "core.mail.resend": _("E-mail renvoyé"),
        "core.mail_text.save": _("Texte d’e-mail changé"),
        "core.notices.choose": _("Choix d’avis changés"),
        "core.option.decide": _("Option d’une liste décidée"),
        "core.option.rule": _("Règle d’une liste décidée"),
        "core.setting.set": _("Paramètre décidé"),
        "core.sign": _("Signature reçue"),
    }
)
# What an act says of itself: the keys of its detail.
DETAILS: dict[str, Any] = {
    "accepted": _("accepté"),
    "account": _("compte"),
    "activity": _("activité"),
    "admitted_on": _("admission le"),
    "after": _("après"),
    "amount": _("montant"),
    "awaited": _("documents à joindre"),
    "before": _("avant"),
    "born_on": _("né·e le"),
    "by": _("par"),
    "called": _("personne appelée"),
    "category": _("catégorie"),
    "cause": _("cause"),
    "changed": _("changements"),
    "clauses": _("clauses"),
    "code": _("code"),
    "count": _("nombre"),
    "days": _("jours"),
    "decision": _("décision"),
    "department": _("service"),
    "ends_on": _("au"),
    "erased": _("lignes effacées"),
    "faults": _("anomalies"),
    "fields": _("champs"),
    "file": _("fichier"),
    "from": _("à partir du"),
    "hired_on": _("entrée le"),
    "iban": _("fin de l’IBAN"),
    "kind": _("sorte"),
    "label": _("libellé"),
    "last_day": _("dernier jour"),
    "left_on": _("sortie le"),
    "limits": _("limites dépassées"),
    "lines": _("lignes"),
    "minutes": _("durée (minutes)"),
    "moment": _("moment"),
    "name": _("nom"),
    "nominal": _("valeur nominale"),
    "number": _("numéro"),
    "of": _("de"),
    "on": _("le"),
    "owner": _("confié à"),
    "paper": _("pièce"),
    "part": _("part"),
    "payable_from": _("à payer à partir du"),
    "period": _("période"),
    "person": _("personne"),
    "piece": _("pièce"),
    "purpose": _("pour"),
    "quote": _("devis"),
    "rate": _("taux"),
    "reason": _("motif"),
    "reply_to": _("adresse de réponse"),
    "representative": _("représentant·e"),
    "resolutions": _("résolutions"),
    "role": _("rôle"),
    "scale": _("barème"),
    "scope": _("périmètre"),
    "seal": _("sceau"),
    "shares": _("parts"),
    "source": _("origine"),
    "speaker": _("présenté par"),
    "starts_on": _("du"),
    "statement": _("présentation"),
    "status": _("statut"),
    "step": _("étape"),
    "suffix": _("suffixe"),
    "task": _("tâche"),
    "text": _("texte"),
    "to": _("à"),
    "useful": _("utile à tous"),
    "value": _("valeur"),
    "work": _("travaux"),
    "balance": _("solde"),
    "gross": _("brut"),
    "is_used": _("proposé"),
    "people": _("personnes"),
}
