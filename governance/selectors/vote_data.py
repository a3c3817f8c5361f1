"""What votes hold of a person: their voices, what was said by name, which ballots they cast for others, who
voted in secret, the keys kept (PEO-15)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from cae.core.facts import Held
from governance.models import Associate, NamedBallot, RollEntry, Trustee
from governance.selectors.vote_papers import choice_words, labels_of
from governance.selectors.votes import title_of


def held_in_votes(person: Any, _reader: Any) -> Iterator[Held]:
    """Gives what « Mes données » shows of votes: every ballot of one’s voice and those one cast as a
    mandatary; of secret ballots, whether these voices voted, and the keys one kept."""
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
    entries = RollEntry.objects.filter(
        Q(associate__in=mine) | Q(person=person) | Q(holder__in=mine)
    ).select_related(
        "box__secret_vote__assembly",
        "associate__person",
        "associate__organisation",
        "person",
        "holder__person",
        "holder__organisation",
    )
    yield Held(
        _("Émargements de scrutins secrets"),
        (_("assemblée"), _("scrutin"), _("voix de"), _("par mandat de"), _("a voté"), _("quart d’heure")),
        [
            (
                str(one.box.secret_vote.assembly),
                one.box.secret_vote.title,
                str(one),
                str(one.holder) if one.holder is not None else "",
                one.get_channel_display() if one.has_voted else _("non"),
                one.quarter,
            )
            for one in entries.order_by("box__secret_vote", "pk")
        ],
        kept=_("Jusqu’à la fin du délai de recours ; ce que vous avez voté n’est écrit nulle part."),
    )
    keys = Trustee.objects.filter(person=person).select_related("secret_vote__assembly")
    yield Held(
        _("Clés de scrutins secrets"),
        (_("assemblée"), _("scrutin"), _("gardien·ne n°"), _("clé essayée le")),
        [
            (str(one.secret_vote.assembly), one.secret_vote.title, one.index, one.tried_at)
            for one in keys.order_by("secret_vote")
        ],
        kept=_(
            "Gardées avec l’assemblée : elles disent qui a ouvert les totaux. Votre clé n’est que chez vous."
        ),
    )
