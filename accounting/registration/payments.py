"""What payments register at start-up: the file of a lot, notices, what waits."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounting.selectors.payment_todo import AWAITED
from accounting.selectors.payments import batch_sources, order_sources
from accounting.services.payment_batches import FILE_KIND
from accounting.services.payment_notices import register_notices
from cae.core import menu
from cae.core.documents import register_document_kind
from cae.core.facts import provide_awaited, provide_source


def register_payments() -> None:
    register_document_kind(FILE_KIND, right="accounting.release_payments", label=_("Fichier de virement"))
    register_notices()
    provide_awaited(AWAITED)
    provide_source("accounting.paymentorder", order_sources)
    provide_source("accounting.paymentbatch", batch_sources)
    menu.register_entry(
        group="accounting",
        label=_("Virements"),
        url_name="accounting:payment_list",
        right="accounting.view_payments",
        icon="arrow-left-right",
        order=13,
    )
