"""Addresses of departures."""

from django.urls import path

from entrepreneurs.views import exits

urlpatterns = [
    path("sorties/", exits.exit_list, name="exit_list"),
    path("sorties/preparer/", exits.exit_open, name="exit_open"),
    path("sorties/<int:pk>/", exits.exit_detail, name="exit_detail"),
    path("sorties/<int:pk>/modifier/", exits.exit_change, name="exit_change"),
    path("sorties/<int:pk>/faire/", exits.exit_act, name="exit_act"),
]
