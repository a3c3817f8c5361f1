"""The rights on assemblies: who prepares and convenes, who proposes, who opens the papers."""

from __future__ import annotations

from typing import Any

import rules
from django.utils import timezone
from rules.predicates import Predicate

from cae.core.models import Document
from governance.models import Amendment, Assembly, Associate, Convocation, Paper, Resolution
from governance.permissions.predicates import (
    acts_as_associate,
    acts_for,
    is_organiser,
    reads_all,
    sees_assembly,
    sits_in_bureau,
)
from governance.states.assemblies import CALLED, ResolutionState
from people.models import User


@rules.predicate
def opens_paper(user: User, document: Document | None = None) -> bool:
    """A paper is opened by whoever sees its assembly."""
    if document is None:
        return True
    paper = Paper.objects.select_related("assembly").filter(document=document).first()
    return paper is not None and sees_assembly.test(user, paper.assembly)


@rules.predicate
def opens_convocation(user: User, document: Document | None = None) -> bool:
    """The convocation that everybody reads, by whoever sees its assembly."""
    if document is None:
        return True
    assembly = Assembly.objects.filter(pk=_key(document)).first()
    return assembly is not None and sees_assembly.test(user, assembly)


@rules.predicate
def opens_letter(user: User, document: Document | None = None) -> bool:
    """One's own letter, or the proof of one's own convocation."""
    if document is None:
        return True
    row = Convocation.objects.select_related("associate").filter(pk=_key(document)).first()
    return row is not None and acts_for.test(user, row.associate)


def _key(document: Document) -> int:
    return int(document.about_id or 0)


@rules.predicate
def is_called(user: User, assembly: Any = None) -> bool:
    """One acts today for an associate that this assembly called, and who still is one: since then somebody
    may have left, a legal person have changed who represents it."""
    if assembly is None:
        return acts_as_associate.test(user, None)
    found = assembly if isinstance(assembly, Assembly) else assembly.assembly
    today = timezone.localdate()
    mine = Associate.objects.acted_by(user.person_id, today).on(today).order_by().values("pk")
    return Convocation.objects.filter(assembly=found, associate__in=mine).exists()


@rules.predicate
def is_before_close(user: User, row: Any = None) -> bool:
    if row is None:
        return True
    found = row if isinstance(row, Assembly) else row.assembly
    return found.state in CALLED


@rules.predicate
def is_author(user: User, resolution: Resolution | None = None) -> bool:
    """One proposed it oneself."""
    return resolution is None or resolution.created_by_id == user.pk


@rules.predicate
def withdraws_amendment(user: User, amendment: Amendment | None = None) -> bool:
    """Its author, whoever wrote it down, an organiser, the bureau of its assembly."""
    if amendment is None or amendment.created_by_id == user.pk:
        return True
    if amendment.author is not None and acts_for.test(user, amendment.author):
        return True
    return is_organiser.test(user) or sits_in_bureau.test(user, amendment.resolution)


@rules.predicate
def is_only_proposed(user: User, resolution: Resolution | None = None) -> bool:
    return resolution is None or resolution.state == ResolutionState.PROPOSED


PERMISSIONS: dict[str, Predicate] = {
    # Their list: organisers, auditors, and associates, who see those that called them.
    "governance.view_assemblies": acts_as_associate | sits_in_bureau | reads_all,
    "governance.view_assembly": sees_assembly,
    # The preparation: what is missing, convocations, who was reached.
    "governance.view_preparation": sees_assembly & reads_all,
    "governance.organise_assembly": is_organiser,
    # Amends: an associate called, an organiser or the bureau for one who speaks in the room.
    "governance.propose_amendment": is_before_close & (is_called | is_organiser | sits_in_bureau),
    "governance.withdraw_amendment": withdraws_amendment,
    "governance.propose_resolution": is_called,
    # Its author while it is only proposed.
    "governance.withdraw_resolution": is_organiser | (is_author & is_only_proposed),
    "governance.ask_question": is_called,
    "governance.answer_question": is_organiser | sits_in_bureau,
    "governance.open_assembly_paper": opens_paper | is_organiser,
    "governance.open_convocation": opens_convocation,
    "governance.open_convocation_letter": reads_all | opens_letter,
    "governance.open_convocation_letters": is_organiser,
}
