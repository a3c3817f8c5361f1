"""States of the official rules of pay, and the words of a simulation."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from cae.core.workflow import Move, Workflow


class RulesetState(TextChoices):
    """A set of rules is written by a command, then a person says from which month on it is used."""

    DRAFT = "draft", _("À mettre en vigueur")
    IN_FORCE = "in_force", _("En vigueur")


RULESET_SHAPES: dict[str, tuple[str, str]] = {
    RulesetState.DRAFT: ("warning", "▲"),
    RulesetState.IN_FORCE: ("success", "✔"),
}

RULESET_FLOW = Workflow(
    "accounting.PayrollRuleset",
    [
        Move(
            "put_in_force",
            (RulesetState.DRAFT.value,),
            RulesetState.IN_FORCE.value,
            "accounting.change_pay_rules",
            _("Mettre en vigueur"),
        ),
    ],
)
