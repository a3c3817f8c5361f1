"""How allauth behaves here: no sign-up, mails as rows, encrypted secrets, a factor staff cannot drop."""

from __future__ import annotations

import base64
import hashlib
from datetime import timedelta
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from people.emails import security_email
from people.models import User
from people.selectors import needs_second_factor

JUST_NOW = timedelta(minutes=5)


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """An account is opened by a personal invitation, never from the sign-up page."""
        return False

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whoever has just typed a password is not asked for it again to activate the second factor."""
        signed_in_at = self.request.user.last_login
        if signed_in_at and timezone.now() - signed_in_at < JUST_NOW:
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A mail is a row of the transaction that caused it, like every other mail of the house."""
        account = User.objects.filter(email=email.lower()).first()
        security_email(template_prefix, to=email, context=context, account=account)


class SecondFactorAdapter(DefaultMFAAdapter):
    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _box().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Whoever must have a second factor cannot take it off alone."""
        return not needs_second_factor(authenticator.user)


def _box() -> MultiFernet:
    """The keys follow SECRET_KEY and the former ones, so that a change of key loses nobody's factor."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derived(str(key))) for key in keys])


def _derived(key: str) -> bytes:
    return base64.urlsafe_b64encode(hashlib.sha256(b"alveole second factor " + key.encode()).digest())
