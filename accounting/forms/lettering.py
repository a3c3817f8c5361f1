"""What is typed about lettering: the lines ticked, the proposals kept, why one is undone."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounting.forms.payments import KeysField
from accounting.models import AnalyticAccount
from accounting.services.lettering import MOST_REASON
from accounting.states.lettering import Side
from cae.core.forms import DayField
from cae.core.keys import key_in


class LetterForm(forms.Form):
    """The lines ticked in the table."""

    lines = KeysField(
        label=_("Lignes"), error_messages={"required": _("Choisissez au moins deux lignes à lettrer.")}
    )


class OpenFilter(forms.Form):
    """Which open lines of an account are shown."""

    q = forms.CharField(label=_("Tiers, pièce ou libellé"), required=False, max_length=100)
    activite = forms.ModelChoiceField(
        label=_("Section"), queryset=AnalyticAccount.objects.none(), required=False, empty_label=_("Toutes")
    )

    def __init__(self, *args: Any, sections: QuerySet[AnalyticAccount], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["activite"].queryset = sections  # type: ignore[attr-defined]


class GroupsField(forms.Field):
    """Proposals ticked, each named by its lines: « 12-15 »."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> list[list[int]]:
        groups = []
        for text in super().clean(value) or []:
            keys = [key_in(part) for part in str(text).split("-")]
            groups.append([key for key in keys if key is not None])
        return groups


class ProposalForm(forms.Form):
    groups = GroupsField(
        label=_("Propositions"), error_messages={"required": _("Choisissez au moins une proposition.")}
    )


class UndoForm(forms.Form):
    """Why a lettering is undone."""

    reason = forms.CharField(label=_("Motif"), max_length=MOST_REASON)


class AgedFilter(forms.Form):
    """Whose debts, on which day."""

    cote = forms.ChoiceField(label=_("De qui"), choices=Side.choices, required=False)
    au = DayField(label=_("Au"), required=False)

    def chosen(self) -> tuple[str, Any]:
        """The side and the day, those of the page when nothing sound was said."""
        said: dict[str, Any] = self.cleaned_data if self.is_valid() else {}
        return said.get("cote") or Side.CUSTOMERS.value, said.get("au") or timezone.localdate()
