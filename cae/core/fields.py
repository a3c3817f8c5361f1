"""The column types that carry a meaning of the trade."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from stdnum.fr import siren, siret


class MoneyField(models.DecimalField):  # type: ignore[type-arg]  # not subscriptable at run time
    """Euros with two decimals, up to 9 999 999 999,99."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **({"max_digits": 12, "decimal_places": 2} | kwargs))


class RateField(models.DecimalField):  # type: ignore[type-arg]  # not subscriptable at run time
    """A fraction with four decimals: 10 % is 0.1000."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **({"max_digits": 6, "decimal_places": 4} | kwargs))


def validate_siren(value: str) -> None:
    """Raises ValidationError unless `value` is nine digits with a right key (INSEE, Luhn)."""
    if not siren.is_valid(value):
        raise ValidationError(
            _("Ce numéro SIREN n’existe pas : vérifiez ses neuf chiffres."), code="siren_invalid"
        )


def validate_siret(value: str) -> None:
    """Raises ValidationError unless `value` is fourteen digits with a right key (INSEE, Luhn)."""
    if not siret.is_valid(value):
        raise ValidationError(
            _("Ce numéro SIRET n’existe pas : vérifiez ses quatorze chiffres."), code="siret_invalid"
        )


class _Digits(models.CharField):  # type: ignore[type-arg]  # not subscriptable at run time
    """Digits kept without the spaces people type."""

    def to_python(self, value: Any) -> Any:
        found = super().to_python(value)
        return "".join(found.split()) if isinstance(found, str) else found


class SirenField(_Digits):
    """The nine digits of a French firm."""

    default_validators = [validate_siren]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **({"max_length": 9} | kwargs))


class SiretField(_Digits):
    """The fourteen digits of a French establishment."""

    default_validators = [validate_siret]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **({"max_length": 14} | kwargs))
