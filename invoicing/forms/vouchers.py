"""The files of receipts, several at once."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from invoicing.forms.expenses import ACCEPTED
from invoicing.states.expenses import MAX_FILES_AT_ONCE


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files of one control."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        sent = data if isinstance(data, list | tuple) and data else [data or None]
        return [super(FilesField, self).clean(one, initial) for one in sent if one or self.required]


class CaptureForm(forms.Form):
    """Photos or files of receipts; `form_key` names the sending of a queue, one file at a time."""

    photos = FilesField(
        label=_("Photos ou fichiers"),
        max_length=250,
        # An empty file is refused by the service, in its own words.
        allow_empty_file=True,
        widget=FilesInput(attrs={"accept": ACCEPTED, "capture": "environment", "multiple": True}),
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    taken_at = forms.DateTimeField(
        widget=forms.HiddenInput,
        required=False,
        input_formats=["%Y-%m-%dT%H:%M:%S.%fZ", "%Y-%m-%dT%H:%M:%SZ"],
    )
    person = forms.ChoiceField(label=_("Pour"), required=False)

    def __init__(self, *args: Any, persons: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = persons
        if len(persons) < 2:
            del self.fields["person"]

    def clean_photos(self) -> Any:
        files = self.cleaned_data["photos"]
        if len(files) > MAX_FILES_AT_ONCE:
            raise forms.ValidationError(
                gettext("Envoyez %(most)d fichiers au plus à la fois.") % {"most": MAX_FILES_AT_ONCE}
            )
        return files
