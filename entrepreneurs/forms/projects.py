"""What is typed of a project sheet (ENT-56)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from entrepreneurs.models import ProjectVersion
from entrepreneurs.models.projects import SECTIONS
from entrepreneurs.states.reports import MAX_SAID


class ProjectForm(forms.Form):
    """The sections of the sheet, and what changes."""

    label = forms.CharField(label=_("Ce qui change"), max_length=160, required=False)
    base = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in SECTIONS:
            words = ProjectVersion._meta.get_field(name).verbose_name  # type: ignore[union-attr]
            self.fields[name] = forms.CharField(
                label=str(words).capitalize(),
                required=False,
                max_length=MAX_SAID,
                widget=forms.Textarea(attrs={"rows": 4}),
            )

    field_order = (*SECTIONS, "label")
