"""The accounts of a year put before an assembly: the resolutions that the books draft, or those that it has
adopted already (ACC-47)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounting.models import ResultAllocation
from accounting.services.allocation import join_allocation, note_vote
from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.kept_words import house_words
from governance.models import AccountsResolution, AgendaItem, Assembly, Paper, Resolution
from governance.selectors.accounts import resolutions_adopted
from governance.selectors.assemblies import day_of
from governance.services.accounts import approve_accounts, drafts_of, named_assembly
from governance.services.agenda import add_paper, drafted
from governance.services.locks import locked_assembly
from governance.services.resolutions import ResolutionData, put_resolution
from governance.states.accounts import AccountsPurpose
from governance.states.assemblies import HELD
from governance.states.rules import DecisionKind

_PAPER = gettext_lazy("Affectation du résultat : ce que chacun reçoit")


@dataclass(frozen=True)
class Ruled:
    """Which resolutions of an assembly, already adopted, ruled on the accounts."""

    allocating: Resolution
    approving: Resolution | None = None


@transaction.atomic
def put_accounts(
    assembly: Assembly, *, item: AgendaItem, allocation: ResultAllocation, paper: bytes, actor: Any, on: date
) -> list[Resolution]:
    """Does: puts on the agenda the two resolutions that the books drafted, with the table per person, and
    joins the allocation: nothing of it moves any more. Refuses: what `put_resolution`, `add_paper` and
    `join_allocation` refuse. Leaves behind: both resolutions, the paper, the allocation joined; audit."""
    row = drafted(assembly)
    join_allocation(allocation, decision=named_assembly(row), actor=actor)
    # What an earlier assembly did not adopt.
    AccountsResolution.objects.filter(allocation=allocation).delete()
    made = []
    for purpose, draft in drafts_of(allocation):
        data = ResolutionData(title=draft.title[:200], decision_kind=DecisionKind.ORDINARY, item=item)
        resolution = put_resolution(row, data=data, text=draft.text, actor=actor)
        AccountsResolution.objects.create(resolution=resolution, allocation=allocation, purpose=purpose)
        made.append(resolution)
    title = house_words(_PAPER)
    if not Paper.objects.filter(assembly=row, item=item, title=title).exists():
        name = f"affectation-{allocation.year.ends_on:%Y}.pdf"
        add_paper(row, item=item, title=title, content=paper, name=name, actor=actor, on=on)
    audit.record(actor, "governance.accounts.put", row, detail={"of": str(allocation)})
    return made


@transaction.atomic
def tell_ruled(assembly: Assembly, *, ruled: Ruled, allocation: ResultAllocation, actor: Any) -> None:
    """Does: says which resolutions of a sitting that is over, typed by hand, ruled on the accounts: the
    allocation is voted from there. Refuses: an assembly not held, a resolution that it did not adopt, the
    same one twice, what `note_vote` refuses. Leaves behind: the allocation voted, balances of pay due;
    audit."""
    row = locked_assembly(assembly.pk)
    if row.state not in HELD:
        raise Refused(Code.ILLEGAL_MOVE, _("Cette assemblée n’a pas encore été tenue."))
    told = [(AccountsPurpose.ALLOCATE, ruled.allocating)]
    if ruled.approving is not None:
        told.insert(0, (AccountsPurpose.APPROVE, ruled.approving))
    if ruled.approving == ruled.allocating:
        raise Refused(
            Code.DUPLICATE,
            _("Deux résolutions différentes approuvent les comptes et affectent le résultat."),
            field="approving",
        )
    adopted = set(resolutions_adopted(row).values_list("pk", flat=True))
    for purpose, resolution in told:
        if resolution.pk not in adopted:
            raise Refused(
                Code.VALUE_INVALID,
                _("L’assemblée n’a pas adopté cette résolution."),
                field="approving" if purpose == AccountsPurpose.APPROVE else "allocating",
            )
    AccountsResolution.objects.filter(allocation=allocation).delete()
    AccountsResolution.objects.bulk_create(
        AccountsResolution(resolution=one, allocation=allocation, purpose=purpose) for purpose, one in told
    )
    on = day_of(row)
    note_vote(allocation, on=on, today=on, decision=named_assembly(row), actor=actor)
    if ruled.approving is not None:
        approve_accounts(allocation, on=on, actor=actor)
    audit.record(actor, "governance.accounts.told", row, detail={"of": str(allocation)})
