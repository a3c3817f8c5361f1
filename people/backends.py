"""Signs people in as allauth does, and reads an account with its person: every page shows their name."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.utils import timezone

from cae.core.questions import Given, Question
from people.models import User

_ACCOUNT = Question(lambda: User.objects.select_related("person").filter(pk=Given("pk")))


class AccountBackend(AuthenticationBackend):
    def get_user(self, user_id: int) -> User | None:
        """Gives the account of a session; none once it is closed."""
        account = _ACCOUNT.first(pk=user_id)
        return account if account and self.user_can_authenticate(account) else None

    def user_can_authenticate(self, user: Any) -> bool:
        """The planned day closes an account at its first minute, the scheduler being awake or not."""
        return super().user_can_authenticate(user) and not user.is_due_to_close(timezone.localdate())
