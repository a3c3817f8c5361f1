"""Forms parse and validate; a refusal of a service comes back to its field; one page draws them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from cae.core.errors import Forbidden, Refused
from cae.core.money import parse_amount


def refuse(form: forms.BaseForm, refusal: Refused) -> None:
    """Does: writes the sentence of a refusal at its field, or at the head of the form."""
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))


@contextmanager
def refused_at(form: forms.BaseForm) -> Iterator[None]:
    """Does the act within; what it refuses stands at its field, and the page is drawn again.

    What this person has no right to do is no fault of the form: Forbidden goes on, to the 403.
    """
    try:
        yield
    except Forbidden:
        raise
    except Refused as refusal:
        refuse(form, refusal)


@contextmanager
def refused_above(request: HttpRequest) -> Iterator[None]:
    """Does the act of a button; what it refuses is said above the page one comes back to."""
    try:
        yield
    except Forbidden:
        raise
    except Refused as refusal:
        messages.error(request, str(refusal))


def form_page(
    request: HttpRequest,
    form: forms.BaseForm,
    *,
    title: Any,
    submit: Any,
    back_url: str,
    crumbs: list[tuple[Any, str]],
    lead: Any = "",
    tone: str = "primary",
    template: str = "layouts/form.html",
    **context: Any,
) -> HttpResponse:
    """Draws a form alone on its page, empty or with its faults (422)."""
    known = {
        "title": title,
        "submit": submit,
        "back_url": back_url,
        "crumbs": crumbs,
        "lead": lead,
        "tone": tone,
        "form": form,
    }
    wrong = form.is_bound and (bool(form.errors) or context.get("has_faults", False))
    return render(request, template, known | context, status=422 if wrong else 200)


def ask_later(form: forms.BaseForm, *names: str) -> None:
    """What some cases ask, or a later act, may be left empty without being said optional."""
    for name in names:
        field: Any = form.fields[name]
        field.is_asked_later = True


def empty_word(field: forms.Field) -> str:
    """What a chooser says before one has chosen, where its form has no better word."""
    return _("Choisir…") if field.required else _("Non renseigné")


class AmountField(forms.DecimalField):
    """A number as people type it: comma or point, spaces, euro sign (« 1 234,56 € »)."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**({"max_digits": 12, "decimal_places": 2} | kwargs))

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and value.strip():
            try:
                value = str(parse_amount(value))
            except ValueError:
                raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from None
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        """A stored number comes back as a French hand types it."""
        return str(value).replace(".", ",") if isinstance(value, Decimal) else value

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {"inputmode": "decimal", "autocomplete": "off"}


class PercentField(AmountField):
    """A share as people type it, with or without its sign: « 12,5 », « 12,5 % »."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**({"required": False, "max_digits": 5, "decimal_places": 2} | kwargs))

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.strip().removesuffix("%") if isinstance(value, str) else value)


YEARS = range(1900, 2201)


def refuse_far(day: date | None) -> None:
    """Raises ValidationError for a year that nobody lives in: further away, days can no longer be counted."""
    if day is not None and day.year not in YEARS:
        raise forms.ValidationError(_("Cette date est trop éloignée."))


class DayField(forms.DateField):
    """A day, typed or picked, of a year that people live in."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**({"input_formats": ["%Y-%m-%d", "%d/%m/%Y"]} | kwargs))

    def to_python(self, value: Any) -> date | None:
        found: date | None = super().to_python(value)
        refuse_far(found)
        return found


class MomentField(forms.DateTimeField):
    """A day and an hour, typed or picked together, of a year that people live in."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**({"input_formats": ["%Y-%m-%dT%H:%M", "%d/%m/%Y %H:%M"]} | kwargs))

    def to_python(self, value: Any) -> datetime | None:
        found: datetime | None = super().to_python(value)
        refuse_far(found)
        return found
