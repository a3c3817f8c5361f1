"""Addresses of minutes, of their extracts and of the turnout."""

from typing import Any

from django.urls import path

from governance.views import minutes, minutes_signing, turnout

urlpatterns: list[Any] = [
    path("gouvernance/proces-verbaux/", minutes.minutes_list, name="minutes_list"),
    path("assemblees/<int:pk>/proces-verbal/", minutes.minutes_detail, name="minutes_detail"),
    path("assemblees/<int:pk>/proces-verbal/ouvrir/", minutes.minutes_draft, name="minutes_draft"),
    path("assemblees/<int:pk>/proces-verbal/rediger/", minutes.minutes_edit, name="minutes_edit"),
    path(
        "assemblees/<int:pk>/proces-verbal/donner-a-signer/",
        minutes.minutes_hand_over,
        name="minutes_hand_over",
    ),
    path("assemblees/<int:pk>/proces-verbal/reprendre/", minutes.minutes_take_back, name="minutes_take_back"),
    path("assemblees/<int:pk>/proces-verbal/signer/", minutes_signing.minutes_sign, name="minutes_sign"),
    path("assemblees/<int:pk>/proces-verbal/signer/code/", minutes_signing.minutes_code, name="minutes_code"),
    path(
        "assemblees/<int:pk>/proces-verbal/sans-signature/<int:place>/",
        minutes_signing.minutes_unsigned,
        name="minutes_unsigned",
    ),
    path("assemblees/<int:pk>/proces-verbal/extrait/", minutes_signing.extract_new, name="extract_new"),
    path("gouvernance/participation/", turnout.turnout, name="turnout"),
]
