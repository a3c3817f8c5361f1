"""The bulletin of subscription and the certificate of shares on paper (GOV-05)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from cae.core.identity import cooperative_on
from cae.core.letters import LANGUAGE
from cae.core.pdf import Variant, render_pdf
from cae.core.templatetags.formats import day as shown
from cae.core.templatetags.formats import money
from governance.models import Subscription
from governance.selectors.shares import ShareAccount, plan_of

STYLESHEET = "css/pdf/letter.css"


def bulletin_pdf(row: Subscription, *, on: date, proof: Any) -> bytes:
    """The bulletin as it was signed, with its proof, or the place of the original on paper; in French whoever
    asks."""
    with translation.override(LANGUAGE):
        context = {
            "title": _("Bulletin de souscription de parts sociales"),
            "row": row,
            "facts": [
                (_("Catégorie"), f"{row.share_class.name} ({row.share_class.code})"),
                (_("Nombre de parts"), row.quantity),
                (_("Valeur nominale"), money(row.nominal)),
                (_("Montant souscrit"), money(row.amount)),
                (_("Libération"), row.get_plan_display()),
            ],
            "plan": plan_of(row),
            "house": cooperative_on(on),
            "proof": proof,
        }
        html = render_to_string("pdf/governance/share_bulletin.html", context)
        return render_pdf(html, stylesheet=STYLESHEET, variant=Variant.ACCESSIBLE_ARCHIVE)


def certificate_pdf(row: Subscription, account: ShareAccount, *, on: date) -> bytes:
    """The certificate that a subscription is wholly paid, with what its holder then has; in French whoever
    asks."""
    with translation.override(LANGUAGE):
        context = {
            "title": _("Attestation de parts sociales"),
            "row": row,
            "facts": _certified(row),
            "account": account,
            "on": on,
            "house": cooperative_on(on),
        }
        html = render_to_string("pdf/governance/share_certificate.html", context)
        return render_pdf(html, stylesheet=STYLESHEET, variant=Variant.ACCESSIBLE_ARCHIVE)


def _certified(row: Subscription) -> list[tuple[str, Any]]:
    number = row.associate.number
    numbered: list[tuple[str, Any]] = [(_("Associé·e numéro"), number)] if number else []
    return [
        *numbered,
        (_("Parts souscrites"), f"{row.quantity}, {row.share_class.name}"),
        (_("Valeur nominale"), money(row.nominal)),
        (_("Montant libéré"), money(row.amount)),
        (_("Souscrites le"), shown(row.signed_on)),
        (_("Libérées le"), shown(row.paid_on)),
    ]
