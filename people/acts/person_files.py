"""What is done to civil status, situations and skills, as the journal says it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "people.civil.change": _("État civil modifié"),
    "people.situation.change": _("Situation sociale modifiée"),
    "people.skill.add": _("Compétence ajoutée"),
    "people.skill.change": _("Compétence modifiée"),
    "people.skill.check": _("Justificatif vérifié"),
    "people.skill.remove": _("Compétence retirée"),
    "people.territory.count": _("Population d’un territoire notée"),
}
