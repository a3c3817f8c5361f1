"""Closed lists of reminders, statements and losses."""

from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ReminderChannel(TextChoices):
    MAIL = "mail", _("E-mail")
    LETTER = "letter", _("Lettre")
    CALL = "call", _("Appel")


class ReminderTone(TextChoices):
    """From the softest to the last before recovery; the order is that of `STRENGTH`."""

    COURTEOUS = "courteous", _("Courtoise")
    FIRM = "firm", _("Ferme")
    FORMAL = "formal", _("Mise en demeure")


STRENGTH: dict[str, int] = {tone: rank for rank, tone in enumerate(ReminderTone.values)}


class ChaseStage(TextChoices):
    """Where an unpaid invoice past its due date stands; read from what was sent and decided, never stored."""

    DUE = "due", _("À relancer")
    UPCOMING = "upcoming", _("À venir")
    PAUSED = "paused", _("En pause")
    DISPUTED = "disputed", _("En litige")
    ENDED = "ended", _("Étapes terminées")


class AccessKind(TextChoices):
    """Why a customer was given the link to their page."""

    COPY = "copy", _("Lien copié")
    STATEMENT = "statement", _("Relevé")
    REMINDER = "reminder", _("Relance")


# The cooperative's first steps: days after the due date, channel, tone, late fees (interface.md §8).
FIRST_STEPS: tuple[tuple[int, str, str, bool], ...] = (
    (3, ReminderChannel.MAIL, ReminderTone.COURTEOUS, False),
    (15, ReminderChannel.MAIL, ReminderTone.FIRM, True),
    (30, ReminderChannel.LETTER, ReminderTone.FORMAL, True),
)

MAX_STEP_DAYS = 365
MAX_STEPS = 8
MAX_REASON = 250
# Two records that became one are told apart again within this time, as two files of persons are.
UNDO_WITHIN = timedelta(days=30)
