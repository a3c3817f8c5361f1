"""How allauth behaves here: no sign-up, mails as rows, encrypted secrets, a factor staff cannot drop."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from cae.core import secrets
from people import devices
from people.assisting import give_back
from people.emails import security_email
from people.models import User
from people.notices import tell_of_new_device
from people.selectors import needs_second_factor
from people.selectors.accounts import second_factors
from people.services.accounts import close_due_account
from people.services.sessions import end_sessions

JUST_NOW = timedelta(minutes=5)
# What the secrets of factors are locked for.
SECOND_FACTOR = "second factor"


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

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        """An account whose last day is past closes now, were the scheduler asleep."""
        today = timezone.localdate()
        if user.is_due_to_close(today):
            user.is_active = close_due_account(user, on=today).is_active
        answer: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return answer

    def post_login(self, request: HttpRequest, user: User, *, signup: bool, **kwargs: Any) -> HttpResponse:
        """A browser that never let this account in is told by mail; not the one that has just opened it."""
        answer: HttpResponse = super().post_login(request, user, signup=signup, **kwargs)
        if not signup and not devices.is_known(request, user):
            device = devices.device_of(request)
            tell_of_new_device(user, lambda: device.words, address=device.address, now=timezone.now())
        devices.remember(request, answer, user)
        return answer

    def logout(self, request: HttpRequest) -> None:
        """Whoever leaves while acting for somebody gives the name back."""
        give_back(request)
        super().logout(request)

    def set_password(self, user: User, password: str) -> None:
        """Whoever held the former password is out, on every browser but this one."""
        super().set_password(user, password)
        end_sessions(user, kept=self.request.session.session_key)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A mail is a row of the transaction that caused it, like every other mail of the house."""
        account = User.objects.filter(email=email.lower()).first()
        security_email(template_prefix, to=email, context=context, account=account)


class SecondFactorAdapter(DefaultMFAAdapter):
    def encrypt(self, text: str) -> str:
        return secrets.encrypt(text, purpose=SECOND_FACTOR)

    def decrypt(self, encrypted_text: str) -> str:
        return secrets.decrypt(encrypted_text, purpose=SECOND_FACTOR)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Whoever must have a second factor keeps at least one."""
        user = authenticator.user
        return not needs_second_factor(user) or second_factors(user).exclude(pk=authenticator.pk).exists()

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002
        """Says which browser made the key: that is how its owner will know it."""
        return devices.device_of(context.request).words
