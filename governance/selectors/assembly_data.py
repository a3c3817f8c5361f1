"""What the preparation of assemblies holds of a person (GDPR art. 15)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from cae.core.facts import Held
from governance.models import (
    Amendment,
    Associate,
    BureauSeat,
    Candidate,
    Convocation,
    FormerProof,
    ResolutionSupport,
)


def held_of_assemblies(person: Any, _reader: Any) -> Iterator[Held]:
    """Gives what « Mes données » shows of assemblies."""
    mine = Associate.objects.filter(person=person).values("pk")
    kept = _("Gardé avec l’assemblée, dont la loi veut garder la preuve.")
    called = Convocation.objects.filter(person=person).select_related(
        "assembly", "associate__person", "associate__organisation", "letter", "proof"
    )
    rows = list(called)
    former = FormerProof.objects.filter(convocation__in=rows).select_related("document")
    yield Held(
        _("Convocations aux assemblées"),
        (_("assemblée"), _("associé·e"), _("envoi"), _("postée le"), _("documents lus le")),
        [
            (str(one.assembly), str(one.associate), one.get_channel_display(), one.posted_on, one.read_at)
            for one in rows
        ],
        files=[
            file
            for file in [
                *(file for one in rows for file in (one.letter, one.proof)),
                *(one.document for one in former),
            ]
            if file is not None
        ],
        kept=kept,
    )
    seats = BureauSeat.objects.filter(person=person).select_related("assembly")
    yield Held(
        _("Bureaux de séance"),
        (_("assemblée"), _("fonction")),
        [(str(one.assembly), one.get_role_display()) for one in seats],
        kept=kept,
    )
    stood = Candidate.objects.filter(person=person).select_related("resolution")
    yield Held(
        _("Candidatures à une élection"),
        (_("élection"), _("nom"), _("présentation"), _("né·e le"), _("retirée le")),
        [(str(one.resolution), one.label, one.statement, one.born_on, one.withdrawn_at) for one in stood],
        kept=kept,
    )
    changes = Amendment.objects.filter(author__in=mine).select_related("resolution")
    yield Held(
        _("Amendements déposés"),
        (_("résolution"), _("amendement"), _("texte"), _("déposé le"), _("état")),
        [
            (str(one.resolution), str(one), one.text, one.proposed_at, one.get_state_display())
            for one in changes
        ],
        kept=kept,
    )
    supports = ResolutionSupport.objects.filter(associate__in=mine).select_related("resolution")
    yield Held(
        _("Résolutions proposées ou soutenues"),
        (_("résolution"), _("le")),
        [(str(one.resolution), one.at) for one in supports],
        kept=kept,
    )
