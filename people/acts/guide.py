"""What is done to pages of the guide, as the journal says it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "people.guide.draft": _("Page du guide préparée d’après une réponse"),
    "people.guide.publish": _("Page du guide publiée"),
    "people.guide.withdraw": _("Page du guide retirée"),
    "people.guide.write": _("Page du guide écrite"),
}
