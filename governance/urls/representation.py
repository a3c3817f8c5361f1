"""Addresses of proxies, presence and correspondence."""

from django.urls import path

from governance.views import attendance, check_in, correspondence, proxies

urlpatterns = [
    path("assemblees/<int:pk>/ma-voix/", proxies.own_proxy, name="own_proxy"),
    path("assemblees/<int:pk>/ma-voix/<int:associate_pk>/pouvoir/", proxies.proxy_give, name="proxy_give"),
    path("assemblees/<int:pk>/ma-voix/<int:associate_pk>/a-distance/", check_in.remote, name="remote"),
    path(
        "assemblees/<int:pk>/ma-voix/<int:associate_pk>/correspondance/",
        correspondence.correspondence,
        name="correspondence",
    ),
    path("pouvoirs/<int:pk>/", proxies.proxy_detail, name="proxy_detail"),
    path("pouvoirs/<int:pk>/retirer/", proxies.proxy_revoke, name="proxy_revoke"),
    path("pouvoirs/<int:pk>/consignes/", proxies.proxy_instruct, name="proxy_instruct"),
    path("assemblees/<int:pk>/pouvoirs/", proxies.proxy_list, name="proxy_list"),
    path("assemblees/<int:pk>/pouvoirs/saisir/", proxies.proxy_enter, name="proxy_enter"),
    path("assemblees/<int:pk>/presence/", attendance.attendance, name="attendance"),
    path("assemblees/<int:pk>/presence/noter/", attendance.attendance_act, name="attendance_act"),
    path("assemblees/<int:pk>/presence/lignes/", attendance.attendance_events, name="attendance_events"),
    path(
        "assemblees/<int:pk>/presence/lignes/<int:event_pk>/annuler/",
        attendance.attendance_cancel,
        name="attendance_cancel",
    ),
    path("assemblees/<int:pk>/presence/code/", attendance.attendance_code, name="attendance_code"),
    path("assemblees/<int:pk>/presence/feuille/", attendance.attendance_print, name="attendance_print"),
    path("assemblees/<int:pk>/presence/tablette/", check_in.tablet, name="tablet"),
    path(
        "assemblees/<int:pk>/presence/tablette/<int:associate_pk>/", check_in.tablet_sign, name="tablet_sign"
    ),
    path("emargement/<str:key>/", check_in.check_in, name="check_in"),
    path(
        "assemblees/<int:pk>/correspondance/", correspondence.correspondence_list, name="correspondence_list"
    ),
    path(
        "assemblees/<int:pk>/correspondance/saisir/",
        correspondence.correspondence_enter,
        name="correspondence_enter",
    ),
    path(
        "assemblees/<int:pk>/correspondance/formulaire/",
        correspondence.correspondence_print,
        name="correspondence_print",
    ),
]
