"""The statement as its page, its lists and its sheet show it (COW-49)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import F, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from coworking.calculations.training_statement import (
    SECOND,
    UNSAID,
    Count,
    Frames,
    agrees,
    filed,
    total_of,
    unsaid,
)
from coworking.models import SheetSignature, TrainingStatement
from coworking.selectors.training_sight import reads_all
from coworking.selectors.training_statement import (
    SoldLine,
    sold_lines,
    statement_of,
    trainee_signatures,
    trainer_signatures,
    training_invoices,
)
from coworking.states.training import Objective, Origin, StatementState, TraineeType, TrainerKind
from invoicing.models import QuoteLine
from invoicing.states.sales import QuoteState, SaleNature
from people.selectors import scopes_of

_MOST_QUOTED = 200
_TITLES: dict[str, Any] = {
    "C": Origin,
    "E": TrainerKind,
    "F-1": TraineeType,
    "F-3": Objective,
}


@dataclass(frozen=True)
class FrameLine:
    """A line of a frame as it is printed; `code` opens what makes it."""

    code: str
    label: Any
    value: Any
    people: int | None = None


@dataclass(frozen=True)
class Frame:
    """A frame: its lines, its totals."""

    letter: str
    title: Any
    lines: list[FrameLine]
    total: Any = None
    people: int | None = None


@dataclass(frozen=True)
class Shown:
    """The page of a year: frames, what is not said yet, whether the totals agree; filed, nothing opens."""

    money: Frame
    charges: dict[str, Any]
    share: Decimal | None
    trainers: Frame
    trainees: list[Frame]
    apart: list[FrameLine]
    unsaid: dict[str, int]
    agrees: bool
    is_filed: bool


def frames_shown(year: int, row: TrainingStatement | None) -> Shown:
    """What was filed as it was, else what the rows say now."""
    is_filed = row is not None and row.state == StatementState.FILED
    if is_filed:
        told: dict[str, Any] = row.figures or {}  # type: ignore[union-attr]
        return _shown(told, None, {}, agreed=True, is_filed=True)
    frames = statement_of(year, row)
    return _shown(
        filed(frames), frames.share_of_turnover, unsaid(frames), agreed=agrees(frames), is_filed=False
    )


def _shown(
    told: dict[str, Any], share: Decimal | None, lacking: dict[str, int], *, agreed: bool, is_filed: bool
) -> Shown:
    income = told["C"]
    codes = [code for code in _codes_of_income() if code in income["lines"]]
    money = Frame(
        "C",
        _("Produits de la formation"),
        [FrameLine(code, label_of("C", code), income["lines"][code]) for code in codes],
        income["total"],
    )
    trainers = Frame(
        "E",
        _("Formateur·rices"),
        [
            FrameLine(code, label_of("E", code), one["hours"], one["people"])
            for code, one in told["E"].items()
        ],
    )
    titles = {
        "F-1": _("Stagiaires, par type"),
        "F-3": _("Par objectif"),
        "F-4": _("Par spécialité (NSF)"),
    }
    trainees = [
        Frame(
            letter,
            title,
            [
                FrameLine(code, label_of(letter, code), one["hours"], one["people"])
                for code, one in sorted(told[letter]["lines"].items())
            ],
            told[letter]["hours"],
            told[letter]["people"],
        )
        for letter, title in titles.items()
    ]
    apart = [
        FrameLine(code, label, told[code]["hours"], told[code]["people"])
        for code, label in (
            ("remote", _("dont à distance")),
            ("F-2", _("Confiés par nous à un autre organisme")),
            ("G", _("Confiés à nous par un autre organisme")),
        )
    ]
    return Shown(money, told["D"], share, trainers, trainees, apart, lacking, agreed, is_filed)


def _codes_of_income() -> Iterator[str]:
    """The codes of frame C in their order, line 2 before its letters."""
    for code in Origin.values:
        if code == "2a":
            yield SECOND
        yield code


def label_of(letter: str, code: str) -> Any:
    """The words of a line."""
    if letter == "C" and code == SECOND:
        return _("Organismes gestionnaires des fonds de la formation (total a à h)")
    if code == UNSAID:
        return _("À préciser")
    choices = _TITLES.get(letter)
    return choices(code).label if choices is not None else code


Lines = tuple[str, Sequence[Any], list[tuple[str, str, list[Any]]]]


def lines_of(year: int, *, frame: str, code: str) -> Lines | None:
    """What makes a figure: its title, its headings, and for each row its words, its page and its cells."""
    if frame == "C":
        return _lines_of_income(year, code)
    if frame == "E" and code in TrainerKind.values:
        rows = [one for one in trainer_signatures(year) if one.trainer and one.trainer.kind == code]
        return _lines_signed(f"E · {label_of('E', code)}", rows)
    keep: Any = {
        "F-1": lambda one: one.enrolment.kind == code,
        "F-3": lambda one: one.half_day.session.course.objective == code,
        "F-4": lambda one: one.half_day.session.course.speciality == code,
        "remote": lambda one: one.half_day.session.is_remote,
        "F-2": lambda one: one.half_day.session.entrusted_to_id is not None,
        "G": lambda one: one.half_day.session.entrusted_by_id is not None,
    }.get(frame)
    known = {"F-1": ("", *TraineeType.values), "F-3": ("", *Objective.values)}.get(frame)
    if keep is None or (known is not None and code not in known):
        return None
    for_us = [
        one for one in trainee_signatures(year) if frame == "G" or not one.half_day.session.entrusted_by_id
    ]
    title = f"{frame} · {label_of(frame, code)}" if frame.startswith("F-") and frame != "F-2" else frame
    return _lines_signed(title, [one for one in for_us if keep(one)])


def _lines_of_income(year: int, code: str) -> Lines | None:
    if code not in ("", SECOND, *Origin.values):
        return None
    found = [
        one
        for one in sold_lines(training_invoices(year))
        if one.origin == code or (code == SECOND and one.origin.startswith(SECOND))
    ]
    rows = [
        (
            one.invoice.number or "",
            one.invoice.get_absolute_url(),
            [one.invoice.issued_on, one.invoice.activity, one.line.label, one.signed],
        )
        for one in found
    ]
    heads = (_("Facture"), _("Le"), _("Activité"), _("Ligne"), _("HT"))
    return f"C · {label_of('C', code)}", heads, rows


def _lines_signed(title: str, signed: Sequence[SheetSignature]) -> Lines:
    rows = [
        (
            str(one.enrolment or one.trainer),
            one.half_day.get_absolute_url(),
            [str(one.half_day.session), timezone.localtime(one.half_day.starts_at), one.half_day.hours],
        )
        for one in signed
    ]
    return title, (_("Qui"), _("Formation"), _("Demi-journée"), _("Heures")), rows


def lines_to_tell(user: Any, year: int) -> list[SoldLine]:
    """The lines of training of a year in sight, those without origin first."""
    rows = training_invoices(year)
    if not reads_all(user):
        rows = rows.filter(activity__scope__in=scopes_of(user))
    return sorted(sold_lines(rows), key=lambda one: one.origin != UNSAID)


def quotes_to_tell(user: Any) -> list[QuoteLine]:
    """The lines of training of the quotes in sight that a customer holds or took and that have no invoice
    yet, those without origin first."""
    waiting = (QuoteState.APPROVED, QuoteState.SENT, QuoteState.ACCEPTED)
    rows = QuoteLine.objects.filter(
        nature=SaleNature.TRAINING, quote__state__in=waiting, quote__invoices__isnull=True
    )
    if not reads_all(user):
        rows = rows.filter(quote__activity__scope__in=scopes_of(user))
    rows = rows.select_related("quote__activity", "quote__customer").annotate(
        said=Coalesce(F("training_origin__origin"), Value(""))
    )
    found: list[Any] = list(rows.order_by("-quote__approved_on", "pk")[:_MOST_QUOTED])
    return sorted(found, key=lambda one: bool(one.said))


def sheet_lines(frames: Frames) -> Iterator[list[Any]]:
    """The statement as lines: frame, code, words, people, hours or euros; exact, then rounded."""
    yield [_("cadre"), _("code"), _("libellé"), _("personnes"), _("exact"), _("arrondi")]
    told: dict[str, Any] = filed(frames)
    for code in _codes_of_income():
        if code in frames.income:
            yield ["C", code, label_of("C", code), None, frames.income[code].amount, told["C"]["lines"][code]]
    yield ["C", "", _("total"), None, frames.total_income, told["C"]["total"]]
    yield ["D", "", _("total"), None, frames.charges.total, told["D"]["total"]]
    yield ["D", "pay", _("salaires"), None, frames.charges.pay, told["D"]["pay"]]
    yield ["D", "purchases", _("achats"), None, frames.charges.purchases, told["D"]["purchases"]]
    for code, one in (("own", frames.own_trainers), ("external", frames.external_trainers)):
        yield ["E", code, label_of("E", code), one.people, round(one.hours, 2), told["E"][code]["hours"]]
    parts: dict[str, Mapping[str, Count]] = {
        "F-1": frames.by_kind,
        "F-3": frames.by_objective,
        "F-4": frames.by_speciality,
    }
    for letter, counts in parts.items():
        for code, one in sorted(counts.items()):
            whole = told[letter]["lines"].get(code, {}).get("hours")
            yield [letter, code, label_of(letter, code), one.people, round(one.hours, 2), whole]
        people, hours = total_of(counts)
        yield [letter, "", _("total"), people, round(hours, 2), told[letter]["hours"]]
    for letter, one in (("F-2", frames.entrusted), ("G", frames.for_others)):
        yield [letter, "", "", one.people, round(one.hours, 2), told[letter]["hours"]]


def filed_lines(row: TrainingStatement) -> Iterator[list[Any]]:
    """The same of a statement that was filed: as it was filed, whatever its rows became."""
    told: dict[str, Any] = row.figures or {}
    yield [_("cadre"), _("code"), _("libellé"), _("personnes"), _("exact"), _("arrondi")]
    income = told["C"]["lines"]
    for code in _codes_of_income():
        if code in income:
            yield ["C", code, label_of("C", code), None, None, income[code]]
    yield ["C", "", _("total"), None, None, told["C"]["total"]]
    for code, label in (("total", _("total")), ("pay", _("salaires")), ("purchases", _("achats"))):
        yield ["D", "" if code == "total" else code, label, None, None, told["D"][code]]
    for code, one in told["E"].items():
        yield ["E", code, label_of("E", code), one["people"], None, one["hours"]]
    for letter in ("F-1", "F-3", "F-4"):
        for code, one in sorted(told[letter]["lines"].items()):
            yield [letter, code, label_of(letter, code), one["people"], None, one["hours"]]
        yield [letter, "", _("total"), told[letter]["people"], None, told[letter]["hours"]]
    for letter in ("F-2", "G"):
        yield [letter, "", "", told[letter]["people"], None, told[letter]["hours"]]
