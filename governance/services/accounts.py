"""What a vote on the accounts of a year entails in the books (ACC-29, ACC-47)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from accounting.models import ResultAllocation
from accounting.selectors.allocation_words import Draft, allocation_draft, approval_draft
from accounting.selectors.pay_years import awaits_assembly
from accounting.services.allocation import (
    join_allocation,
    note_vote,
    reconsider_allocation,
    take_back_allocation,
)
from accounting.services.pay_years import note_accounts_assembly
from accounting.states.allocation import BOOKED, AllocationState
from cae.core.errors import Code, Refused
from cae.core.kept_words import house_words
from cae.core.letters import LANGUAGE
from cae.core.templatetags.formats import day
from governance.calculations.amendments import tidied
from governance.models import AccountsResolution, Assembly, Resolution, Vote
from governance.selectors.assemblies import day_of
from governance.states.accounts import AccountsPurpose

_REJECTED = gettext_lazy("L’assemblée n’a pas adopté la résolution.")
_AMENDED = gettext_lazy(
    "L’assemblée a adopté un texte amendé : portez ici ce qu’elle a voté, puis notez le vote."
)
_CORRECTED = gettext_lazy("Le résultat du vote a été corrigé : la résolution n’est plus adoptée.")


def follow_accounts(vote: Vote, *, carried: bool, actor: Any) -> None:
    """Does: what the result of a vote on the accounts entails in the books. Refuses: a corrected result that
    takes back an allocation already posted. Leaves behind: the allocation voted, or a proposal again;
    balances of pay due one month later."""
    rows = AccountsResolution.objects.select_related("allocation__year", "resolution__assembly")
    one = rows.filter(resolution=vote.resolution_id).first()
    if one is None:
        return
    allocation, on = one.allocation, timezone.localdate(vote.proclaimed_at)
    if one.purpose == AccountsPurpose.APPROVE:
        if carried:
            approve_accounts(allocation, on=on, actor=actor)
    elif carried:
        _adopt(one, text=vote.text, on=on, actor=actor)
    else:
        _give_back(allocation, _REJECTED, actor=actor)


def release_accounts(resolutions: Iterable[Resolution], *, reason: str, actor: Any) -> None:
    """Does: gives an allocation back to be proposed again, when the resolutions that carried it go. Refuses:
    nothing; without any it does nothing. Leaves behind: the proposal, free for another assembly."""
    rows = AccountsResolution.objects.filter(resolution__in=[one.pk for one in resolutions])
    for link in rows.select_related("allocation").order_by("pk"):
        if link.purpose == AccountsPurpose.ALLOCATE and link.allocation.state == AllocationState.JOINED:
            take_back_allocation(link.allocation, reason=reason, actor=actor)
        link.delete()


def carry_accounts(former: Resolution, copied: Resolution, *, actor: Any) -> None:
    """Does: a second call rules on what the first did not: its resolution takes the place of the former one,
    unless the proposal has changed since. Refuses: what `join_allocation` refuses. Leaves behind: the
    allocation joined again."""
    link = AccountsResolution.objects.select_related("allocation__year").filter(resolution=former).first()
    if link is None:
        return
    allocation = link.allocation
    version = copied.versions.first()
    draft = dict(drafts_of(allocation))[AccountsPurpose(link.purpose)]
    if version is None or tidied(draft.text) != version.text:
        link.delete()
        return
    link.resolution = copied
    link.save(update_fields=["resolution"])
    if link.purpose == AccountsPurpose.ALLOCATE and allocation.state == AllocationState.PROPOSED:
        join_allocation(allocation, decision=named_assembly(copied.assembly), actor=actor)


def drafts_of(allocation: ResultAllocation) -> list[tuple[AccountsPurpose, Draft]]:
    return [
        (AccountsPurpose.APPROVE, approval_draft(allocation)),
        (AccountsPurpose.ALLOCATE, allocation_draft(allocation)),
    ]


def _adopt(one: AccountsResolution, *, text: str, on: date, actor: Any) -> None:
    """The allocation is that of the text voted, or somebody has to write what was voted. One that a former
    result of this vote gave back follows too, unless it has changed since."""
    allocation = one.allocation
    is_joined = allocation.state == AllocationState.JOINED
    if tidied(text) != tidied(allocation_draft(allocation).text):
        if is_joined:
            take_back_allocation(allocation, reason=house_words(_AMENDED), actor=actor)
        return
    if is_joined or allocation.state == AllocationState.PROPOSED:
        decision = allocation.decision or named_assembly(one.resolution.assembly)
        note_vote(allocation, on=on, today=on, decision=decision, actor=actor, was_joined=True)


def _give_back(allocation: ResultAllocation, why: Any, *, actor: Any) -> None:
    if allocation.state in BOOKED:
        raise Refused(
            Code.ILLEGAL_MOVE,
            _("L’affectation votée est passée en écritures : contre-passez-la d’abord en comptabilité."),
        )
    if allocation.state == AllocationState.JOINED:
        take_back_allocation(allocation, reason=house_words(why), actor=actor)
    elif allocation.state == AllocationState.VOTED:
        reconsider_allocation(allocation, reason=house_words(_CORRECTED), actor=actor)


def approve_accounts(allocation: ResultAllocation, *, on: date, actor: Any) -> None:
    """Balances of pay are due from there; those that are not ready wait for the accountant, and never hinder
    a vote."""
    if awaits_assembly(allocation.year.span):
        note_accounts_assembly(allocation.year.span, on=on, today=on, actor=actor)


def named_assembly(assembly: Assembly) -> str:
    """The assembly, as the books keep it."""
    with override(LANGUAGE):
        words = {"title": assembly.title[:150], "day": day(day_of(assembly))}
        return str(_("%(title)s, %(day)s") % words)
