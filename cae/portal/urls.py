"""Addresses of the common pages."""

from django.urls import path

from cae.portal.views import home

app_name = "portal"

urlpatterns = [
    path("", home.welcome, name="welcome"),
    path("accueil/", home.home, name="home"),
    path("accueil/chiffres/", home.home_figures, name="home_figures"),
    path("activite-en-cours/", home.switch_activity, name="switch_activity"),
    path("aide/", home.help_page, name="help"),
    path("accessibilite/", home.accessibility, name="accessibility"),
]
