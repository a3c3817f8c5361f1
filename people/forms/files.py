"""What people type about persons, roles, organisations and territories: parsed, validated, never saved."""

from __future__ import annotations

import uuid
from typing import Any

from allauth.account.forms import AddEmailForm, LoginForm, ResetPasswordForm
from babel import Locale
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cae.core.forms import DayField
from people.models import Organisation, Person, Scope, Territory, User
from people.selectors.scopes import followable_scopes, scopes_for_roles
from people.services.accounts import Preferences
from people.services.invitations import PreparedRole
from people.services.organisations import ContactData, OrganisationData
from people.services.persons import PersonData
from people.services.territories import TerritoryData
from people.states import RelationKind, RoleKind
from people.states.situations import ZoneKind

ADDRESS = ("address_line", "address_line2", "postcode", "city", "country")


def country_choices() -> list[tuple[str, str]]:
    """Countries in the language of the page, France first."""
    names = Locale.parse(get_language() or "fr", sep="-").territories
    countries = sorted((name, code) for code, name in names.items() if len(code) == 2 and code.isalpha())
    return [("FR", names["FR"]), *((code, name) for name, code in countries if code not in {"FR", "ZZ"})]


# allauth’s own word is another one.
EMAIL_WORD = _("Adresse e-mail")


class SignInForm(LoginForm):
    """That of allauth, less a link of its own: it stood between the address and the password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = EMAIL_WORD
        self.fields["password"].help_text = ""


class ForgottenPasswordForm(ResetPasswordForm):
    """That of allauth, with our word."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = EMAIL_WORD


class AddressForm(AddEmailForm):
    """That of allauth, with our words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("Nouvelle adresse e-mail")


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


class AcceptForm(forms.Form):
    """A password, twice; the rules are those of the settings, told before and after."""

    # Shown, and offered to password managers; what comes back is not read.
    email = forms.EmailField(
        label=_("Adresse de connexion"),
        widget=forms.EmailInput(attrs={"readonly": True, "autocomplete": "username"}),
    )
    password = forms.CharField(
        label=_("Mot de passe"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Douze caractères au moins. Une phrase se retient mieux qu’un mot compliqué."),
    )
    again = forms.CharField(
        label=_("Le même, une seconde fois"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.initial["email"] = person.email

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, User(email=self.person.email))
        return password

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("password", again):
            raise ValidationError(_("Les deux mots de passe diffèrent."))
        return again


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Motif"), max_length=300)


class ClosingForm(ReasonForm):
    closes_on = DayField(
        label=_("Jour de fermeture"),
        required=False,
        help_text=_("Dès le début de ce jour, personne ne se connecte plus. Vide : le compte reste ouvert."),
    )
    field_order = ("closes_on", "reason")


class AssistanceForm(forms.Form):
    reason = forms.CharField(
        label=_("Motif"),
        max_length=300,
        help_text=_("Ce que la personne vous a demandé ; elle le lira."),
    )


class PreferencesForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["language", "theme", "density", "shortcuts"]
        widgets = {"language": forms.RadioSelect, "theme": forms.RadioSelect, "density": forms.RadioSelect}
        help_texts = {"shortcuts": _("Touches simples comme « ? » (aide) et « n » (nouveau).")}

    def data_typed(self) -> Preferences:
        return Preferences(**self.cleaned_data)


class OrganisationForm(forms.ModelForm):
    # Checked by the service, whose sentence names the organisation that already bears the number.
    NUMBERS = ("siren", "siret")

    relations = forms.MultipleChoiceField(
        label=_("Pour nous, c’est"),
        choices=RelationKind.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    siren = forms.CharField(
        label=_("SIREN"), max_length=20, required=False, help_text=_("Neuf chiffres ; une fiche par SIREN.")
    )
    siret = forms.CharField(
        label=_("SIRET"), max_length=25, required=False, help_text=_("Quatorze chiffres.")
    )
    country = forms.ChoiceField(label=_("Pays"), choices=country_choices, initial="FR")
    social_links = forms.CharField(
        label=_("Réseaux sociaux"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=2000,
        help_text=_("Une adresse par ligne."),
    )
    website = forms.URLField(label=_("Site web"), required=False, assume_scheme="https")
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid.uuid4)

    class Meta:
        model = Organisation
        fields = [
            *("name", "kind", "relations", "vat_number", "email", "phone"),
            *("website", "social_links", "note", *ADDRESS),
        ]
        widgets = {"note": forms.Textarea(attrs={"rows": 4})}

    sections = (
        (_("Identité"), ("name", "kind", "relations", ("siren", "siret"), "vat_number")),
        (_("Adresse"), ("address_line", "address_line2", ("postcode", "city"), "country")),
        (_("Joindre"), (("email", "phone"), "website", "social_links")),
        (_("Remarques"), ("note",)),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["social_links"] = "\n".join(self.instance.social_links)
        self.initial["version"] = self.instance.version if self.instance.pk else None
        self.initial.update({name: getattr(self.instance, name) for name in self.NUMBERS})

    def clean_social_links(self) -> list[str]:
        links = self.cleaned_data["social_links"].split()
        for link in links:
            URLValidator(schemes=["http", "https"])(link)
        return links

    def siren_typed(self) -> str:
        """The nine digits that say which firm it is, read from the SIRET if it stands alone."""
        return "".join((self.data.get("siren") or self.data.get("siret", "")).split())[:9]

    def data_typed(self) -> OrganisationData:
        return OrganisationData(
            **{name: self.cleaned_data[name] for name in (*self.Meta.fields, *self.NUMBERS)}
        )


class ContactForm(forms.Form):
    name = forms.CharField(label=_("Nom"), max_length=160, required=False)
    function = forms.CharField(label=_("Fonction"), max_length=120, required=False)
    email = forms.EmailField(label=_("Adresse e-mail"), max_length=254, required=False)
    phone = forms.CharField(label=_("Téléphone"), max_length=20, required=False)

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        if any(typed.values()) and not typed.get("name"):
            self.add_error("name", _("Indiquez le nom du contact, ou videz la ligne."))
        return typed


ContactFormSet = forms.formset_factory(ContactForm, extra=2, max_num=40)


def contacts_typed(formset: Any) -> list[ContactData]:
    """The lines that name somebody; an emptied line takes the contact away."""
    return [ContactData(**form.cleaned_data) for form in formset.forms if form.cleaned_data.get("name")]


class TerritoryForm(forms.ModelForm):
    opened_on = DayField(label=_("Existe depuis le"), required=False)
    closed_on = DayField(
        label=_("Jusqu’au, compris"),
        required=False,
        help_text=_("Une commune qui fusionne se ferme ; ses chiffres passés restent."),
    )

    class Meta:
        model = Territory
        fields = ["name", "code", "kind", "parent", "opened_on", "closed_on"]
        help_texts = {"code": _("Code officiel (INSEE) ou code choisi, sans doublon.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parent: Any = self.fields["parent"]
        parent.empty_label = _("Rien : en haut de l’arbre")

    def validate_unique(self) -> None:
        """Left to the service, which says it in one sentence."""

    def data_typed(self) -> TerritoryData:
        return TerritoryData(**self.cleaned_data)


class TerritoryDayForm(forms.Form):
    au = DayField(label=_("Chiffres au"), required=False)


class TerritoryCountForm(forms.Form):
    population = forms.IntegerField(label=_("Population"), min_value=0, max_value=2_000_000_000)
    zone = forms.ChoiceField(label=_("Zone"), choices=ZoneKind.choices, widget=forms.RadioSelect)
    valid_from = DayField(label=_("À partir du"), initial=timezone.localdate)
    source = forms.CharField(label=_("Source"), max_length=160, help_text=_("INSEE, recensement de…"))


class PortfolioForm(forms.Form):
    label = forms.CharField(label=_("Nom du portefeuille"), max_length=160)
    scopes = forms.ModelMultipleChoiceField(
        label=_("Activités et projets suivis"),
        queryset=Scope.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Une activité est dans un seul portefeuille : la cocher ici la retire de l’autre."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scopes: Any = self.fields["scopes"]
        scopes.queryset = followable_scopes()
        scopes.label_from_instance = lambda scope: scope.label
