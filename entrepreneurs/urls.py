"""Addresses of the path."""

from django.urls import path

from entrepreneurs.views import activities

app_name = "entrepreneurs"

urlpatterns = [
    path("", activities.activity_list, name="activity_list"),
    path("ouvrir/", activities.activity_open, name="activity_open"),
    path("<int:pk>/", activities.activity_detail, name="activity_detail"),
    path("<int:pk>/modifier/", activities.activity_change, name="activity_change"),
]
