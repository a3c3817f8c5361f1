"""The forms of passkeys, in our words; a credential that no browser would send is refused with a sentence."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# What the readers of allauth and fido2 raise on a text that is not a credential.
UNREADABLE = (AttributeError, KeyError, TypeError, ValueError)


def _not_recognised() -> ValidationError:
    return ValidationError(_("Cette clé n’a pas été reconnue. Recommencez depuis le début de la page."))


class AddPasskeyForm(AddWebAuthnForm):
    name = forms.CharField(
        label=gettext_lazy("Nom de la clé"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("Pour la reconnaître : « téléphone », « clé bleue »…"),
    )
    passwordless = forms.BooleanField(
        label=gettext_lazy("Me connecter avec elle, sans mot de passe"),
        initial=True,
        required=False,
        help_text=gettext_lazy(
            "Votre appareil vérifiera que c’est vous : code, empreinte ou visage. Décoché, la clé s’ajoute au"
            " mot de passe."
        ),
    )
    field_order = ("name", "passwordless", "credential")

    def clean(self) -> dict[str, Any]:
        try:
            return dict(super().clean())
        except (*UNREADABLE, ValidationError):
            raise _not_recognised() from None


class _Reading:
    """Says in one sentence that a key was not recognised, whatever the reason."""

    def clean_credential(self) -> Authenticator:
        try:
            found: Authenticator = super().clean_credential()  # type: ignore[misc]
        except (*UNREADABLE, ValidationError):
            raise _not_recognised() from None
        return found


class SignInPasskeyForm(_Reading, LoginWebAuthnForm):
    pass


class AuthenticatePasskeyForm(_Reading, AuthenticateWebAuthnForm):
    pass


class ReauthenticatePasskeyForm(_Reading, ReauthenticateWebAuthnForm):
    pass


class RenamePasskeyForm(EditWebAuthnForm):
    name = forms.CharField(label=gettext_lazy("Nom de la clé"), max_length=80)
