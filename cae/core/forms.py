"""Forms parse and validate; a refusal of a service comes back to the field it is about."""

from typing import Any

from django import forms

from cae.core.errors import Refused
from cae.core.money import parse_amount


def refuse(form: forms.BaseForm, refusal: Refused) -> None:
    """Does: writes the sentence of a refusal at its field, or at the head of the form."""
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))


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

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {"inputmode": "decimal", "autocomplete": "off"}
