"""States and moves of the allocation of a result."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from cae.core.workflow import Move, Workflow

# The most that shares may bear; what is kept back of each kind of part when it is paid.
INTEREST_CEILING = "accounting.share_interest_ceiling"
INTEREST_KEPT_BACK = "accounting.share_interest_kept_back"
LABOUR_KEPT_BACK = "accounting.labour_share_kept_back"


class AllocationLaw(TextChoices):
    SCOP = "scop", _("Scop")
    SCIC = "scic", _("Scic")


class AllocationState(TextChoices):
    PROPOSED = "proposed", _("Proposée")
    JOINED = "joined", _("À l’ordre du jour")
    VOTED = "voted", _("Votée")
    POSTED = "posted", _("Passée en écritures")
    PAID = "paid", _("Mise en paiement")


class ShareKind(TextChoices):
    LABOUR = "labour", _("Part travail")
    INTEREST = "interest", _("Intérêt aux parts")


# How each state is drawn: its tone and its sign.
ALLOCATION_SHAPES: dict[str, tuple[str, str]] = {
    AllocationState.PROPOSED: ("info", "◇"),
    AllocationState.JOINED: ("info", "●"),
    AllocationState.VOTED: ("warning", "▲"),
    AllocationState.POSTED: ("warning", "●"),
    AllocationState.PAID: ("success", "✔"),
}
# The assembly has decided.
DECIDED = (AllocationState.VOTED, AllocationState.POSTED, AllocationState.PAID)
# Entries stand.
BOOKED = (AllocationState.POSTED, AllocationState.PAID)

_P, _J, _V = AllocationState.PROPOSED.value, AllocationState.JOINED.value, AllocationState.VOTED.value
_B, _D = AllocationState.POSTED.value, AllocationState.PAID.value
_KEEP = "accounting.keep_allocation"
ALLOCATION_FLOW = Workflow(
    "accounting.ResultAllocation",
    (
        Move("join", (_P,), _J, _KEEP, _("Mettre à l’ordre du jour")),
        Move("take_back", (_J,), _P, _KEEP, _("Reprendre la proposition")),
        Move("vote", (_P, _J), _V, _KEEP, _("Noter le vote")),
        Move("reconsider", (_V,), _P, _KEEP, _("Revenir à une proposition")),
        Move("post", (_V,), _B, _KEEP, _("Passer en écritures")),
        Move("undo", (_B,), _V, _KEEP, _("Contre-passer")),
        Move("pay", (_B,), _D, _KEEP, _("Mettre en paiement")),
        Move("unpay", (_D,), _B, _KEEP, _("Retirer les virements")),
    ),
)
