"""The rights on minutes: who reads, writes, signs, draws extracts; who reads the turnout."""

from __future__ import annotations

from typing import Any

import rules
from rules.predicates import Predicate

from cae.core.models import Document
from cae.core.permissions import kept
from governance.models import Extract, Minutes, MinutesSignature
from governance.permissions.predicates import (
    acts_as_associate,
    is_manager,
    is_organiser,
    reads_all,
    sees_assembly,
    sits_in_bureau,
)
from people.models import User


@rules.predicate
def sees_minutes(user: User, minutes: Minutes | None = None) -> bool:
    """Asks the same queryset as the list."""
    if minutes is None:
        return True
    seen = Minutes.objects.visible_to(user)
    return kept(user, minutes, "sees_minutes", lambda: seen.filter(pk=minutes.pk).exists())


@rules.predicate
def is_asked_to_sign(user: User, obj: Any = None) -> bool:
    """A place to sign waits, or waited, for this person; an assembly is concluded by who signs its
    minutes."""
    rows = MinutesSignature.objects.filter(person=user.person_id)
    if obj is None:
        return rows.exists()
    wanted = {"minutes": obj} if isinstance(obj, Minutes) else {"minutes__assembly": obj}
    return rows.filter(**wanted).exists()


@rules.predicate
def opens_minutes(user: User, document: Document | None = None) -> bool:
    """The file of minutes, by whoever reads them."""
    if document is None:
        return True
    return Minutes.objects.visible_to(user).filter(pk=int(document.about_id or 0)).exists()


@rules.predicate
def opens_extract(user: User, document: Document | None = None) -> bool:
    if document is None:
        return True
    return Extract.objects.visible_to(user).filter(pk=int(document.about_id or 0)).exists()


PERMISSIONS: dict[str, Predicate] = {
    # The register of minutes: those that this person sees.
    "governance.view_minutes_list": reads_all | acts_as_associate | sits_in_bureau,
    "governance.view_minutes": sees_minutes,
    # The words and the notes, handing over and taking back.
    "governance.write_minutes": sees_assembly & (is_organiser | sits_in_bureau),
    "governance.sign_minutes": is_asked_to_sign,
    # That somebody of the bureau will not sign: never the bureau among themselves.
    "governance.note_unsigned": sees_minutes & is_organiser,
    # C. com. R223-24: a manager certifies copies and extracts.
    "governance.certify_extract": sees_minutes & is_manager,
    "governance.open_minutes_file": opens_minutes,
    "governance.open_extract_file": opens_extract,
    "governance.view_turnout": reads_all | acts_as_associate,
}
