"""What is typed about papers: a file brought, a paper asked, a check."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cae.core.forms import DayField
from cae.core.options import OptionField
from entrepreneurs.services.papers import MEGABYTE
from entrepreneurs.states.papers import PAPER_KIND


class FileForm(forms.Form):
    """One file; read no further than what is accepted and one byte more."""

    file = forms.FileField(
        label=_("Fichier"),
        max_length=250,
        widget=forms.FileInput(
            attrs={"accept": ".pdf,image/jpeg,image/png,image/webp,image/heic,image/heif"}
        ),
    )

    def __init__(self, *args: Any, most: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.most = most
        self.fields["file"].help_text = _("PDF ou photo, %(most)d Mo au plus.") % {"most": most}

    def content(self) -> bytes:
        """The bytes sent, cut after one too many: the service refuses what is cut."""
        return bytes(self.cleaned_data["file"].read(self.most * MEGABYTE + 1))

    def name(self) -> str:
        return str(self.cleaned_data["file"].name)


class AskForm(forms.Form):
    """A paper to ask from somebody."""

    kind = OptionField(PAPER_KIND, label=_("Document"), empty=_("Choisir…"))
    precision = forms.CharField(
        label=_("Précision"),
        max_length=160,
        required=False,
        help_text=_("Ce que le document doit montrer, si son nom ne suffit pas."),
    )
    due_on = DayField(label=_("Attendu pour le"), required=False)


class AcceptForm(forms.Form):
    """Until when a paper holds."""

    valid_until = DayField(
        label=_("Valable jusqu’au"),
        required=False,
        help_text=_("Vide : sans limite. Passé ce jour, il sera demandé de nouveau."),
    )


class ReasonForm(forms.Form):
    """Why a paper is sent back, or why one does without."""

    reason = forms.CharField(label=_("Pourquoi ?"), max_length=250)


class TickForm(forms.Form):
    """A word beside a line ticked by hand."""

    note = forms.CharField(label=_("Remarque"), max_length=250, required=False)
