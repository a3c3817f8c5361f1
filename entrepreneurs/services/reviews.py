"""Marks the grid of meaning, each reviewer alone, and sets the economic criterion aside (ENT-09, ENT-10)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.kept_words import house_words
from cae.core.notices import notify
from cae.core.permissions import can
from cae.core.turns import take_turn
from entrepreneurs.models import (
    Application,
    CriteriaSet,
    Criterion,
    EconomicWaiver,
    Mark,
    Review,
    ReviewRequest,
)
from entrepreneurs.selectors.reviews import criteria_for, is_frozen, latest_marks
from entrepreneurs.services.stages import locked
from entrepreneurs.states.reviews import BEST_MARK, FIRST_CRITERIA
from people.models import Territory, User
from people.services.changes import require_text

TURN = "entrepreneurs.criteria"
REVIEW_ASKED = "entrepreneurs.review_asked"


@dataclass(frozen=True)
class CriterionData:
    """One criterion as it is decided."""

    label: str
    weight: int
    help: str = ""


@transaction.atomic
def lay_first_criteria(*, on: date, actor: Any) -> CriteriaSet:
    """Does: gives the cooperative its first grid. Refuses: nothing; a grid that stands is left as it is.
    Leaves behind: the grid, audit."""
    take_turn(TURN)
    known = CriteriaSet.objects.filter(territory=None, valid_from__lte=on).first()
    if known is not None:
        return known
    first = [CriterionData(label, weight, help=text) for _code, label, text, weight in FIRST_CRITERIA]
    reason = house_words(gettext_lazy("Première grille"))
    return save_criteria(first, valid_from=on, reason=reason, actor=actor)


@transaction.atomic
def save_criteria(
    criteria: Sequence[CriterionData],
    *,
    valid_from: date,
    reason: str,
    actor: Any,
    territory: Territory | None = None,
) -> CriteriaSet:
    """Does: decides a version of the grid from a day on; marks already given keep theirs. Refuses: no
    criterion, a name missing or twice the same, a weight under one, no reason. Leaves behind: the version,
    audit."""
    take_turn(TURN)
    require_text(reason, "reason", _("Dites pourquoi la grille change."))
    if not criteria:
        raise Refused(Code.VALUE_MISSING, _("Une grille a au moins un critère."))
    labels = [one.label.strip().casefold() for one in criteria]
    if "" in labels:
        raise Refused(Code.VALUE_MISSING, _("Nommez chaque critère."))
    if len(set(labels)) != len(labels):
        raise Refused(Code.DUPLICATE, _("Deux critères portent le même nom."))
    if min(one.weight for one in criteria) < 1:
        raise Refused(Code.VALUE_INVALID, _("Un poids est un nombre entier, un au moins."))
    row = CriteriaSet.objects.create(
        territory=territory, valid_from=valid_from, reason=reason.strip(), author=actor
    )
    for order, one in enumerate(criteria, start=1):
        Criterion.objects.create(
            criteria=row, label=one.label.strip(), help=one.help.strip(), weight=one.weight, order=order
        )
    detail = {"from": valid_from.isoformat(), "reason": row.reason}
    audit.record(actor, "entrepreneurs.criteriaset.save", row, detail=detail)
    return row


@transaction.atomic
def ask_review(application: Application, *, reviewer: User, on: date, actor: Any) -> ReviewRequest:
    """Does: asks somebody to mark an application. Refuses: an application already decided or frozen, somebody
    without the right to mark it, somebody asked or who marked already. Leaves behind: the demand, a notice,
    audit."""
    row = locked(application)
    _refuse_frozen(row)
    if not can(reviewer, "entrepreneurs.review_application", row):
        raise Refused(
            Code.NOT_ALLOWED, _("Cette personne n’a pas accès à cette candidature."), field="reviewer"
        )
    if (
        ReviewRequest.objects.filter(application=row, reviewer=reviewer).exists()
        or Review.objects.filter(application=row, reviewer=reviewer).exists()
    ):
        raise Refused(Code.ALREADY_DONE, _("Cette personne est déjà sollicitée."), field="reviewer")
    request = ReviewRequest.objects.create(application=row, reviewer=reviewer, asked_by=actor, asked_on=on)
    audit.record(actor, "entrepreneurs.review.ask", row, detail={"by": str(reviewer)})
    notify(
        [reviewer],
        REVIEW_ASKED,
        subject=lambda: _("Grille à remplir : %(name)s") % {"name": row.full_name},
        text=lambda: _("Chacun note seul ; vous verrez les notes des autres après avoir donné les vôtres."),
        url=reverse("entrepreneurs:grid_mark", args=[row.pk]),
        about=row,
        actor=actor,
    )
    return request


@transaction.atomic
def give_review(
    application: Application, *, marks: Mapping[int, int], comment: str = "", on: date, actor: User
) -> Review:
    """Does: gives the marks of one person, whole, by key of criterion. Refuses: a grid that does not exist, a
    criterion without mark or of another version, a mark off the scale, an application decided or frozen,
    somebody who marked already. Leaves behind: the review and its marks, frozen; audit."""
    row = locked(application)
    _refuse_frozen(row)
    criteria = criteria_for(row, on=on)
    if criteria is None:
        raise Refused(Code.VALUE_MISSING, _("La coopérative n’a pas encore de grille."))
    wanted = {one.pk: one for one in criteria.criteria.all()}
    for key in wanted:
        if key not in marks:
            raise Refused(Code.VALUE_MISSING, _("Notez chaque critère."), field=f"mark_{key}")
    if marks.keys() != wanted.keys():
        raise Refused(Code.STALE_FORM, _("La grille a changé depuis que vous l’avez ouverte : reprenez-la."))
    for key, value in marks.items():
        _check_mark(value, f"mark_{key}")
    try:
        with transaction.atomic():
            review = Review.objects.create(
                application=row, criteria=criteria, reviewer=actor, comment=comment.strip()
            )
    except IntegrityError as error:
        raise Refused(Code.ALREADY_DONE, _("Vous avez déjà noté cette candidature.")) from error
    for key, criterion in wanted.items():
        Mark.objects.create(review=review, criterion=criterion, value=marks[key])
    audit.record(actor, "entrepreneurs.review.give", row)
    return review


@transaction.atomic
def change_mark(review: Review, *, criterion: Criterion, value: int, reason: str, actor: User) -> Mark:
    """Does: changes a mark that one gave. Refuses: another person’s, no reason, the same mark, a file already
    frozen for a committee. Leaves behind: a new mark that names the former (both stay), audit."""
    row = locked(review.application)
    if review.reviewer_id != actor.pk:
        raise Refused(Code.NOT_ALLOWED, _("Chacun ne change que ses propres notes."))
    _refuse_frozen(row)
    require_text(reason, "reason", _("Dites pourquoi cette note change."))
    _check_mark(value, "value")
    former = latest_marks(review)[criterion.pk]
    if former.value == value:
        raise Refused(Code.ALREADY_DONE, _("C’est déjà votre note."), field="value")
    mark = Mark.objects.create(
        review=review, criterion=criterion, value=value, replaces=former, reason=reason.strip()[:300]
    )
    detail = {"value": [former.value, value], "reason": reason, "name": criterion.label}
    audit.record(actor, "entrepreneurs.mark.change", row, detail=detail)
    return mark


@transaction.atomic
def waive_criterion(application: Application, *, reason: str, actor: User) -> EconomicWaiver:
    """Does: sets the economic criterion aside for one application. Refuses: no reason, a waiver already
    given, an application decided. Leaves behind: the waiver with its author, audit."""
    row = locked(application)
    require_text(reason, "reason", _("Dites pourquoi le critère est dispensé."))
    if EconomicWaiver.objects.filter(application=row).exists():
        raise Refused(Code.ALREADY_DONE, _("Cette candidature est déjà dispensée."))
    waiver = EconomicWaiver.objects.create(application=row, reason=reason.strip()[:300], author=actor)
    audit.record(actor, "entrepreneurs.economicwaiver.give", row, detail={"reason": waiver.reason})
    return waiver


def _check_mark(value: int, field: str) -> None:
    if not 0 <= value <= BEST_MARK:
        raise Refused(
            Code.VALUE_INVALID,
            _("Une note va de 0 à %(best)d.") % {"best": BEST_MARK},
            field=field,
        )


def _refuse_frozen(application: Application) -> None:
    if is_frozen(application):
        raise Refused(Code.NOT_ALLOWED, _("Le dossier est figé pour un comité : les notes ne changent plus."))
