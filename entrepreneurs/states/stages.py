"""What a column of the welcome board is for, and the columns a cooperative begins with (ENT-06)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class StageKind(TextChoices):
    ENTRY = "entry", _("Entrée")
    WORK = "work", _("Travail")
    DECISION = "decision", _("Décision")
    END = "end", _("Fin")


# label, what it is for, days after which a card that stays there is late (none: never).
FIRST_STAGES: tuple[tuple[str, str, int | None], ...] = (
    ("Reçue", StageKind.ENTRY, 7),
    ("Premier entretien", StageKind.WORK, 21),
    ("Instruction", StageKind.WORK, 30),
    ("Comité", StageKind.DECISION, 30),
    ("Convention", StageKind.END, None),
)


class InvitationState(TextChoices):
    """An invitation to choose the slot of the first interview."""

    WAITING = "waiting", _("Attend un créneau")
    BOOKED = "booked", _("Créneau choisi")
    NO_ANSWER = "no_answer", _("Sans réponse")
    STOPPED = "stopped", _("Relances arrêtées")


class Presence(TextChoices):
    """At the information meeting, or at an interview."""

    PLANNED = "planned", _("Prévue")
    CAME = "came", _("Venue")
    MISSED = "missed", _("Pas venue")


class TargetKind(TextChoices):
    """What the welcome strategy sets for a year (ENT-16)."""

    ENTRIES = "entries", _("Entrées dans l’année")
    CAPACITY = "capacity", _("Places chez un·e accompagnateur·rice")
