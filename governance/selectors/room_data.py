"""What the room holds of a person: when they asked to speak, what they asked before an assembly (PEO-15)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from cae.core.facts import Held
from governance.models import Associate, MemberQuestion, SpeakingTurn


def held_in_room(person: Any, _reader: Any) -> Iterator[Held]:
    """Gives what « Mes données » shows of sittings."""
    mine = Associate.objects.filter(person=person).values("pk")
    turns = SpeakingTurn.objects.filter(associate__in=mine).select_related("assembly", "item")
    yield Held(
        _("Prises de parole en assemblée"),
        (_("assemblée"), _("point"), _("demande"), _("demandée à"), _("état")),
        [
            (
                str(one.assembly),
                str(one.item) if one.item is not None else "",
                one.get_kind_display(),
                one.asked_at,
                one.get_state_display(),
            )
            for one in turns
        ],
        kept=_("Gardées avec l’assemblée : elles disent comment la parole a été partagée."),
    )
    questions = MemberQuestion.objects.filter(associate__in=mine).select_related("assembly")
    yield Held(
        _("Questions posées avant une assemblée"),
        (_("assemblée"), _("question"), _("posée le"), _("réponse")),
        [(str(one.assembly), one.text, one.asked_at, one.answer) for one in questions],
        kept=_("Gardées avec l’assemblée, que la réponse a éclairée."),
    )
