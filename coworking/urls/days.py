"""Addresses of the day of a place: who is here, visitors, use."""

from django.urls import URLPattern, path

from coworking.views import days, doors, usage, wall

urlpatterns: list[URLPattern] = [
    path("porte/<str:key>/", doors.door, name="door"),
    path("borne/<str:key>/", doors.kiosk, name="kiosk"),
    path("mur/<str:key>/", wall.wall, name="wall"),
    path("espaces/<int:pk>/aujourdhui/", days.today, name="today"),
    path("espaces/<int:pk>/alertes/faire/", days.alert_act, name="alert_act"),
    path("espaces/<int:pk>/alertes/<slug:alert>/", days.alert_aside, name="alert_aside"),
    path("espaces/<int:pk>/arrivee/", days.arrival, name="arrival"),
    path("espaces/presences/<int:pk>/faire/", days.presence_act, name="presence_act"),
    path("espaces/<int:pk>/visites/annoncer/", days.visitor_announce, name="visitor_announce"),
    path("espaces/visites/<int:pk>/faire/", days.visitor_act, name="visitor_act"),
    path("espaces/<int:pk>/codes/", days.codes, name="place_codes"),
    path("espaces/<int:pk>/usage/", usage.usage, name="usage"),
    path("espaces/<int:pk>/usage/tableau/", usage.usage_table, name="usage_table"),
    path("espaces/<int:pk>/usage/reservations/", usage.usage_bookings, name="usage_bookings"),
    path("espaces/<int:pk>/usage/membres/", usage.usage_members, name="usage_members"),
]
