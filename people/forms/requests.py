"""What is typed about a request to the staff."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cae.core.keys import is_own_address
from cae.core.options import OptionField
from people.models import User
from people.states.requests import KIND_LIST, Department

LONGEST = 4000


class SendForm(forms.Form):
    """A request, written from any page."""

    kind = OptionField(KIND_LIST, label=_("De quoi s’agit-il ?"))
    department = forms.ChoiceField(
        label=_("Pour qui ?"),
        choices=Department.choices,
        initial=Department.ADVICE,
        help_text=_("En cas de doute, l’accompagnement : il transmettra."),
    )
    title = forms.CharField(label=_("En quelques mots"), max_length=120)
    text = forms.CharField(
        label=_("Votre demande"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 6})
    )
    page = forms.CharField(max_length=300, required=False, widget=forms.HiddenInput)
    page_title = forms.CharField(max_length=120, required=False, widget=forms.HiddenInput)
    form_key = forms.UUIDField(initial=uuid.uuid4, widget=forms.HiddenInput)

    def clean_page(self) -> str:
        """An address of the house, or nothing."""
        page: str = self.cleaned_data["page"]
        return page if is_own_address(page) else ""


class WordForm(forms.Form):
    """A message on a request."""

    text = forms.CharField(
        label=_("Votre message"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4})
    )


class AnswerForm(WordForm):
    """What the staff write back."""

    useful = forms.BooleanField(label=_("Réponse utile à tous : à garder pour le guide"), required=False)


class HandOverForm(forms.Form):
    """Another department, with a word for it."""

    department = forms.ChoiceField(label=_("Service"), choices=Department.choices)
    text = forms.CharField(
        label=_("Un mot pour le service"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Lu par l’équipe seulement."),
    )


class AssignForm(forms.Form):
    """A colleague of the department."""

    owner = forms.ModelChoiceField(label=_("Confier à"), queryset=User.objects.none())

    def __init__(self, *args: Any, colleagues: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = colleagues  # type: ignore[attr-defined]
