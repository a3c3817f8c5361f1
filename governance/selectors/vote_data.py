"""What votes by name hold of a person: their voices, what was said, which ballots they cast for others
(PEO-15)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from cae.core.facts import Held
from governance.models import Associate, NamedBallot
from governance.selectors.vote_papers import choice_words, labels_of
from governance.selectors.votes import title_of


def held_in_votes(person: Any, _reader: Any) -> Iterator[Held]:
    """Gives what « Mes données » shows of votes: every ballot of one’s voice, and those one cast as a
    mandatary."""
    mine = Associate.objects.filter(person=person).values("pk")
    ballots = (
        NamedBallot.objects.filter(
            Q(voice__associate__in=mine) | Q(voice__person=person) | Q(voice__holder__in=mine)
        )
        .select_related(
            "voice__vote__assembly",
            "voice__vote__resolution",
            "voice__vote__amendment",
            "voice__associate__person",
            "voice__associate__organisation",
            "voice__person",
        )
        .order_by("at", "pk")
    )
    yield Held(
        _("Votes nominatifs"),
        (_("assemblée"), _("vote"), _("voix de"), _("choix"), _("par"), _("à"), _("reçu")),
        [
            (
                str(one.voice.vote.assembly),
                title_of(one.voice.vote),
                str(one.voice),
                choice_words(one.choice, labels_of(one.voice.vote)),
                one.get_way_display(),
                one.at,
                one.receipt,
            )
            for one in ballots
        ],
        kept=_("Gardés avec l’assemblée : un vote nominatif prouve la décision qu’il a prise."),
    )
