"""Addresses of the exchange with an approved platform, of the directory and of the sender."""

from django.urls import URLPattern, URLResolver, path

from invoicing.views import exchange, routing, senders

urlpatterns: list[URLPattern | URLResolver] = [
    path("ventes/echanges/", exchange.exchange_list, name="exchange_list"),
    path("ventes/echanges/lot/<slug:act>/", exchange.exchange_bulk, name="exchange_bulk"),
    path("ventes/echanges/<int:pk>/", exchange.exchange_message, name="exchange_message"),
    path("ventes/echanges/<int:pk>/fichier/", exchange.exchange_file, name="exchange_file"),
    path("ventes/echanges/<int:pk>/reprendre/", exchange.exchange_again, name="exchange_again"),
    path("ventes/echanges/<int:pk>/depose/", exchange.exchange_deposited, name="exchange_deposited"),
    path("ventes/echanges/<int:pk>/classer/", exchange.exchange_aside, name="exchange_aside"),
    path("ventes/factures/<int:pk>/statut/", exchange.invoice_status, name="invoice_status"),
    path("ventes/adresses/", routing.address_list, name="address_list"),
    path("ventes/adresses/donner/", routing.address_give, name="address_give"),
    path("ventes/expediteur/", senders.sender_edit, name="sender_edit"),
    path("ventes/expediteur/redemander/", senders.sender_ask_again, name="sender_ask_again"),
    path("expediteur/<str:token>/", senders.reply_address, name="reply_address"),
]
