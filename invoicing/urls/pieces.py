"""Addresses of delivery notes and proforma invoices."""

from django.urls import path

from invoicing.views import deliveries, delivery_acts, proformas, public_pieces

_NOTE = "ventes/livraisons/<int:pk>/"
_PROFORMA = "ventes/proformas/<int:pk>/"
_LINK = "p/<str:token>/"

urlpatterns = [
    path("ventes/livraisons/", deliveries.delivery_list, name="delivery_list"),
    path("ventes/devis/<int:pk>/livraison/", deliveries.quote_delivery, name="quote_delivery"),
    path("ventes/factures/<int:pk>/livraison/", deliveries.invoice_delivery, name="invoice_delivery"),
    path(_NOTE, deliveries.delivery_detail, name="delivery_detail"),
    path(f"{_NOTE}modifier/", deliveries.delivery_edit, name="delivery_edit"),
    path(f"{_NOTE}emettre/", delivery_acts.delivery_issue, name="delivery_issue"),
    path(f"{_NOTE}envoyer/", delivery_acts.delivery_send, name="delivery_send"),
    path(f"{_NOTE}lien/", delivery_acts.delivery_link, name="delivery_link"),
    path(f"{_NOTE}signature/", delivery_acts.delivery_sign, name="delivery_sign"),
    path(f"{_NOTE}annuler/", delivery_acts.delivery_cancel, name="delivery_cancel"),
    path("ventes/proformas/", proformas.proforma_list, name="proforma_list"),
    path("ventes/devis/<int:pk>/proforma/", proformas.quote_proforma, name="quote_proforma"),
    path("ventes/factures/<int:pk>/proforma/", proformas.invoice_proforma, name="invoice_proforma"),
    path(_PROFORMA, proformas.proforma_detail, name="proforma_detail"),
    path(f"{_PROFORMA}envoyer/", proformas.proforma_send, name="proforma_send"),
    path(f"{_PROFORMA}lien/", proformas.proforma_link, name="proforma_link"),
    path(_LINK, public_pieces.public_piece, name="public_piece"),
    path(f"{_LINK}signer/", public_pieces.public_piece_sign, name="public_piece_sign"),
    path(f"{_LINK}pdf/", public_pieces.public_piece_file, name="public_piece_file"),
]
