"""Addresses of the file of a person: civil status, situations, skills."""

from django.urls import path

from people.views import person_files

urlpatterns = [
    path("personnes/<int:pk>/etat-civil/", person_files.civil_edit, name="civil_edit"),
    path("personnes/<int:pk>/situation/", person_files.situation, name="situation"),
    path("personnes/<int:pk>/situation/entree/", person_files.situation_entry, name="situation_entry"),
    path("personnes/<int:pk>/situation/aujourdhui/", person_files.situation_today, name="situation_today"),
    path("personnes/<int:pk>/competences/", person_files.skill_list, name="skill_list"),
    path("personnes/<int:pk>/competences/ajouter/", person_files.skill_add, name="skill_add"),
    path("personnes/competences/<int:pk>/", person_files.skill_edit, name="skill_edit"),
    path("personnes/competences/<int:pk>/verifier/", person_files.skill_check, name="skill_check"),
    path("personnes/competences/<int:pk>/retirer/", person_files.skill_remove, name="skill_remove"),
]
