"""What a contribution found when it came, as its page shows it: rows that lead to the earlier ones."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounting.models import ContributionRun
from accounting.selectors.behind import WindowBefore, windows_before, year_before
from accounting.selectors.contribution import subject_words
from accounting.states.contributions import RunNature
from cae.core.templatetags.formats import day, money


@dataclass(frozen=True)
class EarlierRow:
    """An earlier contribution: its month or document, what it had put there."""

    name: str
    url: str
    note: str
    base: Decimal
    paid: Decimal


@dataclass(frozen=True)
class Earlier:
    """A table of earlier contributions and its sums, with what the eye would not guess."""

    title: str
    rows: tuple[EarlierRow, ...]
    base: Decimal
    paid: Decimal
    notes: tuple[str, ...]


def windows_shown(run: ContributionRun) -> list[Earlier]:
    found = windows_before(run)
    return [_window(run, held, several=len(found) > 1) for held in found]


def _window(run: ContributionRun, held: WindowBefore, *, several: bool) -> Earlier:
    title = _("Déjà compté, cumul %(window)s") % {"window": held.window}
    if several:
        title = f"{title}, {held.category.lower()}"
    rows = tuple(
        _row(part.run, base=part.base, paid=part.proportional, other=part.scale_id != run.scale_id)
        for part in held.rows
    )
    notes = [_more(held.more)] if held.more else []
    if held.elsewhere:
        notes.append(
            _(
                "%(base)s ont été comptés sous une autre version du barème : ce qu’elle a pris reste "
                "acquis. Ils disent seulement où commence la suite ; celle-ci en compte %(worth)s."
            )
            % {"base": money(held.elsewhere), "worth": money(held.worth)}
        )
    return Earlier(title, rows, held.base, held.paid, tuple(notes))


def year_shown(run: ContributionRun) -> Earlier | None:
    held = year_before(run)
    if held is None:
        return None
    title = _("Déjà prélevé en %(year)s") % {"year": held.year}
    rows = tuple(_row(one, base=one.base, paid=one.due) for one in held.rows)
    return Earlier(title, rows, held.due, held.due, (_more(held.more),) if held.more else ())


def _row(run: ContributionRun, *, base: Decimal, paid: Decimal, other: bool = False) -> EarlierRow:
    notes = [day(run.on)]
    if run.nature != RunNature.TAKE:
        notes.append(run.get_nature_display().lower())
    if other:
        notes.append(_("autre version"))
    return EarlierRow(subject_words(run), run.get_absolute_url(), ", ".join(notes), base, paid)


def _more(count: int) -> str:
    return ngettext(
        "Une autre, plus ancienne, est comprise dans le total.",
        "%(count)s autres, plus anciennes, sont comprises dans le total.",
        count,
    ) % {"count": count}
