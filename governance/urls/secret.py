"""Addresses of the bureau’s pages of secret ballots; voters and scrutineers have modules of their own."""

from django.urls import path

from governance.views import secret_acts, secret_asks, secret_certificates, secret_rolls, secret_votes

urlpatterns = [
    path("assemblees/<int:pk>/scrutins/", secret_votes.secret_list, name="secret_list"),
    path("assemblees/<int:pk>/scrutins/preparer/", secret_votes.secret_prepare, name="secret_prepare"),
    path("scrutins/<int:pk>/", secret_votes.secret_detail, name="secret_detail"),
    path("scrutins/<int:pk>/faire/", secret_acts.secret_act, name="secret_act"),
    path("scrutins/<int:pk>/faire/<str:word>/", secret_asks.secret_ask, name="secret_ask"),
    path("scrutins/<int:pk>/certificat/", secret_certificates.secret_certificate, name="secret_certificate"),
    path("scrutins/<int:pk>/liste/", secret_rolls.secret_roll, name="secret_roll"),
    path("scrutins/<int:pk>/liste/<uuid:entry>/noter/", secret_rolls.secret_note, name="secret_note"),
]
