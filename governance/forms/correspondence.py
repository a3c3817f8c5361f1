"""The form of vote by correspondence: each resolution in the order of the agenda, by its method (GOV-24)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cae.core.finding import FoundField
from governance.models import Associate
from governance.selectors.correspondence import Asked
from governance.services.correspondence import Scan
from governance.states.votes import GRADES, Method

_REQUIRED = {"required": _("Répondez à cette résolution.")}
BLANK = "blanc"


class AnswersForm(forms.Form):
    """One answer a resolution; nothing is answered by silence."""

    def __init__(self, *args: Any, asked: Sequence[Asked], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = list(asked)
        self.sections: list[tuple[str, tuple[str, ...]]] = []
        for one in self.asked:
            made = _MAKERS[one.resolution.method](one)
            self.fields |= made
            number = f"{one.resolution.number}. " if one.resolution.number else ""
            self.sections.append((f"{number}{one.resolution.title}", tuple(made)))

    def answers(self) -> dict[str, Any]:
        """Gives {resolution id: choice} in the writing of a ballot."""
        return {
            str(one.resolution.pk): _READERS[one.resolution.method](one, self.cleaned_data)
            for one in self.asked
        }


class PaperAnswersForm(AnswersForm):
    """A form received on paper: whose it is, what is ticked, its scan."""

    associate = FoundField(label=_("De qui ?"), queryset=Associate.objects.none())
    scan = forms.FileField(
        label=_("Formulaire reçu (PDF ou photo)"), required=False, help_text=_("10 Mo au plus.")
    )

    def __init__(self, *args: Any, associates: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["associate"].queryset = associates  # type: ignore[attr-defined]
        for asked in self.asked:
            # Who types is not who votes; a name or a rank keeps its own label.
            if answer := self.fields.get(_key(asked)):
                answer.label = _("Vote")
        self.sections = [("", ("associate",)), *self.sections, (str(_("Pièce")), ("scan",))]

    def scan_typed(self) -> Scan | None:
        sent = self.cleaned_data.get("scan")
        return Scan(sent.name, sent.read()) if sent else None


def _key(asked: Asked, candidate: Any = None) -> str:
    return f"r{asked.resolution.pk}_{candidate.pk}" if candidate else f"r{asked.resolution.pk}"


def _answer(asked: Asked) -> dict[str, forms.Field]:
    return {
        _key(asked): forms.ChoiceField(
            label=_("Votre vote"),
            choices=asked.answers,
            widget=forms.RadioSelect,
            error_messages=_REQUIRED,
        )
    }


def _names(asked: Asked) -> dict[str, forms.Field]:
    """One ticks names, or « blanc »."""
    choices = [*((str(one.pk), one.label) for one in asked.candidates), (BLANK, _("Vote blanc"))]
    if asked.resolution.method == Method.LIST or asked.resolution.seats == 1:
        return {
            _key(asked): forms.ChoiceField(
                label=_("Votre vote"), choices=choices, widget=forms.RadioSelect, error_messages=_REQUIRED
            )
        }
    return {
        _key(asked): forms.MultipleChoiceField(
            label=_("Votre vote"),
            choices=choices,
            widget=forms.CheckboxSelectMultiple,
            help_text=_("%(seats)d noms au plus.") % {"seats": asked.resolution.seats},
            error_messages=_REQUIRED,
        )
    }


def _grades(asked: Asked) -> dict[str, forms.Field]:
    return {
        _key(asked, one): forms.ChoiceField(
            label=one.label, choices=GRADES, widget=forms.RadioSelect, error_messages=_REQUIRED
        )
        for one in asked.candidates
    }


def _ranks(asked: Asked) -> dict[str, forms.Field]:
    return {
        _key(asked, one): forms.IntegerField(
            label=one.label,
            min_value=1,
            max_value=len(asked.candidates),
            required=False,
            help_text=_("Rang, 1 pour votre préférence ; vide : non classé."),
        )
        for one in asked.candidates
    }


def _read_answer(asked: Asked, said: dict[str, Any]) -> dict[str, Any]:
    return {"answer": said.get(_key(asked), "")}


def _read_names(asked: Asked, said: dict[str, Any]) -> dict[str, Any]:
    value = said.get(_key(asked)) or []
    names = [value] if isinstance(value, str) else list(value)
    return {"names": [name for name in names if name != BLANK], "blank": BLANK in names}


def _read_grades(asked: Asked, said: dict[str, Any]) -> dict[str, Any]:
    grades = {str(one.pk): said.get(_key(asked, one)) for one in asked.candidates}
    return {"grades": {key: grade for key, grade in grades.items() if grade}}


def _read_ranks(asked: Asked, said: dict[str, Any]) -> dict[str, Any]:
    levels: dict[int, list[str]] = {}
    for one in asked.candidates:
        if (rank := said.get(_key(asked, one))) is not None:
            levels.setdefault(rank, []).append(str(one.pk))
    ranking = [levels[rank] for rank in sorted(levels)]
    return {"ranking": ranking, "blank": not ranking}


_MAKERS: dict[str, Callable[[Asked], dict[str, forms.Field]]] = {
    Method.RESOLUTION: _answer,
    Method.CONSENT: _answer,
    Method.LIST: _names,
    Method.NAMES: _names,
    Method.MAJORITY_JUDGMENT: _grades,
    Method.SCHULZE: _ranks,
    Method.TRANSFERABLE: _ranks,
}
_READERS: dict[str, Callable[[Asked, dict[str, Any]], dict[str, Any]]] = {
    Method.RESOLUTION: _read_answer,
    Method.CONSENT: _read_answer,
    Method.LIST: _read_names,
    Method.NAMES: _read_names,
    Method.MAJORITY_JUDGMENT: _read_grades,
    Method.SCHULZE: _read_ranks,
    Method.TRANSFERABLE: _read_ranks,
}
