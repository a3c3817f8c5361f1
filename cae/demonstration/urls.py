"""The addresses of the demonstration."""

from django.urls import path

from cae.demonstration import views

app_name = "demonstration"

urlpatterns = [
    path("entrer/", views.enter, name="enter"),
    path("courrier/", views.mailbox, name="mailbox"),
    path("courrier/<int:pk>/", views.mail, name="mail"),
    path("courrier/<int:pk>/html/", views.mail_html, name="mail_html"),
]
