"""What is done to votes, as the journal says it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "governance.vote.prepare": _("Vote préparé"),
    "governance.NamedVote.open": _("Vote ouvert"),
    "governance.NamedVote.close": _("Vote clos"),
    "governance.NamedVote.proclaim": _("Résultat proclamé"),
    "governance.NamedVote.cancel": _("Vote annulé"),
    "governance.vote.cast": _("Bulletins reçus"),
    "governance.vote.count": _("Décompte entré"),
    "governance.vote.confirm_count": _("Décompte confirmé par un second scrutateur"),
    "governance.vote.correct": _("Résultat rectifié"),
}
