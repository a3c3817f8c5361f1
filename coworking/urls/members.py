"""Addresses of members, plans, subscriptions and passes."""

from django.urls import URLPattern, path

from coworking.views import absences, members, own_places, plans, signups, subscriptions

urlpatterns: list[URLPattern] = [
    path("espaces/<int:pk>/membres/", members.member_list, name="members"),
    path("espaces/<int:pk>/membres/inscrire/", members.member_enter, name="member_enter"),
    path("espaces/membres/<int:pk>/", members.member, name="member"),
    path("espaces/membres/<int:pk>/modifier/", members.member_change, name="member_change"),
    path("espaces/membres/<int:pk>/regles/", members.member_charter, name="member_charter"),
    path(
        "espaces/membres/<int:pk>/presence/<str:month>.pdf",
        own_places.member_presence,
        name="member_presence",
    ),
    path("espaces/membres/<int:pk>/partir/", members.member_leave, name="member_leave"),
    path("espaces/membres/<int:pk>/abonner/", subscriptions.subscription_hold, name="subscription_hold"),
    path("espaces/membres/<int:pk>/carnet/", subscriptions.pass_sell, name="pass_sell"),
    path("espaces/abonnements/<int:pk>/", subscriptions.subscription, name="subscription"),
    path("espaces/abonnements/<int:pk>/faire/", subscriptions.subscription_act, name="subscription_act"),
    path(
        "espaces/abonnements/<int:pk>/refuser/", subscriptions.subscription_refuse, name="subscription_refuse"
    ),
    path("espaces/abonnements/<int:pk>/finir/", subscriptions.subscription_end, name="subscription_end"),
    path("espaces/abonnements/<int:pk>/pause/", subscriptions.subscription_pause, name="subscription_pause"),
    path(
        "espaces/abonnements/<int:pk>/changer/", subscriptions.subscription_change, name="subscription_change"
    ),
    path("espaces/abonnements/<int:pk>/absence/", absences.desk_free, name="desk_free"),
    path("espaces/absences/<int:pk>/retour/", absences.desk_back, name="desk_back"),
    path("espaces/pauses/<int:pk>/lever/", subscriptions.pause_lift, name="pause_lift"),
    path("espaces/depots/<int:pk>/<slug:move>/", subscriptions.deposit_act, name="deposit_act"),
    path("mes-lieux/", own_places.own_places, name="own_places"),
    path("mes-lieux/abonnements/<int:pk>/finir/", own_places.own_end, name="own_end"),
    path("mes-lieux/abonnements/<int:pk>/absence/", absences.own_desk_free, name="own_desk_free"),
    path("mes-lieux/absences/<int:pk>/retour/", absences.own_desk_back, name="own_desk_back"),
    path("mes-lieux/<int:pk>/regles/", own_places.own_charter, name="own_charter"),
    path(
        "mes-lieux/<int:pk>/presence/<str:month>.pdf",
        own_places.presence_certificate,
        name="presence_certificate",
    ),
    path("lieux/<slug:slug>/adhesion/", signups.join, name="join"),
    path("lieux/<slug:slug>/adhesion/recue/", signups.join_sent, name="join_sent"),
    path("espaces/<int:pk>/demandes/", signups.signup_list, name="signups"),
    path("espaces/demandes/<int:pk>/", signups.signup, name="signup"),
    path("espaces/demandes/<int:pk>/accepter/", signups.signup_accept, name="signup_accept"),
    path("espaces/demandes/<int:pk>/refuser/", signups.signup_refuse, name="signup_refuse"),
    path("espaces/<int:pk>/formules/", plans.plan_list, name="plans"),
    path("espaces/<int:pk>/formules/ajouter/", plans.plan_open, name="plan_open"),
    path("espaces/formules/<int:pk>/", plans.plan, name="plan"),
    path("espaces/formules/<int:pk>/modifier/", plans.plan_change, name="plan_change"),
    path("espaces/formules/<int:pk>/prix/", plans.plan_price, name="plan_price"),
    path("espaces/formules/<int:pk>/comprendre/", plans.plan_include, name="plan_include"),
    path("espaces/formules/<int:pk>/retirer/", plans.plan_withdraw, name="plan_withdraw"),
    path("espaces/formules/compris/<int:pk>/oter/", plans.plan_exclude, name="plan_exclude"),
]
