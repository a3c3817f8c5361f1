"""How amounts, rates, dates and official numbers are written, everywhere in the same French way."""

import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cae.core import elision
from cae.core.kept_words import translated

register = template.Library()
register.filter(translated)

THIN = "\u202f"
NBSP = "\u00a0"
MINUS = "\u2212"
NOTHING = "—"
CENT = Decimal("0.01")
# The spaces that French puts before its high signs and inside its quotation marks.
# The first of a month, where the month is written as French writes it.
_FIRST = re.compile(r"\b1(?= [a-zéû])")
_UNBOUND = re.compile(r" (?=[:;!?»%€])|(?<=«) ")


def grouped(value: Decimal, places: int) -> str:
    """`value` with `places` decimals, thousands parted by a thin non-breaking space, decimals by a comma."""
    rounded = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    sign = MINUS if rounded < 0 else ""
    return sign + f"{abs(rounded):,.{places}f}".replace(",", THIN).replace(".", ",")


def exact(value: object) -> Decimal:
    """`value` as a Decimal; a float is a programming error, never money."""
    if isinstance(value, float):
        raise TypeError("a float is not an amount")
    return value if isinstance(value, Decimal) else Decimal(str(value))


@register.filter
def money(value: object) -> str:
    """1234.5 → « 1 234,50 € »; nothing → « — »."""
    return NOTHING if value is None or value == "" else f"{grouped(exact(value), 2)}{NBSP}€"


@register.filter
def amount(value: object) -> str:
    """1234.5 → « 1 234,50 », for columns whose heading names the euro."""
    return NOTHING if value is None or value == "" else grouped(exact(value), 2)


@register.filter
def quantity(value: object) -> str:
    """1.2500 → « 1,25 »; 3.0000 → « 3 »."""
    if value is None or value == "":
        return NOTHING
    found = exact(value)
    places = max(0, -int(found.normalize().as_tuple().exponent))
    return grouped(found, places)


@register.filter
def price(value: object) -> str:
    """The price of a unit: 8.4 → « 8,40 € », 0.1255 → « 0,1255 € »; nothing → « — »."""
    if value is None or value == "":
        return NOTHING
    found = exact(value)
    return f"{grouped(found, max(2, -int(found.normalize().as_tuple().exponent)))}{NBSP}€"


@register.filter
def percent(value: object) -> str:
    """0.0550 → « 5,5 % »: rates are fractions (RateField)."""
    return NOTHING if value is None or value == "" else f"{quantity(exact(value) * 100)}{NBSP}%"


def local(value: date | datetime) -> date | datetime:
    """An instant is read on the clock of Paris; a day is itself."""
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


@register.filter
def day(value: date | datetime | None) -> str:
    """25/11/2026; nothing → « — »."""
    return local(value).strftime("%d/%m/%Y") if value else NOTHING


@register.filter
def spelled(value: date | datetime | None, shape: str = "j F Y") -> str:
    """A day in words: « 1er décembre 2026 », « 1 December 2026 »; `shape` as Django's `date` has it."""
    if not value:
        return NOTHING
    return _FIRST.sub("1er", date_format(local(value), shape))


@register.filter
def moment(value: datetime | None) -> str:
    """25/11/2026 à 14:02."""
    if not value:
        return NOTHING
    there = local(value)
    return _("%(day)s à %(time)s") % {"day": f"{there:%d/%m/%Y}", "time": f"{there:%H:%M}"}


def spoken(days: int) -> str:
    """The distance of a day from today, in words."""
    if days == 0:
        return _("aujourd’hui")
    if days == -1:
        return _("hier")
    if days == 1:
        return _("demain")
    count = abs(days)
    if count < 60:
        shape = ngettext("%(count)s jour", "%(count)s jours", count) % {"count": count}
    elif count < 730:
        shape = ngettext("%(count)s mois", "%(count)s mois", count // 30) % {"count": count // 30}
    else:
        shape = ngettext("%(count)s an", "%(count)s ans", count // 365) % {"count": count // 365}
    return _("il y a %(span)s") % {"span": shape} if days < 0 else _("dans %(span)s") % {"span": shape}


@register.filter
def since(value: date | datetime | None) -> str:
    """« il y a 3 jours », « hier », « dans 2 mois »; stands next to a date, never in its place."""
    if not value:
        return ""
    there = local(value)
    found = there.date() if isinstance(there, datetime) else there
    return spoken((found - timezone.localdate()).days)


@register.filter
def dated(value: date | datetime | None) -> SafeString | str:
    """A day with its relative help: « 22/11/2026 (il y a 3 jours) », as a <time> element."""
    if not value:
        return NOTHING
    there = local(value)
    return format_html(
        '<time datetime="{}">{} <span class="soft">({})</span></time>',
        there.isoformat(),
        day(value),
        since(value),
    )


@register.simple_tag
def elided(sentence: str, **values: object) -> str:
    """{% elided _("une activité de %(name)s") name=name %} → « une activité d’Anne »."""
    # Between the quotes of a tag Django doubles each percent sign, which no catalogue does.
    return elision.elided(_(str(sentence).replace("%%", "%")), values)


@register.filter(is_safe=True)
def bound(value: object) -> str:
    """« : » and « » » never begin a line, « « » never ends one: their spaces do not break."""
    return _UNBOUND.sub(NBSP, str(value))


def in_groups(text: str, sizes: tuple[int, ...]) -> str:
    """`text` cut in groups of these sizes, kept together on one line."""
    found, groups = "".join(text.split()), []
    for size in sizes:
        groups.append(found[:size])
        found = found[size:]
    return NBSP.join(group for group in [*groups, found] if group)


@register.filter
def siren(value: str | None) -> str:
    """552100554 → « 552 100 554 »."""
    return in_groups(value, (3, 3, 3)) if value else NOTHING


@register.filter
def siret(value: str | None) -> str:
    """55210055400013 → « 552 100 554 00013 »."""
    return in_groups(value, (3, 3, 3, 5)) if value else NOTHING


@register.filter
def iban(value: str | None) -> str:
    """FR7630006000011234567890189 → « FR76 3000 6000 … »."""
    return in_groups(value, (4,) * 9) if value else NOTHING


@register.filter
def breakable(value: str) -> str:
    """The same words, whose line may end at each of their spaces: a long number in a narrow card."""
    return value.replace(NBSP, " ")


@register.filter
def held_value(value: object) -> str:
    """Gives what a table of personal data holds in words: a day, an instant, an amount, yes or no."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return _("Oui") if value else _("Non")
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    return amount(value) if isinstance(value, Decimal) else str(value)
