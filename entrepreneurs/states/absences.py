"""Leave and absences: their kinds and the table of legal moves (ENT-35)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cae.core.workflow import Move, Workflow

KIND_LIST = "entrepreneurs.absence_kind"
# The only kind whose days are counted against a right.
PAID_LEAVE = "paid_leave"
KINDS = (
    (PAID_LEAVE, _("Congés payés")),
    ("sick", _("Arrêt maladie")),
    ("work_accident", _("Accident du travail, maladie professionnelle")),
    ("parental", _("Maternité, paternité, adoption")),
    ("child", _("Enfant malade")),
    ("family", _("Événement familial")),
    ("training", _("Formation")),
    ("unpaid", _("Congé sans solde")),
    ("other", _("Autre absence")),
)


class AbsenceState(models.TextChoices):
    ASKED = "asked", _("Demandée")
    APPROVED = "approved", _("Acceptée")
    REFUSED = "refused", _("Refusée")
    CANCELLED = "cancelled", _("Annulée")


# These take the days: no other absence may cross them.
HOLDING: tuple[str, ...] = (AbsenceState.ASKED, AbsenceState.APPROVED)

ABSENCE_SHAPES: dict[str, tuple[str, str]] = {
    AbsenceState.ASKED: ("warning", "▲"),
    AbsenceState.APPROVED: ("success", "✔"),
    AbsenceState.REFUSED: ("danger", "✕"),
    AbsenceState.CANCELLED: ("neutral", "■"),
}

_ASKED, _APPROVED = AbsenceState.ASKED.value, AbsenceState.APPROVED.value
_DECIDE = "entrepreneurs.decide_absence"

ABSENCE_FLOW = Workflow(
    "entrepreneurs.absence",
    (
        Move("approve", (_ASKED,), _APPROVED, _DECIDE, _("Accepter")),
        Move("refuse", (_ASKED,), AbsenceState.REFUSED.value, _DECIDE, _("Refuser")),
        Move(
            "cancel",
            (_ASKED, _APPROVED),
            AbsenceState.CANCELLED.value,
            "entrepreneurs.cancel_absence",
            _("Annuler"),
        ),
    ),
)
