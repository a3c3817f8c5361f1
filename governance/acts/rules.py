"""What is done to rules, as the journal says it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "governance.RuleSet.confirm": _("Règles mises en vigueur"),
    "governance.RuleSet.discard": _("Règles abandonnées"),
    "governance.foundingtext.file": _("Texte fondateur déposé"),
    "governance.ruleline.change": _("Règle modifiée"),
    "governance.ruleline.confirm": _("Règle confirmée"),
    "governance.ruleset.change": _("Version des règles modifiée"),
    "governance.ruleset.confirm_unchanged": _("Règles inchangées confirmées"),
    "governance.ruleset.draft": _("Version des règles préparée"),
}
