"""Addresses of the room: the screen, the console, the member's page."""

from django.urls import path

from governance.views import screen

urlpatterns = [
    path("ecran/<str:key>/", screen.screen, name="screen"),
]
