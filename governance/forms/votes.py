"""What is typed about votes: the ballots of each voice in hand, counts by hand, reasons (GOV-25, GOV-29)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.calculations import counting
from governance.models import Vote
from governance.selectors.vote_counts import may_be_parted
from governance.selectors.vote_papers import answers_of, choice_words, hand_answers, method_of
from governance.selectors.votes import Card, InHand, Said
from governance.services.casting import unfit_words, voice_field
from governance.states.votes import GRADES, STRUCK, Answer, Method, VoteWay

BLANK = Answer.BLANK.value


@dataclass(frozen=True)
class VoiceRow:
    """The controls of one voice on a card; none once its first ballot is final."""

    voice: InHand
    names: tuple[str, ...]
    # Stands above the controls when the card has several voices, or several controls a voice.
    head: str
    is_done: bool
    bounds: tuple[forms.BoundField, ...] = ()


@dataclass(frozen=True)
class CardRows:
    card: Card
    rows: tuple[VoiceRow, ...]


class BallotForm(forms.Form):
    """Each card with the controls of its voices; what one leaves empty says nothing."""

    def __init__(self, *args: Any, cards: Sequence[Card], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cards = [self._card(card) for card in cards]
        # {vote: {voice: choice}}, filled by clean(): what is new only.
        self.choices: dict[int, dict[int, Any]] = {}
        # Whether something typed is what its voice said already: the same page sent twice.
        self.says_again = False

    def _card(self, card: Card) -> CardRows:
        rows = []
        for one in card.voices:
            done = card.is_final and one.cast is not None
            made = {} if done else _MAKERS[card.paper.method](card, one)
            self.fields |= made
            shown = len(card.voices) > 1 or len(made) != 1
            bounds = tuple(self[name] for name in made)
            rows.append(VoiceRow(one, tuple(made), voice_words(one) if shown else "", done, bounds))
        return CardRows(card, tuple(rows))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for section in self.cards:
            for row in section.rows:
                if row.names and not any(name in self.errors for name in row.names):
                    self._read(section.card, row, said)
        if not self.choices and not self.errors:
            self.add_error(None, _("Choisissez au moins une réponse nouvelle."))
        return said

    def _read(self, card: Card, row: VoiceRow, said: Mapping[str, Any]) -> None:
        raw = _READERS[card.paper.method](card, row.voice, said)
        if raw is None:
            return
        try:
            choice = counting.checked(card.paper, raw)
        except counting.Unfit as unfit:
            self.add_error(_first_empty(row, said, unfit.code), unfit_words(unfit.code))
            return
        if row.voice.cast is None or row.voice.cast.choice != choice:
            self.choices.setdefault(card.vote.pk, {})[row.voice.voice.pk] = choice
        else:
            self.says_again = True

    def is_of_given(self, name: str) -> bool:
        """Tells whether a control is that of a voice whose first ballot is final."""
        given = (voice_field(row.voice.voice.pk) for one in self.cards for row in one.rows if row.is_done)
        return any(name == field or name.startswith(f"{field}-") for field in given)

    def told(self) -> list[tuple[Card, list[tuple[str, str]]]]:
        """Gives what is about to be cast, in words: each card, then each voice and its choice."""
        found = []
        for section in self.cards:
            new = self.choices.get(section.card.vote.pk, {})
            lines = [
                (voice_words(one), choice_words(new[one.voice.pk], section.card.labels))
                for one in section.card.voices
                if one.voice.pk in new
            ]
            if lines:
                found.append((section.card, lines))
        return found


def voice_words(one: InHand) -> str:
    return _("Ma voix") if one.is_own else _("Voix de %(name)s") % {"name": one.name}


def _label(card: Card, one: InHand) -> str:
    """The legend of a voice: whose it is; who listens to the page hears of which vote, too."""
    seen = voice_words(one) if len(card.voices) > 1 or not one.is_own else _("Votre vote")
    return format_html('{}<span class="visually-hidden">{} {}</span>', seen, _(" :"), card.title)


def _first_empty(row: VoiceRow, said: Mapping[str, Any], code: str) -> str:
    """Where to write that something lacks: at the first control left empty."""
    if code == "incomplete":
        return next((name for name in row.names if not said.get(name)), row.names[0])
    return row.names[0]


def _help(card: Card, one: InHand) -> str:
    if one.instruction is None:
        return ""
    said = one.instruction if isinstance(one.instruction, Mapping) else {"answer": one.instruction}
    return _("Consigne reçue : %(answer)s.") % {"answer": choice_words(said, card.labels)}


def _before(one: InHand) -> Mapping[str, Any]:
    """What the controls show first: the ballot that counts, else the instruction received."""
    if one.cast is not None:
        choice: Mapping[str, Any] = one.cast.choice
        return choice
    if isinstance(one.instruction, Mapping):
        return one.instruction
    return {"answer": one.instruction} if one.instruction else {}


def _choice(
    label: Any, choices: Any, initial: Any, help_text: str = "", *, several: bool = False
) -> forms.Field:
    kind: Any = forms.MultipleChoiceField if several else forms.ChoiceField
    widget: Any = forms.CheckboxSelectMultiple if several else forms.RadioSelect
    field: forms.Field = kind(
        label=label, choices=choices, initial=initial, help_text=help_text, required=False, widget=widget
    )
    field.is_asked_later = True  # type: ignore[attr-defined]
    return field


def _answer(card: Card, one: InHand) -> dict[str, forms.Field]:
    answers = answers_of(card.paper.method)
    before = _before(one).get("answer")
    return {voice_field(one.voice.pk): _choice(_label(card, one), answers, before, _help(card, one))}


def _names(card: Card, one: InHand) -> dict[str, forms.Field]:
    choices = [*((key, card.labels[key]) for key in card.paper.candidates), (BLANK, _("Vote blanc"))]
    several = card.paper.method == Method.NAMES and card.paper.seats > 1
    before = _before(one)
    named: list[str] = list(before.get("names", ())) or ([BLANK] if before.get("blank") else [])
    most = _("%(seats)d noms au plus.") % {"seats": card.paper.seats} if several else ""
    help_text = " ".join(filter(None, (most, _help(card, one))))
    initial = named if several else next(iter(named), None)
    label = _label(card, one)
    return {voice_field(one.voice.pk): _choice(label, choices, initial, help_text, several=several)}


def _part(one: InHand, key: str) -> str:
    return f"{voice_field(one.voice.pk)}-{key}"


def _grades(card: Card, one: InHand) -> dict[str, forms.Field]:
    before = _before(one).get("grades", {})
    return {
        _part(one, key): _choice(card.labels[key], GRADES, before.get(key)) for key in card.paper.candidates
    }


def _ranks(card: Card, one: InHand) -> dict[str, forms.Field]:
    before = {
        key: rank for rank, level in enumerate(_before(one).get("ranking", ()), start=1) for key in level
    }
    most = len(card.paper.candidates)
    return {
        _part(one, key): forms.IntegerField(
            label=card.labels[key],
            min_value=1,
            max_value=most,
            required=False,
            initial=before.get(key),
            help_text=_("Rang, 1 pour votre préférence ; vide : non classé."),
        )
        for key in card.paper.candidates
    }


def _read_answer(card: Card, one: InHand, said: Mapping[str, Any]) -> Any:
    answer = said.get(voice_field(one.voice.pk))
    return {"answer": answer} if answer else None


def _read_names(card: Card, one: InHand, said: Mapping[str, Any]) -> Any:
    value = said.get(voice_field(one.voice.pk))
    if not value:
        return None
    names = [value] if isinstance(value, str) else list(value)
    return {"names": [name for name in names if name != BLANK], "blank": BLANK in names}


def _read_grades(card: Card, one: InHand, said: Mapping[str, Any]) -> Any:
    grades = {key: said.get(_part(one, key)) for key in card.paper.candidates}
    given = {key: grade for key, grade in grades.items() if grade}
    return {"grades": given} if given else None


def _read_ranks(card: Card, one: InHand, said: Mapping[str, Any]) -> Any:
    levels: dict[int, list[str]] = {}
    for key in card.paper.candidates:
        if (rank := said.get(_part(one, key))) is not None:
            levels.setdefault(rank, []).append(key)
    return {"ranking": [levels[rank] for rank in sorted(levels)]} if levels else None


Maker = Callable[[Card, InHand], dict[str, forms.Field]]
Reader = Callable[[Card, InHand, Mapping[str, Any]], Any]
_MAKERS: dict[str, Maker] = {
    Method.RESOLUTION: _answer,
    Method.CONSENT: _answer,
    Method.LIST: _names,
    Method.NAMES: _names,
    Method.MAJORITY_JUDGMENT: _grades,
    Method.SCHULZE: _ranks,
    Method.TRANSFERABLE: _ranks,
}
_READERS: dict[str, Reader] = {
    Method.RESOLUTION: _read_answer,
    Method.CONSENT: _read_answer,
    Method.LIST: _read_names,
    Method.NAMES: _read_names,
    Method.MAJORITY_JUDGMENT: _read_grades,
    Method.SCHULZE: _read_ranks,
    Method.TRANSFERABLE: _read_ranks,
}


class PrepareForm(forms.Form):
    """How people will vote."""

    way = forms.ChoiceField(
        label=gettext_lazy("Comment vote-t-on ?"),
        # A secret ballot asks several questions at once, and is prepared on a page of its own.
        choices=[one for one in VoteWay.choices if one[0] != VoteWay.SECRET],
        initial=VoteWay.SCREEN,
        widget=forms.RadioSelect,
    )


class CountsForm(forms.Form):
    """What people counted, choice by choice; an empty box is nobody."""

    def __init__(
        self, *args: Any, vote: Vote, before: Mapping[str, int] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.keys = [key for key, _label in hand_answers(vote)]
        for key, label in hand_answers(vote):
            self.fields[f"n-{key}"] = forms.IntegerField(
                label=label,
                min_value=0,
                max_value=100_000,
                required=False,
                initial=(before or {}).get(key),
            )
            self.fields[f"n-{key}"].is_asked_later = True  # type: ignore[attr-defined]
        self.is_election = method_of(vote) in (Method.LIST, Method.NAMES)

    def counts(self) -> dict[str, int]:
        return {key: self.cleaned_data.get(f"n-{key}") or 0 for key in self.keys}


class CorrectForm(CountsForm):
    """A count put right, and why."""

    reason = forms.CharField(
        label=gettext_lazy("Ce qui était faux"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )
    field_order = ["reason"]

    def __init__(self, *args: Any, vote: Vote, **kwargs: Any) -> None:
        super().__init__(*args, vote=vote, **kwargs)
        if may_be_parted(vote):
            self.fields["casting"] = _casting_field()


class NotedVoicesForm(forms.Form):
    """Which of the voices that the bureau noted are wrong."""

    voix = forms.MultipleChoiceField(
        label=gettext_lazy("Voix notées par le bureau"),
        help_text=gettext_lazy("Celles qui se sont données sur un écran ou par écrit ne changent plus."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, rows: Sequence[Said], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chooser: Any = self.fields["voix"]
        chooser.is_asked_later = True
        chooser.choices = [
            (
                row.voice.pk,
                _("%(name)s : %(said)s") % {"name": row.voice, "said": row.words or _("n’a pas voté")},
            )
            for row in rows
        ]


class RenoteForm(BallotForm):
    """Voices that the bureau noted wrongly: what each said, or that it said nothing, and why."""

    reason = forms.CharField(
        label=gettext_lazy("Ce qui était faux"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, vote: Vote, cards: Sequence[Card], **kwargs: Any) -> None:
        super().__init__(*args, cards=cards, **kwargs)
        if may_be_parted(vote):
            self.fields["casting"] = _casting_field()
        self.order_fields([*(name for name in self.fields if name != "reason"), "reason"])

    def _card(self, card: Card) -> CardRows:
        made = super()._card(card)
        for one in card.voices:
            if one.cast is not None:
                self.fields[_nothing(one)] = forms.BooleanField(
                    label=_("%(name)s n’a rien dit") % {"name": one.name}, required=False
                )
        return made

    def _read(self, card: Card, row: VoiceRow, said: Mapping[str, Any]) -> None:
        if said.get(_nothing(row.voice)):
            self.choices.setdefault(card.vote.pk, {})[row.voice.voice.pk] = STRUCK
        else:
            super()._read(card, row, said)


def _nothing(one: InHand) -> str:
    return f"rien-{one.voice.pk}"


def _casting_field() -> forms.Field:
    sides = ((answer.value, answer.label) for answer in (Answer.FOR, Answer.AGAINST))
    return _choice(
        _("Si les voix sont égales, la présidence de séance dit"),
        [("", _("Les voix ne sont pas égales")), *sides],
        "",
    )


class CancelVoteForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Pourquoi l’annuler ?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, is_told: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The minutes tell the votes that were opened.
        if is_told:
            self.fields["reason"].help_text = _("Le procès-verbal reprend ce motif.")


class CastingForm(forms.Form):
    """What the chair says when the sides are equal."""

    casting = forms.ChoiceField(
        label=gettext_lazy("Partage égal : la présidence de séance dit"),
        choices=[(Answer.FOR.value, Answer.FOR.label), (Answer.AGAINST.value, Answer.AGAINST.label)],
        widget=forms.RadioSelect,
    )
