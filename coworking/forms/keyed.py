"""A form that makes something once, however often it is sent."""

from __future__ import annotations

from uuid import UUID, uuid4

from django import forms


class KeyedForm(forms.Form):
    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)

    @property
    def key(self) -> UUID:
        found: UUID = self.cleaned_data.get("form_key") or uuid4()
        return found
