"""Tells people that a purchase, an order or new bank details wait for them; writes to suppliers (INV-45 to
INV-48)."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core.elision import elided
from cae.core.identity import cooperative_on
from cae.core.mail import queue_email
from cae.core.mail_texts import MailKind, Place, register_mail
from cae.core.notices import notify
from cae.core.templatetags.formats import day, money
from invoicing.models import Purchase, PurchaseOrder, SupplierBank
from invoicing.selectors.checkers import authors_of_activity, checkers_of
from invoicing.selectors.suppliers import BANK_KEEPERS, keepers
from invoicing.states.reasons import labels_of

BANK_PROPOSED = "invoicing.bank_to_confirm"
TO_TAKE = "invoicing.purchase_to_take"
ANSWERED = "invoicing.purchase_answered"
ORDER_TO_APPROVE = "invoicing.purchase_order_to_approve"
ORDER_APPROVED = "invoicing.purchase_order_approved"
NOTICES = (
    (BANK_PROPOSED, gettext_lazy("Coordonnées bancaires d’un fournisseur à confirmer"), False),
    (TO_TAKE, gettext_lazy("Un achat arrive pour mon activité"), True),
    (ANSWERED, gettext_lazy("Suite donnée à un achat de mon activité"), True),
    (ORDER_TO_APPROVE, gettext_lazy("Commande fournisseur à approuver"), True),
    (ORDER_APPROVED, gettext_lazy("Commande fournisseur approuvée"), True),
)

DISPUTED_MAIL, REFUSED_MAIL = "invoicing.mail_purchase_disputed", "invoicing.mail_purchase_refused"
ORDER_MAIL = "invoicing.mail_purchase_order"
_TEMPLATE = "emails/invoicing/supplier"
_PLACES = {
    "fournisseur": Place(gettext_lazy("le nom du fournisseur"), "Imprimerie du Port"),
    "numero": Place(gettext_lazy("le numéro de la facture ou de la commande"), "FA-2026-118"),
    "date": Place(gettext_lazy("la date de la facture"), "12/11/2026"),
    "montant": Place(gettext_lazy("le montant TTC"), "1 240,00 €"),
    "motif": Place(gettext_lazy("le motif, en clair"), gettext_lazy("Montant total erroné")),
    "precision": Place(gettext_lazy("ce que vous avez précisé"), gettext_lazy("Il manque l’avoir promis.")),
    "cooperative": Place(gettext_lazy("la coopérative"), "Coopérative Alvéole"),
}
_ORDER_PLACES = {
    "fournisseur": _PLACES["fournisseur"],
    "numero": Place(gettext_lazy("le numéro de la commande"), "BC2026-0012"),
    "objet": Place(gettext_lazy("l’objet de la commande"), gettext_lazy("Papier et enveloppes")),
    "montant": Place(gettext_lazy("le montant HT"), "480,00 €"),
    "activite": Place(gettext_lazy("l’activité qui commande"), "Photographie Lenoir"),
    "message": Place(gettext_lazy("votre message"), gettext_lazy("Livraison le matin.")),
}
_MAILS = (
    MailKind(
        DISPUTED_MAIL,
        label=gettext_lazy("Facture fournisseur mise en litige"),
        subject=gettext_lazy("Votre facture {{ numero }} : une question"),
        body=gettext_lazy(
            "Bonjour,\n\nNous avons bien reçu votre facture {{ numero }} du {{ date }}, d’un montant de "
            "{{ montant }}. Nous ne pouvons pas la payer en l’état : {{ motif }}.\n\n{{ precision }}\n\n"
            "Répondez à ce message : nous reprenons son traitement dès que c’est réglé.\n\n{{ cooperative }}"
        ),
        places=_PLACES,
    ),
    MailKind(
        REFUSED_MAIL,
        label=gettext_lazy("Facture fournisseur refusée"),
        subject=gettext_lazy("Votre facture {{ numero }} est refusée"),
        body=gettext_lazy(
            "Bonjour,\n\nVotre facture {{ numero }} du {{ date }}, d’un montant de {{ montant }}, est "
            "refusée : {{ motif }}.\n\n{{ precision }}\n\n"
            "Si vous la corrigez, renvoyez-nous la nouvelle facture.\n\n{{ cooperative }}"
        ),
        places=_PLACES,
    ),
    MailKind(
        ORDER_MAIL,
        label=gettext_lazy("Envoi d’une commande à un fournisseur"),
        subject=gettext_lazy("Commande {{ numero }} – {{ activite }}"),
        body=gettext_lazy(
            "Bonjour,\n\nVoici notre commande {{ numero }} ({{ objet }}), d’un montant de {{ montant }} HT. "
            "Rappelez ce numéro sur votre facture.\n\n{{ message }}\n\nBien à vous,\n{{ activite }}"
        ),
        places=_ORDER_PLACES,
    ),
)


def register_purchase_mails() -> None:
    for kind in _MAILS:
        register_mail(kind)


def tell_bank_proposed(bank: SupplierBank, *, actor: Any) -> None:
    """Does: tells those who may confirm bank details, their author apart. Refuses: nothing. Leaves behind:
    notices."""
    others = [user for user in keepers(*BANK_KEEPERS) if user.pk != bank.proposed_by_id]
    notify(
        others,
        BANK_PROPOSED,
        subject=lambda: elided(
            _("Nouvelles coordonnées bancaires de %(supplier)s à confirmer"), {"supplier": bank.supplier.name}
        ),
        text=lambda: _("Appelez le fournisseur à un numéro connu avant de confirmer."),
        url=reverse("invoicing:bank_confirm", args=[bank.pk]),
        about=bank.supplier,
        actor=actor,
    )


def tell_to_take(purchase: Purchase, *, actor: Any) -> None:
    """Does: tells the people of the activity that a purchase came for it. Refuses: nothing. Leaves behind:
    notices; none for a common cost."""
    if purchase.activity is None:
        return
    notify(
        authors_of_activity(purchase.activity),
        TO_TAKE,
        subject=lambda: elided(
            _("Facture de %(supplier)s : %(amount)s, est-ce pour vous ?"), _facts(purchase)
        ),
        text=purchase.purpose,
        url=purchase.get_absolute_url(),
        about=purchase,
        actor=actor,
    )


def tell_answered(purchase: Purchase, *, actor: Any) -> None:
    """Does: tells the people of the activity that a purchase is disputed or refused. Refuses: nothing.
    Leaves behind: notices."""
    if purchase.activity is None:
        return
    notify(
        authors_of_activity(purchase.activity),
        ANSWERED,
        subject=lambda: elided(
            _("Facture de %(supplier)s, %(amount)s : %(state)s"),
            _facts(purchase) | {"state": str(purchase.get_state_display()).lower()},
        ),
        text=lambda: " ".join([*labels_of([purchase.reason_code]), purchase.reason]).strip(),
        url=purchase.get_absolute_url(),
        about=purchase,
        actor=actor,
    )


def tell_order_submitted(order: PurchaseOrder, *, actor: Any) -> None:
    """Does: tells those who approve that an order waits. Refuses: nothing. Leaves behind: notices."""
    notify(
        checkers_of(order.activity, on=timezone.localdate()),
        ORDER_TO_APPROVE,
        subject=lambda: elided(
            _("Commande à approuver : %(activity)s, %(amount)s HT chez %(supplier)s"), _order_facts(order)
        ),
        text=order.purpose,
        url=order.get_absolute_url(),
        about=order,
        actor=actor,
    )


def tell_order_approved(order: PurchaseOrder, *, actor: Any) -> None:
    """Does: tells the activity that its order has a number. Refuses: nothing. Leaves behind: notices."""
    notify(
        authors_of_activity(order.activity),
        ORDER_APPROVED,
        subject=lambda: (
            _("Commande %(number)s approuvée : à envoyer à %(supplier)s")
            % (_order_facts(order) | {"number": order.number})
        ),
        url=order.get_absolute_url(),
        about=order,
        actor=actor,
    )


def write_to_supplier(purchase: Purchase, kind: str, *, actor: Any) -> None:
    """Does: writes to the supplier why a purchase is disputed or refused. Refuses: nothing; one without
    address is told in another way. Leaves behind: a mail that waits."""
    if not purchase.supplier.email:
        return
    today = timezone.localdate()
    queue_email(
        to=purchase.supplier.email,
        template=_TEMPLATE,
        context={"why": _("Vous recevez ce message parce que vous nous avez envoyé cette facture.")},
        cause=kind,
        words={
            "fournisseur": purchase.supplier.name,
            "numero": purchase.number,
            "date": day(purchase.on),
            "montant": money(purchase.total_gross),
            "motif": ", ".join(labels_of([purchase.reason_code])),
            "precision": purchase.reason,
            "cooperative": cooperative_on(today).legal_name,
        },
        about=purchase,
        actor=actor,
        reply_to=purchase.activity.email if purchase.activity else "",
    )


def send_order_mail(order: PurchaseOrder, *, to: str, message: str, attached: int, actor: Any) -> None:
    """Does: writes to the supplier with the PDF of the order. Refuses: nothing. Leaves behind: a mail that
    waits."""
    queue_email(
        to=to,
        template=_TEMPLATE,
        context={"why": _("Vous recevez ce message parce qu’une commande vous est adressée.")},
        cause=ORDER_MAIL,
        words={
            "fournisseur": order.supplier.name,
            "numero": order.number or "",
            "objet": order.purpose,
            "montant": money(order.total_net),
            "activite": order.activity.name,
            "message": message,
        },
        about=order,
        actor=actor,
        attachments=[attached],
        reply_to=order.activity.email,
        sender_name=order.activity.name,
    )


def _facts(purchase: Purchase) -> dict[str, str]:
    return {"supplier": purchase.supplier.name, "amount": money(purchase.total_gross)}


def _order_facts(order: PurchaseOrder) -> dict[str, str]:
    return {
        "activity": order.activity.name,
        "supplier": order.supplier.name,
        "amount": money(order.total_net),
    }
