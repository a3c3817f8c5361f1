"""What is typed of a page of the guide."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from people.states.guide import MAX_PAGE


class GuideForm(forms.Form):
    title = forms.CharField(label=_("Question"), max_length=120)
    text = forms.CharField(
        label=_("Réponse"),
        max_length=MAX_PAGE,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("Lue par tout le monde une fois publiée : ni nom, ni cas reconnaissable."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, initial=1)
