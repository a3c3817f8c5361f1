"""What is done to the codes and the roll of a secret ballot, as the journal says it: never a ballot."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "governance.secret_vote.renew_codes": _("Codes de vote refaits"),
    "governance.secret_vote.receive_cards": _("Cartes de vote reçues"),
    "governance.secret_vote.give_card": _("Carte de vote remise"),
    "governance.secret_vote.note_paper": _("Voix notée sur papier"),
    "governance.secret_vote.strike_paper": _("Voix sur papier reprise"),
    "governance.secret_vote.took_part": _("A pris part à un scrutin secret"),
}
