"""Who uses a place, in figures: how long they have been there, where they come from, genders and trades
(COW-25). Gender and trade are told of five people at least, and open no names."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cae.core.options import options_on
from cae.core.small_groups import told_apart
from coworking.calculations.lengths import BANDS, band_of, middle, whole_months
from coworking.models import Booking, Member, Place
from coworking.selectors.availability import stretch_of
from coworking.selectors.booking_words import length_words
from coworking.states.members import MemberOrigin
from people.models import CivilRecord
from people.options import CIVILITIES


@dataclass
class Group:
    """Members under one heading, and what they booked in the month; `key` opens them, if they are opened."""

    key: str
    label: str
    people: int = 0
    count: int = 0
    minutes: int = 0

    @property
    def length(self) -> str:
        return length_words(self.minutes)

    def add(self, other: Group) -> None:
        self.people += other.people
        self.count += other.count
        self.minutes += other.minutes


@dataclass(frozen=True)
class MemberFigures:
    """Of those who work in a place on a day."""

    on: date
    people: int
    # Whole months; None of nobody.
    middle: int | None
    bands: list[Group] = field(default_factory=list)
    origins: list[Group] = field(default_factory=list)
    genders: list[Group] = field(default_factory=list)
    trades: list[Group] = field(default_factory=list)

    @property
    def middle_words(self) -> str:
        return "" if self.middle is None else months_words(self.middle)


def band_words(least: int) -> str:
    return {
        0: _("moins de trois mois"),
        3: _("de trois mois à un an"),
        12: _("d’un an à trois ans"),
        36: _("trois ans et plus"),
    }[least]


def months_words(months: int) -> str:
    """« 7 mois », « 1 an », « 2 ans et 3 mois »."""
    years, rest = divmod(months, 12)
    said_years = ngettext("%(count)d an", "%(count)d ans", years) % {"count": years}
    said_rest = ngettext("%(count)d mois", "%(count)d mois", rest) % {"count": rest}
    if not years:
        return said_rest
    return _("%(years)s et %(months)s") % {"years": said_years, "months": said_rest} if rest else said_years


def members_on(place: Place, on: date) -> QuerySet[Member]:
    """Those who work there that day."""
    return Member.objects.in_force(on).filter(place=place)


def members_counted(place: Place, on: date, *, band: int | None = None, origin: str = "") -> QuerySet[Member]:
    """Those that a figure counts: of a length, of an origin."""
    rows = members_on(place, on)
    if origin:
        rows = rows.filter(origin=origin)
    if band is not None:
        since = rows.order_by().values_list("pk", "starts_on")
        rows = rows.filter(pk__in=[key for key, day in since if band_of(whole_months(day, on)) == band])
    return rows


def member_figures(place: Place, bookings: Iterable[Booking], on: date) -> MemberFigures:
    """What is told of the members of a day, and of what they booked among these bookings."""
    members = list(members_on(place, on).order_by("pk"))
    used = {one.pk: Group("", "", people=1) for one in members}
    for booking in bookings:
        if (mine := used.get(booking.member_id or 0)) is not None:
            mine.count += 1
            mine.minutes += stretch_of(booking.during).minutes
    months = {one.pk: whole_months(one.starts_on, on) for one in members}
    genders = _genders(members, on)

    def grouped(label: Callable[[Member], tuple[str, str]]) -> list[Group]:
        found: dict[str, Group] = {}
        for one in members:
            key, word = label(one)
            found.setdefault(key, Group(key, word)).add(used[one.pk])
        return list(found.values())

    bands = grouped(lambda one: (str(band_of(months[one.pk])), band_words(band_of(months[one.pk]))))
    origins = grouped(lambda one: (one.origin, str(one.get_origin_display())))
    order = [str(one) for one in MemberOrigin.values]
    return MemberFigures(
        on,
        len(members),
        middle(list(months.values())),
        sorted(bands, key=lambda one: BANDS.index(int(one.key))),
        sorted(origins, key=lambda one: order.index(one.key)),
        unnamed(grouped(lambda one: (genders[one.person_id], genders[one.person_id]))),
        unnamed(grouped(_trade)),
    )


def unnamed(groups: list[Group]) -> list[Group]:
    """The same, most people first, those of a few as one row, the last; none when all of them are few."""
    groups = sorted(groups, key=lambda one: (-one.people, one.label))
    by_key = {one.key: one for one in groups}
    apart, together = told_apart({one.key: one.people for one in groups})
    rows = [by_key[key] for key in apart]
    if together:
        rest = Group("", _("Les autres, réunis"))
        for key in together:
            rest.add(by_key[key])
        rows.append(rest)
    return rows


def _trade(member: Member) -> tuple[str, str]:
    """As it was typed first: « Graphiste » and « graphiste » are one."""
    said = " ".join(member.trade.split())
    return (said.casefold(), said) if said else ("", _("Métier non dit"))


def _genders(members: list[Member], on: date) -> dict[int, str]:
    """By the key of a person, the word of their civility."""
    words = options_on(CIVILITIES, on=on)
    rows = CivilRecord.objects.filter(person__in=[one.person_id for one in members])
    known = dict(rows.order_by().values_list("person", "civility"))
    return {
        one.person_id: str(words.label_of(known[one.person_id]))
        if known.get(one.person_id)
        else _("Non renseignée")
        for one in members
    }
