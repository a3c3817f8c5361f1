"""What a secret ballot may give away by its figures alone: boxes of a few people, totals of one mind
(GOV-26, GOV-31)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from governance.calculations.secret_questions import Totals, is_small, is_unanimous
from governance.models import College, SecretVote
from governance.selectors.secret_boxes import figures_of
from governance.states.votes import BallotWay, CountKind

# Doors beside the box; what a proxy left blank says, everybody knows (C. com. L225-106).
TOLD_APART: dict[str, Any] = {
    BallotWay.CORRESPONDENCE.value: BallotWay.CORRESPONDENCE.label,
    CountKind.PAPER.value: CountKind.PAPER.label,
}


def small_boxes(secret_vote: SecretVote) -> list[str]:
    """Gives, before the opening, the boxes whose roll is of a few people."""
    return few_on_roll(figures_of(secret_vote.boxes.all()))


def few_on_roll(boxes: Iterable[Any]) -> list[str]:
    """Gives those of these boxes, with their figures, whose roll is of a few people."""
    sentence = _(
        "%(box)s : peu de voix inscrites (%(count)d). Le total peut révéler des choix ; l’assemblée peut"
        " décider d’une seule urne."
    )
    return [
        sentence % {"box": box_words(box.college), "count": box.voices}
        for box in boxes
        if is_small(box.voices)
    ]


def opened_warnings(opened: Mapping[int | None, Totals]) -> list[str]:
    """Gives what the totals opened of one vote, by college, say of those who voted."""
    told = {key: totals for key, totals in opened.items() if is_small(totals.kept) or is_unanimous(totals)}
    colleges = {row.pk: row for row in College.objects.filter(pk__in=[*told])} if told else {}
    few = _("%(box)s : peu de bulletins (%(count)d). Le total peut révéler des choix.")
    same = _("%(box)s : tous les bulletins ont un choix en commun. Ce choix n’est plus secret.")
    found = []
    for key, totals in told.items():
        words = {"box": box_words(colleges.get(key or 0)), "count": totals.kept}
        found += [few % words] if is_small(totals.kept) else []
        found += [same % words] if is_unanimous(totals) else []
    return found


def door_warnings(voices: Mapping[str, int]) -> list[str]:
    """Gives the doors, told apart from the box, by which a few people voted."""
    few = _("%(door)s : peu de bulletins (%(count)d). Le total peut révéler des choix.")
    return [
        few % {"door": TOLD_APART[door], "count": count} for door, count in voices.items() if is_small(count)
    ]


def box_words(college: College | None) -> str:
    """What a box is called: that of a college, or the only one."""
    return _("Urne %(college)s") % {"college": college.name} if college else _("Urne")
