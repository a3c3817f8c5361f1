"""States of the workbench of a year, and of the statement that each activity agrees to (ACC-46),
what is taken to the right year by hand (ACC-10)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cae.core.workflow import Move, Workflow


class YearClosingState(TextChoices):
    OPEN = "open", _("En préparation")
    READY = "ready", pgettext_lazy("closing of a year", "Prêt")
    CARRIED = "carried", _("Résultat porté")


class StatementState(TextChoices):
    TO_SIGN = "to_sign", pgettext_lazy("yearly statement", "À accepter")
    SIGNED = "signed", pgettext_lazy("yearly statement", "Accepté")
    REPLACED = "replaced", pgettext_lazy("yearly statement", "Remplacé")


class AccrualKind(TextChoices):
    """What belongs to a year though its invoice does not, or the reverse (ACC-10)."""

    TO_RECEIVE = "to_receive", _("Facture à recevoir (408)")
    TO_ISSUE = "to_issue", _("Facture à établir (418)")
    PREPAID = "prepaid", _("Charge constatée d’avance (486)")
    DEFERRED = "deferred", _("Produit constaté d’avance (487)")


# How each state is drawn: its tone and its sign.
CLOSING_SHAPES: dict[str, tuple[str, str]] = {
    YearClosingState.OPEN: ("info", "●"),
    YearClosingState.READY: ("warning", "▲"),
    YearClosingState.CARRIED: ("success", "✔"),
}
STATEMENT_SHAPES: dict[str, tuple[str, str]] = {
    StatementState.TO_SIGN: ("info", "●"),
    StatementState.SIGNED: ("success", "✔"),
    StatementState.REPLACED: ("neutral", "◇"),
}

_OPEN, _READY, _CARRIED = (
    YearClosingState.OPEN.value,
    YearClosingState.READY.value,
    YearClosingState.CARRIED.value,
)
_KEEP = "accounting.keep_year_end"
YEAR_CLOSING_FLOW = Workflow(
    "accounting.YearClosing",
    (
        Move("prepare", (_OPEN,), _READY, _KEEP, _("Tout est prêt")),
        Move("resume", (_READY,), _OPEN, _KEEP, _("Reprendre la préparation")),
        # Again, when something was booked since; a job that stopped half-way is undone all the same.
        Move("carry", (_READY, _CARRIED), _CARRIED, _KEEP, _("Porter au résultat")),
        Move("undo", (_READY, _CARRIED), _READY, _KEEP, _("Défaire")),
    ),
)
STATEMENT_FLOW = Workflow(
    "accounting.StatementAgreement",
    (
        Move(
            "sign",
            (StatementState.TO_SIGN.value,),
            StatementState.SIGNED.value,
            "accounting.sign_statement",
            _("Accepter le relevé"),
        ),
        Move(
            "replace",
            (StatementState.TO_SIGN.value, StatementState.SIGNED.value),
            StatementState.REPLACED.value,
            _KEEP,
            _("Refaire le relevé"),
        ),
    ),
)
