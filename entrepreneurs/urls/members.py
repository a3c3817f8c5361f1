"""Addresses of the members of an activity, of collectives and of their agreements."""

from django.urls import path

from entrepreneurs.views import agreement_signing, agreements, joining, members

urlpatterns = [
    path("activites/<int:pk>/membres/", members.member_list, name="member_list"),
    path("activites/<int:pk>/membres/ajouter/", members.member_add, name="member_add"),
    path("activites/<int:pk>/membres/proposer/", members.member_propose, name="member_propose"),
    path("activites/<int:pk>/membres/<int:member_id>/role/", members.member_part, name="member_part"),
    path("activites/<int:pk>/membres/<int:member_id>/fin/", members.member_end, name="member_end"),
    path("activites/<int:pk>/collectif/", members.make_collective, name="make_collective"),
    path("activites/<int:pk>/accueil/", members.open_to_members, name="open_to_members"),
    path("activites/<int:pk>/rejoindre/", joining.join_ask, name="join_ask"),
    path("collectifs/", joining.collective_list, name="collective_list"),
    path("collectifs/demandes/<int:pk>/", joining.join_detail, name="join_detail"),
    path("collectifs/demandes/<int:pk>/avis/", joining.join_opinion, name="join_opinion"),
    path("collectifs/demandes/<int:pk>/<slug:move>/", joining.join_move, name="join_move"),
    path("activites/<int:pk>/convention/", agreements.agreement_list, name="agreement_list"),
    path("activites/<int:pk>/convention/nouvelle/", agreements.agreement_new, name="agreement_new"),
    path("conventions/<int:pk>/", agreements.agreement_detail, name="agreement_detail"),
    path("conventions/<int:pk>/modifier/", agreements.agreement_edit, name="agreement_edit"),
    path("conventions/<int:pk>/signer/", agreement_signing.agreement_sign, name="agreement_sign"),
    path(
        "conventions/<int:pk>/ne-pas-signer/", agreement_signing.agreement_decline, name="agreement_decline"
    ),
    path("conventions/<int:pk>/code/", agreement_signing.agreement_code, name="agreement_code"),
    path(
        "conventions/<int:pk>/contresigner/",
        agreement_signing.agreement_countersign,
        name="agreement_countersign",
    ),
    path(
        "conventions/<int:pk>/contresigner/code/",
        agreement_signing.agreement_house_code,
        name="agreement_house_code",
    ),
    path(
        "conventions/<int:pk>/relancer/<int:share_id>/",
        agreement_signing.agreement_remind,
        name="agreement_remind",
    ),
    path("signer/convention/<str:token>/", agreement_signing.agreement_by_link, name="agreement_by_link"),
    path(
        "signer/convention/<str:token>/refuser/",
        agreement_signing.agreement_decline_by_link,
        name="agreement_decline_by_link",
    ),
    path(
        "signer/convention/<str:token>/code/",
        agreement_signing.agreement_code_by_link,
        name="agreement_code_by_link",
    ),
    path(
        "signer/convention/<str:token>/document/",
        agreement_signing.agreement_file_by_link,
        name="agreement_file_by_link",
    ),
    path(
        "signer/convention/<str:token>/nouveau-lien/",
        agreement_signing.renew_agreement_link,
        name="renew_agreement_link",
    ),
    path("conventions/<int:pk>/<slug:move>/", agreements.agreement_move, name="agreement_move"),
]
