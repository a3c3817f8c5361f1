"""Addresses of the scrutineers of secret ballots: their key, the cards of codes, the watch over the boxes."""

from django.urls import path

from governance.views import trustee_cards, trustee_keys, trustee_watch

urlpatterns = [
    path("scrutins/<int:pk>/ma-cle/", trustee_keys.secret_key, name="secret_key"),
    path("scrutins/<int:pk>/ma-cle/etapes/", trustee_keys.secret_key_steps, name="secret_key_steps"),
    path("scrutins/<int:pk>/cartes/", trustee_cards.secret_cards, name="secret_cards"),
    path("scrutins/<int:pk>/cartes/<str:uuid>/", trustee_cards.box_cards, name="box_cards"),
    path("scrutins/<int:pk>/controle/", trustee_watch.secret_watch, name="secret_watch"),
]
