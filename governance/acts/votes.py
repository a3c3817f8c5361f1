"""What is done to votes, as the journal says it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "governance.vote.prepare": _("Vote préparé"),
    "governance.Vote.open": _("Vote ouvert"),
    "governance.Vote.close": _("Vote clos"),
    "governance.Vote.proclaim": _("Résultat proclamé"),
    "governance.Vote.cancel": _("Vote annulé"),
    "governance.vote.cast": _("Bulletins reçus"),
    "governance.vote.count": _("Décompte entré"),
    "governance.vote.confirm_count": _("Décompte confirmé par un second scrutateur"),
    "governance.vote.correct": _("Résultat rectifié"),
}
