"""Tells those who asked for a resolution what became of it (GOV-20)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from cae.core.notices import notify
from governance.models import Assembly, Resolution
from governance.services.assembly_mails import ADDED, tell_called
from governance.states.assemblies import AssemblyState, ResolutionState
from people.models import User

ADDITION_ANSWERED = "governance.addition_answered"


def tell_supporters(resolution: Resolution, *, actor: Any) -> None:
    """Does: tells each account behind the support of a resolution that is refused or withdrawn, but whoever
    did it. Refuses: nothing. Leaves behind: notices."""
    supporters = resolution.supports.values("associate")
    people = resolution.assembly.convocations.filter(associate__in=supporters).order_by().values("person")
    refused = resolution.state == ResolutionState.REFUSED
    notify(
        User.objects.filter(person__in=people, is_active=True).exclude(pk=actor.pk),
        ADDITION_ANSWERED,
        subject=lambda: (
            (_("Résolution non inscrite : %(title)s") if refused else _("Résolution retirée : %(title)s"))
            % {"title": resolution.title}
        ),
        text=resolution.state_reason,
        url=resolution.get_absolute_url(),
        about=resolution,
        actor=actor,
    )


def tell_withdrawn(resolution: Resolution, assembly: Assembly, *, actor: Any) -> None:
    """Does: tells everybody called that a resolution sent to them is off the agenda: some have voted on it by
    correspondence, or instructed their mandatary. Refuses: nothing; before the convocation nobody has it.
    Leaves behind: mails."""
    if assembly.state != AssemblyState.CONVENED or resolution.number is None:
        return
    facts = {"number": resolution.number, "title": resolution.title, "reason": resolution.state_reason}

    def said() -> str:
        return (
            _("la résolution n° %(number)d, « %(title)s », est retirée de l’ordre du jour (%(reason)s)")
            % facts
        )

    tell_called(assembly, ADDED, actor, said={"changement": said})
