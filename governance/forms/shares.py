"""What is typed about shares: classes, movements, a movement that is only tried."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from cae.core.finding import FoundField
from cae.core.forms import AmountField, DayField
from governance.models import Associate, ShareClass
from governance.services.share_classes import ClassData
from governance.services.share_movements import MoveData
from governance.states.register import Category


class DateForm(forms.Form):
    """The day as of which one reads."""

    au = DayField(label=_("À la date du"), required=False)


class ClassForm(forms.Form):
    """What may change of a class."""

    name = forms.CharField(label=_("Nom"), max_length=80)
    article = forms.CharField(label=_("Article des statuts"), max_length=80, required=False)
    is_active = forms.BooleanField(label=_("Proposée à la souscription"), required=False, initial=True)

    def typed(self) -> ClassData:
        return ClassData(**{name: self.cleaned_data[name] for name in ClassData.__dataclass_fields__})


class OpenClassForm(ClassForm):
    """What is for ever, too."""

    code = forms.SlugField(label=_("Code"), max_length=12, help_text=_("Court : A, B, P1…"))
    nominal = AmountField(
        label=_("Valeur d’une part (€)"),
        help_text=_("Elle ne changera plus : une autre valeur, une autre catégorie."),
    )
    field_order = ("code", "name", "nominal")


class AcceptedForm(forms.Form):
    """A movement that may break limits: whoever acts accepts it, once told."""

    accepted = forms.BooleanField(
        label=_("J’accepte que ces limites soient dépassées"),
        required=False,
        help_text=_("Le journal le garde."),
        # Until a limit is broken there is nothing to accept.
        widget=forms.HiddenInput,
    )

    def ask_to_accept(self) -> None:
        self.fields["accepted"].widget = forms.CheckboxInput()


class MoveForm(AcceptedForm):
    """So many shares of a class, a day, a decision."""

    share_class = forms.ModelChoiceField(label=_("Catégorie de parts"), queryset=ShareClass.objects.none())
    quantity = forms.IntegerField(label=_("Nombre de parts"), min_value=1, max_value=1_000_000)
    on = DayField(label=_("Date"))
    decision = forms.CharField(
        label=_("Décision ou acte"), max_length=200, help_text=_("« Agrément de l’assemblée du 12/03/2026 »")
    )

    def __init__(self, *args: Any, classes: models.QuerySet[ShareClass], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["share_class"].queryset = classes  # type: ignore[attr-defined]
        only = list(classes[:2])
        if len(only) == 1:
            self.fields["share_class"].initial = only[0]

    def typed(self) -> MoveData:
        found = self.cleaned_data
        return MoveData(found["share_class"], found["quantity"], found["on"], found["decision"])


class TransferForm(MoveForm):
    """From whom to whom."""

    giver = FoundField(label=_("De"), queryset=Associate.objects.none())
    receiver = FoundField(label=_("À"), queryset=Associate.objects.none())
    field_order = ("giver", "receiver", "share_class", "quantity", "on", "decision", "accepted")

    def __init__(self, *args: Any, givers: Any, receivers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["giver"].queryset = givers  # type: ignore[attr-defined]
        self.fields["receiver"].queryset = receivers  # type: ignore[attr-defined]


class EnterSharesForm(MoveForm):
    """Shares of before the register was kept here."""

    associate = FoundField(label=_("Associé·e"), queryset=Associate.objects.none())
    field_order = ("associate", "share_class", "quantity", "on", "decision", "accepted")

    def __init__(self, *args: Any, associates: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["associate"].queryset = associates  # type: ignore[attr-defined]


class UndoForm(forms.Form):
    """Why something is undone, and from when."""

    reason = forms.CharField(label=_("Motif"), max_length=200)
    on = DayField(label=_("Date de l’annulation"))


class TryForm(forms.Form):
    """A movement that is only tried: nothing is written."""

    SUBSCRIPTION, NEWCOMER, TRANSFER, WITHDRAWAL = "subscription", "newcomer", "transfer", "withdrawal"
    what = forms.ChoiceField(
        label=_("Mouvement"),
        choices=[
            (SUBSCRIPTION, _("Un·e associé·e souscrit")),
            (NEWCOMER, _("Une personne entre et souscrit")),
            (TRANSFER, _("Une cession")),
            (WITHDRAWAL, _("Un retrait")),
        ],
    )
    amount = AmountField(label=_("Montant (€)"), min_value=0)
    giver = FoundField(label=_("De (cession, retrait)"), queryset=Associate.objects.none(), required=False)
    receiver = FoundField(
        label=_("À (souscription, cession)"), queryset=Associate.objects.none(), required=False
    )
    category = forms.ChoiceField(
        label=_("Catégorie de qui entre"),
        choices=[("", _("Sans objet")), *Category.choices],
        required=False,
    )

    def __init__(self, *args: Any, givers: Any, receivers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["giver"].queryset = givers  # type: ignore[attr-defined]
        self.fields["receiver"].queryset = receivers  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        asked = {
            self.SUBSCRIPTION: ("receiver",),
            self.NEWCOMER: ("category",),
            self.TRANSFER: ("giver", "receiver"),
            self.WITHDRAWAL: ("giver",),
        }
        for name in asked.get(found.get("what", ""), ()):
            if not found.get(name) and name not in self.errors:
                self.add_error(name, _("Ce mouvement en a besoin."))
        return found
