"""The agreement of a hire: who, what, when, at what price, under which rules of the place (COW-20)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from cae.core.identity import cooperative_on
from cae.core.letters import LANGUAGE
from cae.core.pdf import Variant, render_pdf
from cae.core.templatetags.formats import day as said_day
from cae.core.templatetags.formats import money
from coworking.models import Booking, Hire
from coworking.selectors.booking_words import length_words, span_words
from coworking.selectors.hires import price_with_tax, quote_of

STYLESHEET = "css/pdf/letter.css"


def hire_agreement_pdf(booking: Booking, hire: Hire, *, on: date) -> bytes:
    """The agreement as it stands; in French whoever asks."""
    with translation.override(LANGUAGE):
        place = booking.place
        context = {
            "title": _("Convention de location"),
            "booking": booking,
            "hire": hire,
            "place": place,
            "facts": _facts(booking, hire),
            "cut_off": length_words(booking.resource.cut_off) if booking.resource.cut_off else "",
            "on": on,
            "house": cooperative_on(on),
            "signing": [str(place), str(hire)],
        }
        html = render_to_string("pdf/coworking/hire_agreement.html", context)
        return render_pdf(html, stylesheet=STYLESHEET, variant=Variant.ACCESSIBLE_ARCHIVE)


def _price(booking: Booking) -> str:
    if not booking.price:
        return _("sans frais")
    said, gross = {"amount": money(booking.price)}, price_with_tax(booking)
    if gross is None:
        return _("%(amount)s HT") % said
    return _("%(amount)s HT, %(gross)s TTC") % (said | {"gross": money(gross)})


def _facts(booking: Booking, hire: Hire) -> list[tuple[str, Any]]:
    """What is agreed, a line each."""
    place, quote = booking.place, quote_of(hire)
    who = [hire.firm, booking.name] if hire.firm else [booking.name]
    if hire.siren:
        who.append(_("SIREN %(siren)s") % {"siren": hire.siren})
    facts: list[tuple[str, Any]] = [
        (_("Qui loue"), ", ".join([*who, *hire.address_lines])),
        (_("Lieu"), ", ".join(part for part in (place.name, *place.address_lines) if part)),
        (_("Quoi"), booking.resource.name),
        (_("Quand"), span_words(booking.during)),
        (_("Personnes"), booking.people),
        (_("Prix"), _price(booking)),
    ]
    if booking.title:
        facts.insert(4, (_("Objet"), booking.title))
    if quote is not None and quote.answered_on is not None:
        said = {"number": quote, "day": said_day(quote.answered_on)}
        facts.append((_("Devis"), _("%(number)s, accepté le %(day)s") % said))
    return facts
