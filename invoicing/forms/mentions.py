"""What is typed about a notice of the library; its rules stand in the service."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cae.core.forms import DayField
from invoicing.models import Mention
from invoicing.selectors.mentions import STRUCTURAL
from invoicing.services.inputs import MentionContent
from invoicing.services.mentions import MOST
from invoicing.states.sales import MentionAudience, MentionNote, MentionPlace, SaleNature, VatCategory

_BLANKS = _("« {nda} » et « {assurance} » sont remplis par les réglages : coopérative, assurance décennale.")


class MentionTextForm(forms.Form):
    """A new text of a notice, from a date on."""

    title = forms.CharField(label=_("Intitulé"), max_length=MOST["title"])
    text = forms.CharField(
        label=_("Texte imprimé"),
        max_length=MOST["text"],
        help_text=_BLANKS,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    source = forms.CharField(
        label=_("Source"), max_length=MOST["source"], required=False, help_text=_("L’article qui l’exige.")
    )
    valid_from = DayField(label=_("À partir du"), help_text=_("Le texte précédent s’arrête la veille."))

    sections: Any = (("", ("title", "text", "source", "valid_from")),)


class MentionForm(MentionTextForm):
    """A notice that the cooperative adds, with the conditions that call it."""

    place = forms.ChoiceField(
        label=_("Documents"),
        choices=MentionPlace.choices,
        initial=MentionPlace.BOTH,
        widget=forms.RadioSelect,
    )
    compulsory = forms.ChoiceField(
        label=_("Elle s’imprime"),
        choices=[("yes", _("d’elle-même")), ("no", _("si l’auteur du document la choisit"))],
        initial="yes",
        widget=forms.RadioSelect,
    )
    trade = forms.CharField(
        label=_("Métier"),
        max_length=MOST["trade"],
        required=False,
        help_text=_("Vide : tous."),
    )
    nature = forms.ChoiceField(
        label=_("Nature de vente"), choices=[("", _("Toutes")), *SaleNature.choices], required=False
    )
    vat_category = forms.ChoiceField(
        label=_("Régime de TVA"), choices=[("", _("Tous")), *VatCategory.choices], required=False
    )
    audience = forms.ChoiceField(
        label=_("Clients"), choices=[("", _("Tous")), *MentionAudience.choices], required=False
    )
    note = forms.ChoiceField(
        label=_("Sujet"),
        choices=[one for one in MentionNote.choices if one[0] not in STRUCTURAL],
        help_text=_("Sous lequel elle figure dans la facture électronique."),
    )

    valid_from = DayField(label=_("À partir du"))

    sections = (
        (_("Texte"), ("title", "text", "source", "valid_from")),
        (
            _("Quand elle s’applique"),
            ("place", "compulsory", ("audience", "nature"), ("vat_category", "trade"), "note"),
        ),
    )

    def content(self) -> MentionContent:
        """What the services take; call it on a valid form only."""
        values = {name: value for name, value in self.cleaned_data.items() if name != "valid_from"}
        return MentionContent(**values | {"compulsory": values["compulsory"] == "yes"})


class EndMentionForm(forms.Form):
    """The last day of a notice."""

    on = DayField(label=_("Dernier jour"))


def text_typed(mention: Mention) -> dict[str, Any]:
    """The initial values of a new text: those of the present one."""
    return {name: getattr(mention, name) for name in ("title", "text", "source")}
