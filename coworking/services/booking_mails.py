"""What people are told of their bookings: under the bell of those who have an account, by mail to others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from cae.core.links import create_link, live_links_of, withdraw_link
from cae.core.mail import queue_email
from cae.core.notices import notify
from coworking.calculations.stretches import Stretch
from coworking.models import Booking, WaitingPlace
from coworking.selectors.booking_words import span_words
from coworking.selectors.places import runners_of
from coworking.states.bookings import BookingState
from people.models import Person, User

BOOKING_TOLD = "coworking.booking"
BOOKING_ASKED = "coworking.booking_asked"
WAITING_OFFERED = "coworking.waiting_offered"
WAITING_STOPPED = "coworking.waiting_stopped"
# Opens the page of a booking to somebody without account.
BOOKING_LINK = "coworking.booking"
# Days after the booking during which its link still opens.
_AFTER = timedelta(days=60)
# What one writes in a calendar, or corrects there.
_DATED = ("booked", "approved", "moved", "cancelled")


def _words(
    booking: Booking, what: str, before: Stretch | None
) -> tuple[Callable[[], str], Callable[[], str]]:
    """The sentence and what follows it, in the language of whoever reads."""
    span = before if before is not None else booking.during

    def subject() -> str:
        values = {"name": booking.resource, "span": span_words(span), "place": booking.place}
        return {
            "asked": _("Demande reçue : %(name)s, %(span)s"),
            "booked": _("Réservée pour vous : %(name)s, %(span)s"),
            "approved": _("Réservation validée : %(name)s, %(span)s"),
            "refused": _("Demande refusée : %(name)s, %(span)s"),
            "cancelled": _("Réservation annulée : %(name)s, %(span)s"),
            "moved": _("Réservation déplacée : %(name)s, prévue %(span)s"),
            "recounted": _("Formule changée, prix compté de nouveau : %(name)s, %(span)s"),
            "missed": _("Sans arrivée, la place est libérée : %(name)s, %(span)s"),
            "reminder": _("Rappel : %(name)s, %(span)s"),
        }[what] % values

    def text() -> str:
        lines = [f"{booking.place}, {booking.place.city}"]
        if before is not None:
            lines.append(_("Nouvelle heure : %(span)s.") % {"span": span_words(booking.during)})
        if what == "recounted":
            lines.append(booking.working or _("Rien n’est dû."))
        if booking.reason:
            lines.append(_("Motif : %(reason)s") % {"reason": booking.reason})
        return "\n".join(lines)

    return subject, text


def tell_holder(booking: Booking, what: str, *, actor: Any, before: Stretch | None = None) -> None:
    """Does: tells who holds a booking what became of it; who did it themselves is told nothing. Refuses:
    nothing. Leaves behind: a notice, or a mail with a personal link to who has no account."""
    subject, text = _words(booking, what, before)
    person = booking.member.person if booking.member else booking.person
    accounts = _accounts(person) if person is not None else []
    if accounts:
        notify(
            accounts,
            BOOKING_TOLD,
            subject=subject,
            text=lambda: _with_file(booking, what, text()),
            url=booking.get_absolute_url(),
            about=booking,
            actor=actor,
        )
    elif email := person.email if person is not None else booking.email:
        _mail(booking, what, subject(), text(), actor, to=email)


def _with_file(booking: Booking, what: str, text: str) -> str:
    """What is said, and where one’s calendar takes the booking from."""
    if what not in _DATED:
        return text
    file = settings.SITE_URL + reverse("coworking:booking_file", args=[booking.pk])
    return "\n".join([text, _("Pour votre agenda : %(url)s") % {"url": file}])


def tell_made(bookings: Sequence[Booking], *, actor: Any) -> None:
    """Does: tells who holds these bookings, made at once, that somebody else made them. Refuses: nothing.
    Leaves behind: what `tell_holder` leaves for one, one notice for several; nothing when nobody acted."""
    first = bookings[0]
    what = "asked" if first.state == BookingState.ASKED else "booked"
    if actor is None:
        return
    if len(bookings) == 1:
        tell_holder(first, what, actor=actor)
        return
    person = first.member.person if first.member else first.person

    def subject() -> str:
        values = {"count": len(bookings), "name": first.resource, "span": span_words(first.during)}
        return _("Réservées pour vous (%(count)d) : %(name)s, la première %(span)s") % values

    url = (first.series or first.basket or first).get_absolute_url()
    accounts = _accounts(person) if person is not None else []
    notify(accounts, BOOKING_TOLD, subject=subject, url=url, about=first, actor=actor)
    if person is not None and not accounts and person.email:
        _mail(first, what, subject(), "", actor, to=person.email)


def _mail(booking: Booking, what: str, subject: str, text: str, actor: Any, *, to: str) -> None:
    ends_at = booking.during.upper + _AFTER
    for link in live_links_of(booking, BOOKING_LINK):
        withdraw_link(link, actor=actor, at=booking.state_since)
    _link, token = create_link(booking, purpose=BOOKING_LINK, ends_at=ends_at, actor=actor)
    url = settings.SITE_URL + reverse("coworking:hire_page", args=[token])
    queue_email(
        to=to,
        subject=subject,
        context={
            "paragraphs": text.splitlines(),
            "button": _("Voir la réservation"),
            "url": url,
            "why": _("Vous recevez cet e-mail parce que vous avez demandé cette réservation.")
            if booking.email
            else _("Vous recevez cet e-mail parce que cette réservation est à votre nom."),
        },
        cause=f"coworking.booking.{what}",
        about=booking,
        actor=actor,
        secret=url,
    )


def tell_team(bookings: Sequence[Booking], *, actor: Any) -> None:
    """Does: tells those who run the place that bookings, asked at once, wait for their word. Refuses:
    nothing. Leaves behind: notices."""
    first = bookings[0]

    def subject() -> str:
        values = {"who": first.holder, "name": first.resource, "span": span_words(first.during)}
        if len(bookings) == 1:
            return _("À valider : %(who)s demande %(name)s, %(span)s") % values
        values["count"] = len(bookings)
        return _("À valider (%(count)d) : %(who)s demande %(name)s, la première fois %(span)s") % values

    url = first.get_absolute_url() if len(bookings) == 1 else reverse("coworking:booking_queue")
    notify(runners_of(first.place), BOOKING_ASKED, subject=subject, url=url, about=first, actor=actor)


def tell_offer(waiting: WaitingPlace) -> None:
    """Does: tells who waits first that the time is theirs for a while. Leaves behind: a notice."""

    def subject() -> str:
        values = {"name": waiting.resource, "span": span_words(waiting.during)}
        return _("Une place se libère : %(name)s, %(span)s") % values

    notify(
        _accounts(waiting.person),
        WAITING_OFFERED,
        subject=subject,
        url=reverse("coworking:waiting", args=[waiting.pk]),
        about=waiting,
    )


def tell_stopped(waiting: WaitingPlace, reason: str) -> None:
    """Does: tells who waited that the place closes at that time. Leaves behind: a notice."""

    def subject() -> str:
        values = {"name": waiting.resource, "span": span_words(waiting.during)}
        return _("Vous n’attendez plus %(name)s, %(span)s : c’est fermé") % values

    notify(
        _accounts(waiting.person),
        WAITING_STOPPED,
        subject=subject,
        text=lambda: _("Motif : %(reason)s") % {"reason": reason} if reason else "",
        url=reverse("coworking:waiting", args=[waiting.pk]),
        about=waiting,
    )


def _accounts(person: Person) -> list[User]:
    return list(User.objects.filter(person=person, is_active=True))
