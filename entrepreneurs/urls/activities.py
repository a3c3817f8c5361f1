"""Addresses of the activities."""

from django.urls import path

from entrepreneurs.views import activities

urlpatterns = [
    path("activites/", activities.activity_list, name="activity_list"),
    path("activites/ouvrir/", activities.activity_open, name="activity_open"),
    path("activites/<int:pk>/", activities.activity_detail, name="activity_detail"),
    path("activites/<int:pk>/modifier/", activities.activity_change, name="activity_change"),
    path("activites/<int:pk>/fermer/", activities.activity_close, name="activity_close"),
]
