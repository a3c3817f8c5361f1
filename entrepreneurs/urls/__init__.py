"""Addresses of the path: a module a subject."""

from entrepreneurs.urls import activities

app_name = "entrepreneurs"

urlpatterns = [*activities.urlpatterns]
