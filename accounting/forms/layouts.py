"""A layout as the accountant writes it: what it is, its lines one by one, what its preview shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from accounting.calculations.layouts.layout import Typed
from accounting.models import AnalyticAccount, LayoutLine, StatementLayout
from accounting.states.layouts import LineSide, LineStyle
from cae.core.forms import DayField

# Empty rows at the end of the lines, and how many lines a layout may have.
EXTRA, MOST = 4, 80
_WORDS = ("code", "label", "accounts", "formula")


class LayoutForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """What a version is, since when, why."""

    valid_from = DayField(label=_("En vigueur depuis"))
    reason = forms.CharField(
        label=_("Motif"), max_length=300, help_text=_("Ce que cette version change, et qui l’a demandé.")
    )

    class Meta:
        model = StatementLayout
        fields = ("kind", "label", "code", "valid_from", "reason")
        help_texts = {"code": _("Le même pour toutes les versions d’une présentation.")}

    def __init__(self, *args: Any, version: StatementLayout | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if version is not None:
            for name in ("kind", "code"):
                self.fields[name].disabled = True

    def ask_nothing(self) -> None:
        """A layout that is only looked at has no name and no reason yet."""
        for name in ("label", "code", "valid_from", "reason"):
            self.fields[name].required = False


class LayoutLineForm(forms.Form):
    """A line; without any word, the row is not there."""

    rank = forms.IntegerField(label=_("Rang"), min_value=0, max_value=9999, required=False)
    code = forms.CharField(label=_("Code"), max_length=20, required=False)
    label = forms.CharField(label=_("Libellé"), max_length=120, required=False)
    accounts = forms.CharField(label=_("Comptes"), max_length=300, required=False)
    formula = forms.CharField(label=_("Formule"), max_length=300, required=False)
    side = forms.ChoiceField(
        label=_("Sens"), choices=LineSide.choices, initial=LineSide.CREDIT, required=False
    )
    style = forms.ChoiceField(
        label=_("Aspect"), choices=LineStyle.choices, initial=LineStyle.LINE, required=False
    )
    in_percent = forms.BooleanField(label=_("En %"), required=False)

    @property
    def is_written(self) -> bool:
        return any(self.cleaned_data.get(name) for name in _WORDS)

    def clean(self) -> None:
        if self.is_written and not self.cleaned_data.get("label") and "label" not in self.errors:
            self.add_error("label", _("Donnez le libellé de cette ligne."))

    @property
    def typed(self) -> Typed:
        said = self.cleaned_data
        return Typed(
            code=said["code"],
            label=said["label"],
            style=said["style"] or LineStyle.LINE,
            accounts=said["accounts"],
            side=said["side"] or LineSide.CREDIT,
            formula=said["formula"],
            in_percent=said["in_percent"],
        )


class LineSet(BaseFormSet):  # type: ignore[type-arg]  # not subscriptable at run time
    """The lines, in the order of their ranks."""

    def written(self) -> list[LayoutLineForm]:
        """The rows that say something, as they will be ranked; those without a rank stay where they are."""
        rows = [form for form in self.forms if form.is_written]
        places = {id(form): rank for rank, form in enumerate(self.forms, start=1)}

        def rank_of(form: LayoutLineForm) -> tuple[int, int]:
            rank = form.cleaned_data.get("rank")
            return (places[id(form)] * 10 if rank is None else rank, places[id(form)])

        return sorted(rows, key=rank_of)


def line_set(data: Any, lines: Sequence[LayoutLine | Typed], *, extra: int = EXTRA) -> LineSet:
    """The rows of these lines, then empty ones."""
    names = ("code", "label", "style", "accounts", "side", "formula", "in_percent")
    initial = [
        {name: getattr(line, name) for name in names} | {"rank": rank * 10}
        for rank, line in enumerate(lines, start=1)
    ]
    made: type[Any] = formset_factory(
        LayoutLineForm, formset=LineSet, extra=extra, max_num=MOST, absolute_max=MOST, validate_max=True
    )
    found: LineSet = made(data, prefix="lines", initial=initial)
    return found


class PreviewForm(forms.Form):
    """On whose accounts a layout is tried, and up to when."""

    section = forms.ModelChoiceField(
        label=_("Sur les comptes de"),
        queryset=AnalyticAccount.objects.order_by("kind", "sort_label"),
        required=False,
        empty_label=_("La coopérative"),
    )
    until = DayField(label=_("Jusqu’au"))
