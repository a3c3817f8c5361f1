"""The account: an e-mail, a password, preferences; rights come from dated roles, never from here."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from people.states import Density, Language, Theme


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user: User = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser):
    email = models.EmailField(_("adresse e-mail"), max_length=254, unique=True)
    person = models.OneToOneField(
        "people.Person",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="user",
        verbose_name=_("personne"),
    )
    is_active = models.BooleanField(_("compte ouvert"), default=True)
    # Decided beforehand (the end of a contract): from the beginning of that day, nobody signs in any more.
    closes_on = models.DateField(_("se ferme le"), null=True, blank=True)
    language = models.CharField(_("langue"), max_length=2, choices=Language, default=Language.FRENCH)
    theme = models.CharField(_("apparence"), max_length=10, choices=Theme, default=Theme.SYSTEM)
    density = models.CharField(_("densité"), max_length=10, choices=Density, default=Density.COMFORT)
    shortcuts = models.BooleanField(_("raccourcis clavier"), default=True)
    created_at = models.DateTimeField(_("créé le"), default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("compte d’accès")
        verbose_name_plural = _("comptes d’accès")
        constraints = [
            # One spelling per address, so that `unique` is unique whatever the case typed.
            models.CheckConstraint(condition=Q(email=Lower(F("email"))), name="user_email_lower_case"),
            models.CheckConstraint(condition=Q(language__in=Language.values), name="user_language_known"),
            models.CheckConstraint(condition=Q(theme__in=Theme.values), name="user_theme_known"),
            models.CheckConstraint(condition=Q(density__in=Density.values), name="user_density_known"),
        ]

    def __str__(self) -> str:
        return self.get_full_name()

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        """Also forgets the rights read for this request (selectors/rights.py)."""
        self.__dict__.pop("rights_read", None)
        super().refresh_from_db(*args, **kwargs)

    @cached_property
    def rights_read(self) -> dict[tuple[str, date], Any]:
        """What was read about this person's rights, kept as long as this object: one request."""
        return {}

    def is_due_to_close(self, on: date) -> bool:
        """The day planned for its closing has come, whether or not the night’s job has run."""
        return self.is_active and self.closes_on is not None and self.closes_on <= on

    def get_full_name(self) -> str:
        return self.person.full_name if self.person else self.email

    def get_short_name(self) -> str:
        return self.person.first_name if self.person else self.email
