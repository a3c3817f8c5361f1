"""What people type about a person and the roles that they hold."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core.forms import DayField
from people.forms.addresses import ADDRESS, country_choices
from people.models import Person, Scope, Territory
from people.selectors.scopes import scopes_for_roles
from people.services.invitations import PreparedRole
from people.services.persons import PersonData
from people.states import RoleKind


class PersonForm(forms.ModelForm):
    country = forms.ChoiceField(label=_("Pays"), choices=country_choices, initial="FR")
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Person
        fields = ["first_name", "last_name", "usual_name", "email", "phone", *ADDRESS, "territory"]
        help_texts = {"usual_name": _("S’il diffère du nom de naissance ; c’est lui qui s’affiche.")}

    sections = (
        (_("Identité"), (("first_name", "last_name"), "usual_name")),
        (
            _("Coordonnées"),
            (("email", "phone"), "address_line", "address_line2", ("postcode", "city"), "country"),
        ),
        (_("Rattachement"), ("territory",)),
    )

    def __init__(self, *args: Any, own: bool = False, **kwargs: Any) -> None:
        """`own`: one corrects one's contact details alone; the rest is asked for (PEO-15)."""
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version
        territory: Any = self.fields["territory"]
        territory.empty_label = _("Aucun")
        if own:
            for name in ("first_name", "last_name", "usual_name", "territory"):
                del self.fields[name]

    def data_typed(self) -> PersonData:
        typed = self.cleaned_data
        return PersonData(
            **{name: typed.get(name, getattr(self.instance, name)) for name in self.Meta.fields}
        )


class RoleForm(forms.Form):
    """Only the roles that this user may give are offered, so only they pass."""

    kind = forms.ChoiceField(label=_("Rôle"))
    scope = forms.ModelChoiceField(
        label=_("Périmètre"),
        queryset=Scope.objects.none(),
        required=False,
        empty_label=_("Toute la coopérative"),
        help_text=_("Rien ne se voit ni ne se change hors du périmètre."),
    )
    starts_on = DayField(label=_("À partir du"))
    ends_on = DayField(label=_("Jusqu’au, compris"), required=False)
    reason = forms.CharField(label=_("Motif"), max_length=300)

    sections: tuple[Any, ...] = (("", ("kind", "scope", ("starts_on", "ends_on"), "reason")),)

    def __init__(self, *args: Any, kinds: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind: Any = self.fields["kind"]
        kind.choices = [("", _("Choisir…")), *((kind, RoleKind(kind).label) for kind in kinds)]
        scope: Any = self.fields["scope"]
        scope.queryset = scopes_for_roles()
        self.fields["starts_on"].initial = timezone.localdate


class EndRoleForm(forms.Form):
    last_day = DayField(
        label=_("Dernier jour"),
        help_text=_("Hier : le rôle s’arrête tout de suite."),
    )
    reason = forms.CharField(label=_("Motif"), max_length=300)


class InvitationForm(RoleForm):
    """A new person with the role they will find when they open their account."""

    first_name = forms.CharField(label=_("Prénom"), max_length=80)
    last_name = forms.CharField(label=_("Nom"), max_length=80)
    email = forms.EmailField(label=_("Adresse e-mail"), max_length=254)
    territory = forms.ModelChoiceField(
        label=_("Territoire"), queryset=Territory.objects.all(), required=False, empty_label=_("Aucun")
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    sections = (
        (_("Qui"), (("first_name", "last_name"), "email", "territory")),
        (_("Avec quel rôle"), ("kind", "scope", ("starts_on", "ends_on"), "reason")),
    )

    def person_typed(self) -> PersonData:
        names = ("first_name", "last_name", "email", "territory")
        return PersonData(**{name: self.cleaned_data[name] for name in names})

    def role_typed(self) -> PreparedRole:
        names = ("kind", "starts_on", "scope", "ends_on")
        return PreparedRole(**{name: self.cleaned_data[name] for name in names})
