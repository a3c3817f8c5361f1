"""Option lists edited by the cooperative: some words at first, then what it decides from a date on.

A room declares a list and its first words; rows hold the decisions alone, so nothing is copied at the start.
A record keeps the code of an option and reads its word as it was on the day of the record (PEO-14).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django import forms
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.forms import empty_word
from cae.core.models import OptionDecision
from cae.core.periods import covers
from cae.core.questions import Given, GivenWords, Question
from cae.core.turns import take_turn

# Between two ranks, room for what will be put there.
STEP = 10
CODE_LENGTH = 40


@dataclass(frozen=True)
class Option:
    """One word of a list, as it is on a day."""

    code: str
    label: Any
    help: Any = ""
    rank: int = 0
    is_offered: bool = True
    # When the law itself opened or closed a first word.
    since: date | None = None
    until: date | None = None

    def as_on(self, day: date) -> Option:
        """The word as it is that day: not yet, or no longer offered outside its dates."""
        return replace(self, is_offered=self.is_offered and covers(self.since or day, self.until, day))


@dataclass(frozen=True)
class OptionList:
    """A list that a room declares: what its words are for, and the first of them."""

    code: str
    label: Any
    defaults: tuple[Option, ...]
    rule: Any = ""
    # Rules of the house hang on these codes: words may change, none is added or taken away.
    is_closed: bool = False


@dataclass(frozen=True)
class Options:
    """A list on a day: its rule of entry, its words in order, those no longer offered among them."""

    rule: Any = ""
    every: tuple[Option, ...] = field(default=())

    @property
    def offered(self) -> tuple[Option, ...]:
        return tuple(option for option in self.every if option.is_offered)

    def label_of(self, code: str) -> str:
        return str(self.words_of(code))

    def words_of(self, code: str) -> Any:
        """The word of a code, not yet said in any language as long as it is one of ours."""
        return next((option.label for option in self.every if option.code == code), code)


LISTS: dict[str, OptionList] = {}


def register_options(
    code: str,
    *,
    label: Any,
    defaults: Sequence[Sequence[Any]],
    rule: Any = "",
    is_closed: bool = False,
) -> None:
    """Declares a list, once, in the room that owns its meaning. A default is (code, label), then perhaps its
    help, the day it opens, the day it closes."""
    if code in LISTS:
        raise ValueError(f"option list {code!r} is registered twice")
    options = tuple(
        _default(str(code), label, *more, rank=rank * STEP)
        for rank, (code, label, *more) in enumerate(defaults, start=1)
    )
    LISTS[code] = OptionList(code, label, options, rule, is_closed)


def _default(
    code: str,
    label: Any,
    help_text: Any = "",
    since: date | None = None,
    until: date | None = None,
    *,
    rank: int,
) -> Option:
    return Option(code, label, help_text, rank, since=since, until=until)


_DECIDED = Question(
    lambda: (
        OptionDecision.objects.filter(list_code__in=GivenWords("lists"), valid_from__lte=Given("on"))
        .order_by("valid_from", "pk")
        .values_list("list_code", "code", "label", "help", "rank", "is_offered")
    )
)


def lists_on(codes: Iterable[str], *, on: date) -> dict[str, Options]:
    """Gives lists as they are on a day, by code, in one query. Raises KeyError for an undeclared list."""
    wanted = list(codes)
    words = {code: {option.code: option.as_on(on) for option in LISTS[code].defaults} for code in wanted}
    rules: dict[str, Any] = {code: LISTS[code].rule for code in wanted}
    for list_code, code, label, text, rank, is_offered in _DECIDED(lists=wanted, on=on):
        if code:
            words[list_code][code] = Option(code, label, text, rank, is_offered)
        else:
            rules[list_code] = text
    return {code: Options(rules[code], _in_order(words[code])) for code in wanted}


def _in_order(options: Mapping[str, Option]) -> tuple[Option, ...]:
    return tuple(sorted(options.values(), key=lambda option: (option.rank, str(option.label))))


def options_on(list_code: str, *, on: date) -> Options:
    """Gives one list as it is on a day."""
    return lists_on([list_code], on=on)[list_code]


def choices_of(list_code: str, *, on: date) -> list[tuple[str, str]]:
    """Gives what may be chosen on a day, in order."""
    return [(option.code, str(option.label)) for option in options_on(list_code, on=on).offered]


def label_of(list_code: str, code: str, *, on: date) -> str:
    """Gives the word of a code as it was on a day, offered or not; the code itself when nobody knows it."""
    return options_on(list_code, on=on).label_of(code) if code else ""


def words_of(list_code: str, code: str, *, on: date) -> Any:
    """Gives what `label_of` says, before any language: for a row that keeps it (`kept_words`)."""
    return options_on(list_code, on=on).words_of(code) if code else ""


def history_of(list_code: str) -> QuerySet[OptionDecision]:
    """Gives every decision on a list, the latest first."""
    rows = OptionDecision.objects.filter(list_code=list_code).select_related("author")
    return rows.order_by("-valid_from", "-pk")


@dataclass(frozen=True)
class OptionData:
    """What is decided of an option."""

    label: str
    help: str = ""
    rank: int = 0
    is_offered: bool = True


@transaction.atomic
def decide_option(
    list_code: str, code: str | None, *, data: OptionData, valid_from: date, reason: str, actor: Any
) -> OptionDecision:
    """Does: gives an option its word, order and fate from a date on; without a code, adds one. Refuses: no
    word, no reason, a word already in the list that day, an option added to or taken from a closed list.
    Leaves behind: a row (records of before keep their word), audit."""
    known = LISTS[list_code]
    label = " ".join(data.label.split())
    if not label:
        raise Refused(Code.VALUE_MISSING, _("Donnez un libellé à cette option."), field="label")
    _require_reason(reason)
    take_turn(f"options:{list_code}")
    current = options_on(list_code, on=valid_from)
    if known.is_closed and (code is None or not data.is_offered):
        raise Refused(
            Code.NOT_ALLOWED,
            _("Des règles de l’application tiennent à cette liste : ses mots changent, leur nombre non."),
            field="is_offered",
        )
    if any(str(one.label).casefold() == label.casefold() and one.code != code for one in current.every):
        raise Refused(Code.DUPLICATE, _("Ce libellé est déjà dans la liste à cette date."), field="label")
    row = OptionDecision.objects.create(
        list_code=list_code,
        code=code or _new_code(list_code, label),
        label=label,
        help=data.help.strip(),
        rank=data.rank,
        is_offered=data.is_offered,
        valid_from=valid_from,
        reason=reason.strip(),
        author=actor,
    )
    before = current.label_of(row.code) if code else ""
    detail = {"value": [before, label], "from": valid_from.isoformat(), "reason": row.reason}
    audit.record(actor, "core.option.decide", row, detail=detail)
    return row


@transaction.atomic
def decide_rule(list_code: str, *, rule: str, valid_from: date, reason: str, actor: Any) -> OptionDecision:
    """Does: gives the list its rule of entry from a date on, shown beside its field. Refuses: no reason.
    Leaves behind: a row, audit."""
    _require_reason(reason)
    before = str(options_on(list_code, on=valid_from).rule)
    row = OptionDecision.objects.create(
        list_code=list_code, help=rule.strip(), valid_from=valid_from, reason=reason.strip(), author=actor
    )
    detail = {"value": [before, row.help], "from": valid_from.isoformat(), "reason": row.reason}
    audit.record(actor, "core.option.rule", row, detail=detail)
    return row


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise Refused(Code.VALUE_MISSING, _("Dites pourquoi cette liste change."), field="reason")


def _new_code(list_code: str, label: str) -> str:
    """A code that no option of the list ever bore."""
    taken = {option.code for option in LISTS[list_code].defaults}
    taken |= set(OptionDecision.objects.filter(list_code=list_code).values_list("code", flat=True))
    root = slugify(label).replace("-", "_")[: CODE_LENGTH - 4] or "option"
    code, number = root, 2
    while code in taken:
        code, number = f"{root}_{number}", number + 1
    return code


class _OfList:
    """What a field of one option and a field of several share."""

    list_code: str

    def read(self, kept: Iterable[str], on: date) -> tuple[list[tuple[str, str]], str]:
        """What may be chosen, an option that the record already holds among it; and the rule of entry."""
        options, held = options_on(self.list_code, on=on), set(kept)
        shown = [one for one in options.every if one.is_offered or one.code in held]
        return [(one.code, str(one.label)) for one in shown], str(options.rule)


class OptionField(forms.ChoiceField, _OfList):
    """A word of a list, offered that day or already held by the record; the rule of entry stands beside."""

    def __init__(self, list_code: str, *, on: date | None = None, empty: Any = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.list_code, self.on, self.empty = list_code, on, empty

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> forms.BoundField:
        held = form.get_initial_for_field(self, field_name)
        choices, rule = self.read([held] if held else [], self.on or timezone.localdate())
        self.choices = [("", self.empty or empty_word(self)), *choices]
        self.help_text = self.help_text or rule
        return super().get_bound_field(form, field_name)


class OptionsField(forms.MultipleChoiceField, _OfList):
    """Several words of a list, to tick."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, list_code: str, *, on: date | None = None, **kwargs: Any) -> None:
        super().__init__(**({"required": False} | kwargs))
        self.list_code, self.on = list_code, on

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> forms.BoundField:
        held = form.get_initial_for_field(self, field_name) or ()
        self.choices, rule = self.read(held, self.on or timezone.localdate())
        self.help_text = self.help_text or rule
        return super().get_bound_field(form, field_name)
