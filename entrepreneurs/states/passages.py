"""What may be decided of a passage to the CESA, and the conditions that the cooperative may set (ENT-30)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PassageOutcome(models.TextChoices):
    GRANTED = "granted", _("Passage accordé")
    # Some condition is not met: granted all the same, for a reason.
    WAIVED = "waived", _("Passage accordé par dérogation")
    POSTPONED = "postponed", _("Passage reporté")


OUTCOME_SHAPES: dict[str, tuple[str, str]] = {
    PassageOutcome.GRANTED: ("success", "✔"),
    PassageOutcome.WAIVED: ("warning", "▲"),
    PassageOutcome.POSTPONED: ("neutral", "◇"),
}
