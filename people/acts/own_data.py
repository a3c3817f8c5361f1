"""What is done to one’s own data, protected records and consents, as the journal says it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "people.consent.give": _("Consentement donné"),
    "people.consent.withdraw": _("Consentement retiré"),
    "people.sensitive.write": _("Fiche protégée modifiée"),
}
