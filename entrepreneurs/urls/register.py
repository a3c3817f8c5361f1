"""Addresses of the personnel register and of declarations before hiring."""

from django.urls import path

from entrepreneurs.views import hirings, register

urlpatterns = [
    path("registre-du-personnel/", register.register_list, name="register_list"),
    path("registre-du-personnel/registre.pdf", register.register_file, name="register_file"),
    path("registre-du-personnel/inscrire/", register.register_enter, name="register_enter"),
    path("registre-du-personnel/<int:pk>/completer/", register.register_complete, name="register_complete"),
    path("declarations-a-l-embauche/", hirings.hiring_list, name="hiring_list"),
    path("declarations-a-l-embauche/<int:pk>/", hirings.hiring_declare, name="hiring_declare"),
]
