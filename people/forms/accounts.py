"""What people type about accounts: signing in, opening one by an invitation, closing it, preferences."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import AddEmailForm, LoginForm, ResetPasswordForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cae.core.forms import DayField
from people.models import Person, User
from people.services.accounts import Preferences

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
