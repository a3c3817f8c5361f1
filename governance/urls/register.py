"""Addresses of the register of associates and of admissions."""

from django.urls import path

from governance.views import admissions, associate_acts, associates, colleges, own_situation

urlpatterns = [
    path("associes/", associates.associate_list, name="associate_list"),
    path("associes/inscrire/", associates.associate_enter, name="associate_enter"),
    path("associes/certifier/", associates.register_certify, name="register_certify"),
    path("associes/<int:pk>/", associates.associate_detail, name="associate_detail"),
    path("associes/<int:pk>/categorie/", associate_acts.associate_category, name="associate_category"),
    path("associes/<int:pk>/representant/", associate_acts.associate_represent, name="associate_represent"),
    path(
        "associes/<int:pk>/representant/fin/",
        associate_acts.associate_unrepresent,
        name="associate_unrepresent",
    ),
    path("associes/<int:pk>/sortie/", associate_acts.associate_lose, name="associate_lose"),
    path("associes/<int:pk>/sortie/annuler/", associate_acts.associate_restore, name="associate_restore"),
    path(
        "associes/<int:pk>/attestation/", associate_acts.associate_certificate, name="associate_certificate"
    ),
    path("associes/<int:pk>/droit/<slug:act>/", associate_acts.associate_rights, name="associate_rights"),
    path("colleges/", colleges.college_list, name="college_list"),
    path("colleges/ouvrir/", colleges.college_new, name="college_new"),
    path("colleges/<int:pk>/", colleges.college_edit, name="college_edit"),
    path("demandes-de-societariat/", admissions.admission_list, name="admission_list"),
    path("demandes-de-societariat/ecrire/", admissions.admission_new, name="admission_new"),
    path("demandes-de-societariat/<int:pk>/", admissions.admission_detail, name="admission_detail"),
    path("demandes-de-societariat/<int:pk>/modifier/", admissions.admission_edit, name="admission_edit"),
    path("demandes-de-societariat/<int:pk>/avis/", admissions.admission_opinion, name="admission_opinion"),
    path("demandes-de-societariat/<int:pk>/<slug:move>/", admissions.admission_move, name="admission_move"),
    path("ma-situation/", own_situation.own_situation, name="own_situation"),
    path("ma-situation/devenir-associe/", own_situation.own_request, name="own_request"),
]
