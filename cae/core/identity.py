"""Who the cooperative is on a date: what every document of that day prints."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.banks import checked_iban
from cae.core.errors import Code, Refused
from cae.core.models import Cooperative
from cae.core.questions import Given, Question
from cae.core.validating import refuse_invalid

# What each row says of itself rather than of the cooperative.
_NOT_SAID = ("id", "valid_from", "author", "created_at", "reason")


def cooperative_on(on: date) -> Cooperative:
    """Gives the identity in force on a date. Raises Refused(value_missing) before any was given."""
    found = _IN_FORCE.first(on=on)
    if found is None:
        raise Refused(
            Code.VALUE_MISSING, _("L’identité de la coopérative n’est pas renseignée à cette date.")
        )
    return found


_IN_FORCE = Question(
    lambda: Cooperative.objects.filter(valid_from__lte=Given("on")).order_by("-valid_from")[:1]
)


def change_identity(cooperative: Cooperative, *, actor: Any) -> Cooperative:
    """Does: gives the cooperative a new identity from a date on. Refuses: a second one on the same date, a
    wrong SIREN, SIRET or IBAN. Leaves behind: a row (older documents keep theirs), audit."""
    refuse_invalid(cooperative, exclude=["author", "created_at"])
    # Customers pay to it and transfers leave from it: a slip of the hand is found here, not at the bank.
    cooperative.iban = checked_iban(cooperative.iban)
    with transaction.atomic():
        before = Cooperative.objects.filter(valid_from__lt=cooperative.valid_from).first()
        cooperative.author = actor
        cooperative.save(force_insert=True)
        changed = _changed(before, cooperative) | {"from": cooperative.valid_from.isoformat()}
        audit.record(actor, "core.cooperative.change", cooperative, detail=changed)
        return cooperative


def _changed(before: Cooperative | None, after: Cooperative) -> dict[str, Any]:
    """{field: [before, after]} of what the new identity changes; nothing for the first one."""
    if before is None:
        return {}
    names = [field.name for field in Cooperative._meta.concrete_fields if field.name not in _NOT_SAID]
    pairs = {name: [str(getattr(before, name)), str(getattr(after, name))] for name in names}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
