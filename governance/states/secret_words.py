"""What the acts of a secret ballot are called: in its own journal, in that of the house, in the minutes."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

JOURNAL_WORDS: dict[str, Any] = {
    "prepare": _("Scrutin préparé"),
    "step": _("Étape d’une clé"),
    "restart": _("Clés recommencées"),
    "freeze_roll": _("Liste arrêtée"),
    "receive_cards": _("Cartes de vote faites"),
    "renew_codes": _("Codes de vote renouvelés"),
    "ready_keys": _("Urnes scellées"),
    "rehearse": _("Scrutin essayé"),
    "open": _("Scrutin ouvert"),
    "pause": _("Scrutin suspendu"),
    "resume": _("Scrutin repris"),
    "extend": _("Clôture reportée"),
    "unsound": _("Urne altérée"),
    "close": _("Scrutin clos"),
    "tally": _("Sommes chiffrées publiées"),
    "share": _("Part de dépouillement donnée"),
    "decrypt": _("Totaux ouverts"),
    "verify": _("Résultat vérifié"),
    "proclaim": _("Résultat proclamé"),
    "record": _("Archive publiée"),
    "purge": _("Liens détruits"),
    "cancel": _("Scrutin annulé"),
}
