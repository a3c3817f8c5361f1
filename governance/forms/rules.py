"""What is typed about rules: a version, one line by its shape, a founding text."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cae.core.forms import DayField, ask_later
from governance.calculations.rules import (
    AT_LEAST,
    BASES,
    BY_CODE,
    STRICT,
    DecisionRule,
    Key,
    Rules,
    is_valid,
    parse_decision,
)
from governance.models import College, FoundingText, RuleLine
from governance.selectors.rule_sets import founding_texts, help_of
from governance.services.rule_sets import RuleSetData
from governance.states.rule_words import BASE_WORDS, CHOICES
from governance.states.rules import RuleForm, TextKind

FROM_LAST = "last"
UNDECIDED = ("", _("Non décidé par les statuts"))


class RuleSetForm(forms.Form):
    """From when, why, by which statutes."""

    valid_from = DayField(label=_("En vigueur à partir du"))
    reason = forms.CharField(
        label=_("D’où viennent ces règles"),
        max_length=250,
        help_text=_("Statuts du…, décision de l’assemblée du…"),
    )
    statutes = forms.ModelChoiceField(
        label=_("Statuts"), queryset=FoundingText.objects.none(), required=False, empty_label=_("Non déposés")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["statutes"].queryset = founding_texts().filter(kind=TextKind.STATUTES)  # type: ignore[attr-defined]

    def typed(self) -> RuleSetData:
        names = RuleSetData.__dataclass_fields__
        return RuleSetData(**{name: self.cleaned_data[name] for name in names})


class DraftForm(RuleSetForm):
    """What the version starts from, too."""

    source = forms.ChoiceField(label=_("Partir de"), widget=forms.RadioSelect)
    field_order = ("source",)

    def __init__(self, *args: Any, has_last: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        last = [(FROM_LAST, _("La dernière version confirmée"))] if has_last else []
        models = [
            (value, gettext("Modèle : %(form)s") % {"form": label}) for value, label in RuleForm.choices
        ]
        self.fields["source"].choices = [*last, *models]  # type: ignore[attr-defined]
        self.initial.setdefault("source", FROM_LAST if has_last else RuleForm.SCOP_SARL)


class LineForm(forms.Form):
    """One line: its value as its shape asks, its article. Subclasses read and write the value."""

    article = forms.CharField(
        label=_("Article"),
        max_length=160,
        required=False,
        help_text=_("Statuts, art. 14 ; règlement intérieur, art. 3…"),
    )

    def __init__(self, *args: Any, line: RuleLine, **kwargs: Any) -> None:
        held = self.initial_of(line) | {"article": line.article}
        super().__init__(*args, initial=held, **kwargs)
        self.key: Key = BY_CODE[line.key]
        self.shape_fields(line)
        self.order_fields([name for name in self.fields if name != "article"])
        ask_later(self, "article")

    def initial_of(self, line: RuleLine) -> dict[str, Any]:
        return {"value": line.value}

    def shape_fields(self, line: RuleLine) -> None:
        self.fields["value"] = forms.CharField(
            label=gettext("Valeur"), required=False, max_length=200, help_text=help_of(line.key)
        )
        ask_later(self, "value")

    def value_typed(self) -> str:
        return str(self.cleaned_data.get("value") or "")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "value" in self.fields and not is_valid(self.key, self.value_typed()):
            self.add_error("value", gettext("Écrivez un nombre entier, ou une fraction comme 1/4."))
        return cleaned


class ChoiceLineForm(LineForm):
    """One of a few conventions."""

    def shape_fields(self, line: RuleLine) -> None:
        self.fields["value"] = forms.ChoiceField(
            label=gettext("Convention"),
            choices=[*((key, capfirst(words)) for key, words in CHOICES[line.key].items()), UNDECIDED],
            required=False,
            widget=forms.RadioSelect,
            help_text=help_of(line.key),
        )
        ask_later(self, "value")


class CapLineForm(LineForm):
    """The cap of the law, or one’s own below it."""

    def initial_of(self, line: RuleLine) -> dict[str, Any]:
        own = line.value if line.value.isdecimal() else ""
        return {"way": "own" if own else line.value, "own": own}

    def shape_fields(self, line: RuleLine) -> None:
        self.fields["way"] = forms.ChoiceField(
            label=gettext("Plafond"),
            choices=[
                ("legal", _("Celui de la loi : 1 sous 20 associé·es, puis un vingtième des associé·es")),
                ("own", _("Un nombre fixé par les statuts, sans dépasser la loi")),
                UNDECIDED,
            ],
            required=False,
            widget=forms.RadioSelect,
        )
        self.fields["own"] = forms.IntegerField(
            label=gettext("Pouvoirs par mandataire"), required=False, min_value=0, max_value=999
        )
        ask_later(self, "way", "own")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("way") == "own" and cleaned.get("own") is None and "own" not in self.errors:
            self.add_error("own", gettext("Indiquez ce nombre."))
        return cleaned

    def value_typed(self) -> str:
        own = self.cleaned_data.get("own")
        way = str(self.cleaned_data.get("way") or "")
        return str(own) if way == "own" else way


def _fraction_field(label: Any, help_text: Any) -> forms.RegexField:
    return forms.RegexField(
        r"^\d{1,4}/[1-9]\d{0,3}$",
        label=label,
        help_text=help_text,
        required=False,
        error_messages={"invalid": _("Écrivez une fraction, comme 1/2 ou 3/4.")},
    )


class DecisionLineForm(LineForm):
    """A quorum if any, a majority, its base."""

    def initial_of(self, line: RuleLine) -> dict[str, Any]:
        if not line.value:
            return {}
        rule: DecisionRule = parse_decision(line.value)
        return {
            "quorum": str(rule.quorum) if rule.quorum is not None else "",
            "threshold": str(rule.threshold),
            "comparison": STRICT if rule.strict else AT_LEAST,
            "base": rule.base,
        }

    def shape_fields(self, line: RuleLine) -> None:
        self.fields["quorum"] = _fraction_field(
            gettext("Quorum"), gettext("Part des associé·es, comme 1/4. Vide : sans quorum.")
        )
        self.fields["comparison"] = forms.ChoiceField(
            label=gettext("Majorité"),
            choices=[(STRICT, capfirst(_("plus de"))), (AT_LEAST, capfirst(_("au moins"))), UNDECIDED],
            required=False,
            widget=forms.RadioSelect,
        )
        self.fields["threshold"] = _fraction_field(gettext("Seuil"), gettext("Comme 1/2, 2/3 ou 3/4."))
        self.fields["base"] = forms.ChoiceField(
            label=gettext("Comptée sur"),
            choices=[(base, capfirst(BASE_WORDS[base])) for base in BASES],
            required=False,
            widget=forms.RadioSelect,
        )
        ask_later(self, "quorum", "comparison", "threshold", "base")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.errors or not cleaned.get("comparison"):
            return cleaned
        for name in ("threshold", "base"):
            if not cleaned.get(name):
                self.add_error(name, gettext("Indiquez-le pour décider cette règle."))
        if not self.errors and not is_valid(self.key, self.value_typed()):
            self.add_error("threshold", gettext("Un quorum et un seuil vont de 0 à 1."))
        return cleaned

    def value_typed(self) -> str:
        typed = self.cleaned_data
        if not typed.get("comparison"):
            return ""
        return " ".join((typed["quorum"] or "none", typed["base"], typed["threshold"], typed["comparison"]))


class WeightsLineForm(LineForm):
    """A weight for each college in service; none: everybody is counted together."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.colleges = list(College.objects.filter(is_active=True))
        super().__init__(*args, **kwargs)

    def initial_of(self, line: RuleLine) -> dict[str, Any]:
        weights = Rules({"college_weights": line.value}).weights()
        return {f"college_{pk}": weight for pk, weight in weights.items()}

    def shape_fields(self, line: RuleLine) -> None:
        for college in self.colleges:
            self.fields[f"college_{college.pk}"] = forms.IntegerField(
                label=college.name, required=False, min_value=1, max_value=999
            )
        ask_later(self, *(f"college_{college.pk}" for college in self.colleges))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        names = [f"college_{college.pk}" for college in self.colleges]
        empty = [name for name in names if cleaned.get(name) is None and name not in self.errors]
        if empty and len(empty) < len(names):
            self.add_error(empty[0], gettext("Donnez un poids à chaque collège, ou à aucun."))
        return cleaned

    def value_typed(self) -> str:
        typed = [(college.pk, self.cleaned_data.get(f"college_{college.pk}")) for college in self.colleges]
        return " ".join(f"{pk}:{weight}" for pk, weight in typed if weight is not None)


_FORMS: dict[str, type[LineForm]] = {
    "choice": ChoiceLineForm,
    "cap": CapLineForm,
    "decision": DecisionLineForm,
    "weights": WeightsLineForm,
}


def line_form(data: Any, line: RuleLine) -> LineForm:
    """Gives the form of a line, by the shape of its value."""
    return _FORMS.get(BY_CODE[line.key].shape, LineForm)(data, line=line)


class FoundingTextForm(forms.Form):
    """A version of the statutes or of the internal rules."""

    kind = forms.ChoiceField(label=_("Nature"), choices=TextKind.choices, widget=forms.RadioSelect)
    title = forms.CharField(label=_("Intitulé"), max_length=160)
    valid_from = DayField(label=_("En vigueur le"))
    decision = forms.CharField(
        label=_("Décision"), max_length=200, required=False, help_text=_("L’assemblée qui l’a adopté.")
    )
    file = forms.FileField(label=_("Fichier"), help_text=_("PDF, 20 Mo au plus."))
