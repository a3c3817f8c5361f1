"""Declares what receipts and expense claims of the entrepreneur need when the room starts."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cae.core import documents, facts, menu, notices, offline, threads
from invoicing.models import ExpenseClaim
from invoicing.selectors.expense_data import held_of_expenses
from invoicing.selectors.expense_todo import AWAITED
from invoicing.services.claiming import SUBMITTED_FOR, TO_CHECK, accountants_on
from invoicing.services.expense_favourites import forget_favourites
from invoicing.services.expenses import ENTERED
from invoicing.services.vouchers import PREVIEW_KIND, VOUCHER_KIND

_DOCUMENTS = (
    (VOUCHER_KIND, "invoicing.open_voucher", _("Justificatif")),
    (PREVIEW_KIND, "invoicing.open_voucher", _("Image d’un justificatif")),
)
_NOTICES = (
    (ENTERED, _("Dépense saisie pour vous")),
    (SUBMITTED_FOR, _("Note de frais soumise pour vous")),
    (TO_CHECK, _("Note de frais à vérifier")),
)


def register_expenses() -> None:
    """Called once, when models are ready."""
    for code, right, label in _DOCUMENTS:
        documents.register_document_kind(code, right=right, label=label)
    for notice, label in _NOTICES:
        notices.register_notice(notice, label=label, mutable=True)
    threads.register_thread(
        "invoicing.expenseclaim",
        read="invoicing.view_claim",
        write="invoicing.write_on_claim",
        participants=_participants_of,
    )
    facts.provide_awaited(AWAITED)
    facts.provide_personal_data(
        facts.PersonalData(
            "invoicing.expenses", _("Dépenses"), held=held_of_expenses, erase=forget_favourites
        )
    )
    offline.register_offline_page(
        "invoicing:voucher_capture",
        instead="invoicing:voucher_offline",
        files=("js/camera-queue.js", "js/photo-store.js", "vendor/bootstrap-icons/sprite.svg"),
    )
    _menu()


def _menu() -> None:
    menu.register_entry(
        group="spending",
        label=_("Mes dépenses"),
        url_name="invoicing:claim_list",
        right="invoicing.view_claims",
        icon="camera",
        order=10,
    )
    menu.register_entry(
        group="settings",
        label=_("Natures de dépense"),
        url_name="invoicing:expense_kind_list",
        right="invoicing.keep_expense_kinds",
        icon="tags",
        order=60,
    )
    menu.register_new(
        label=_("Dépense"),
        action=_("Photographier un justificatif"),
        url_name="invoicing:voucher_capture",
        right="invoicing.keep_voucher",
        icon="camera",
        order=40,
    )
    menu.register_pages("invoicing:claim_list", "/messages/invoicing.expenseclaim/")


def _participants_of(claim: ExpenseClaim) -> list[Any]:
    """The person, whoever wrote in their place, whoever checks; until then the accountants."""
    account = getattr(claim.person, "user", None)
    readers = [claim.checker] if claim.checker else accountants_on(timezone.localdate())
    return [one for one in (account, claim.submitted_by, *readers) if one is not None]
