"""Addresses of the room: the screen, the console, the member's page."""

from django.urls import path

from governance.views import console, member, screen

urlpatterns = [
    path("ecran/<str:key>/", screen.screen, name="screen"),
    path("assemblees/<int:pk>/seance/", console.console, name="console"),
    path("assemblees/<int:pk>/seance/faire/", console.console_act, name="console_act"),
    path("assemblees/<int:pk>/participer/", member.member_assembly, name="member_assembly"),
    path("assemblees/<int:pk>/participer/parole/", member.member_speak, name="member_speak"),
    path("assemblees/<int:pk>/documents/<int:paper>/", member.member_paper, name="member_paper"),
]
