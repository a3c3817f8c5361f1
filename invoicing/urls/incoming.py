"""Addresses of files and mails that come in."""

from django.urls import URLPattern, URLResolver, path

from invoicing.views import incoming, mail_in

urlpatterns: list[URLPattern | URLResolver] = [
    path("depenses/fichiers/", incoming.incoming_list, name="incoming_list"),
    path("depenses/fichiers/deposer/", incoming.incoming_deposit, name="incoming_deposit"),
    path("depenses/fichiers/<int:pk>/", incoming.incoming_detail, name="incoming_detail"),
    path("depenses/fichiers/<int:pk>/fichier/", incoming.incoming_shown, name="incoming_shown"),
    path("depenses/fichiers/<int:pk>/ranger/", incoming.incoming_assign, name="incoming_assign"),
    path("depenses/fichiers/<int:pk>/ecarter/", incoming.incoming_set_aside, name="incoming_set_aside"),
    path("depenses/fichiers/<int:pk>/reprendre/", incoming.incoming_bring_back, name="incoming_bring_back"),
    path("depenses/fichiers/<int:pk>/ouvrir/", incoming.incoming_open, name="incoming_open"),
    path("depenses/adresses/", mail_in.address_list, name="mail_in_addresses"),
    path("depenses/adresses/creer/", mail_in.address_make, name="mail_in_make"),
    path("depenses/adresses/<int:pk>/retirer/", mail_in.address_withdraw, name="mail_in_withdraw"),
    path("depenses/e-mails-recus/", mail_in.mail_list, name="incoming_mails"),
]
