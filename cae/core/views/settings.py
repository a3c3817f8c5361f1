"""What the cooperative decides: parameters with their date, and its own identity (CAE-01, CAE-02)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core import identity, settings
from cae.core.forms import AmountField, DayField, refused_at
from cae.core.models import Cooperative, Setting
from cae.core.parameters import PARAMETERS, Parameter
from cae.core.permissions import require, requires


@dataclass
class ShownParameter:
    """A parameter as its page draws it: what is in force, what is decided for later, what was before."""

    parameter: Parameter
    rows: list[Setting]
    today: date

    @property
    def in_force(self) -> Setting | None:
        return next((row for row in self.rows if row.valid_from <= self.today), None)

    @property
    def stored(self) -> str:
        return self.in_force.value if self.in_force else self.parameter.default

    @property
    def value(self) -> Any:
        return self.parameter.shown(self.stored)

    @property
    def history(self) -> list[tuple[Setting, Any]]:
        return [(row, self.parameter.shown(row.value)) for row in self.rows]

    @property
    def coming(self) -> list[Setting]:
        return [row for row in self.rows if row.valid_from > self.today]


class SeveralField(forms.MultipleChoiceField):
    """Boxes to tick, kept as one text with commas; none ticked is an answer too."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return value.split(",") if isinstance(value, str) else value

    def clean(self, value: Any) -> Any:
        return ",".join(super().clean(value))


class SettingForm(forms.Form):
    value = forms.CharField(label=gettext_lazy("Nouvelle valeur"), max_length=1000)
    valid_from = DayField(label=gettext_lazy("À partir du"))
    reason = forms.CharField(label=gettext_lazy("Motif"), max_length=300)

    def __init__(self, *args: Any, parameter: Parameter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        label = self.fields["value"].label
        if parameter.kind == "choice":
            self.fields["value"] = forms.ChoiceField(label=label, choices=list(parameter.choices))
        elif parameter.kind == "choices":
            self.fields["value"] = SeveralField(label=label, choices=list(parameter.choices))
        elif parameter.kind == "text":
            self.fields["value"].widget = forms.Textarea(attrs={"rows": 3})


@dataclass(frozen=True)
class Effect:
    """What a value would change, shown before it is decided."""

    before: Any
    after: Any
    valid_from: date
    sentence: Any


class CooperativeForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    website = forms.URLField(label=gettext_lazy("Site"), required=False, assume_scheme="https")

    class Meta:
        model = Cooperative
        fields = (
            "valid_from",
            "legal_name",
            "legal_form",
            "siren",
            "siret",
            "vat_number",
            "rcs",
            "training_number",
            "capital",
            "address_line",
            "postcode",
            "city",
            "iban",
            "bic",
            "email",
            "phone",
            "website",
            "reason",
        )
        field_classes = {"capital": AmountField}
        widgets = {"valid_from": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}


def _shown() -> list[ShownParameter]:
    rows: dict[str, list[Setting]] = {}
    for row in Setting.objects.select_related("author").order_by("code", "-valid_from", "-pk"):
        rows.setdefault(row.code, []).append(row)
    today = timezone.localdate()
    return [
        ShownParameter(parameter, rows.get(code, []), today) for code, parameter in sorted(PARAMETERS.items())
    ]


@requires("core.view_settings")
def setting_list(request: HttpRequest) -> HttpResponse:
    return render(request, "core/settings.html", {"parameters": _shown()})


@requires("core.view_settings")
def setting_detail(request: HttpRequest, code: str) -> HttpResponse:
    """The history of a parameter and, for who may, the form that gives it its next value."""
    shown = next((one for one in _shown() if one.parameter.code == code), None)
    if shown is None:
        raise Http404(code)
    initial = {"value": shown.stored, "valid_from": shown.today}
    form = SettingForm(request.POST or None, initial=initial, parameter=shown.parameter)
    effect = None
    if request.method == "POST":
        require(request.user, "core.change_settings")
        if form.is_valid():
            with refused_at(form):
                effect = _effect(shown, form.cleaned_data)
                if request.POST.get("do") == "save":
                    settings.set_setting(code, actor=request.user, **form.cleaned_data)
                    messages.success(request, _("Paramètre enregistré."))
                    return redirect("core:setting_detail", code)
    status = 422 if form.is_bound and effect is None else 200
    context = {"shown": shown, "form": form, "effect": effect}
    return render(request, "core/setting.html", context, status=status)


def _effect(shown: ShownParameter, typed: dict[str, Any]) -> Effect:
    """Gives the preview of a value; refuses one of the wrong kind, as the service would."""
    parameter, valid_from = shown.parameter, typed["valid_from"]
    value = settings.read_value(parameter, typed["value"])
    sentence = parameter.effect(value, valid_from) if parameter.effect else ""
    return Effect(shown.value, parameter.shown(typed["value"]), valid_from, sentence)


@requires("core.view_settings")
def cooperative(request: HttpRequest) -> HttpResponse:
    """The identity of the cooperative by date, and the form that gives the next one."""
    rows = list(Cooperative.objects.order_by("-valid_from"))
    form = CooperativeForm(request.POST or None, initial=_identity_initial(rows))
    if request.method == "POST":
        require(request.user, "core.change_settings")
        if form.is_valid():
            with refused_at(form):
                identity.change_identity(form.save(commit=False), actor=request.user)
                messages.success(request, _("La nouvelle identité est enregistrée."))
                return redirect("core:cooperative")
    status = 422 if form.is_bound else 200
    return render(request, "core/cooperative.html", {"rows": rows, "form": form}, status=status)


def _identity_initial(rows: list[Cooperative]) -> dict[str, Any]:
    names = [name for name in CooperativeForm.base_fields if name not in ("valid_from", "reason")]
    return {name: getattr(rows[0], name) for name in names} if rows else {}
