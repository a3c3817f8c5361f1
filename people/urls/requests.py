"""Addresses of the requests to the staff and of the queue of each function."""

from django.urls import path

from people.views import guide, queue, requests

urlpatterns = [
    path("mes-demandes/", requests.own_request_list, name="own_requests"),
    path("demandes/ecrire/", requests.request_send, name="request_send"),
    path("demandes/<int:pk>/", requests.request_detail, name="request_detail"),
    path("equipe/guide/", guide.guide_list, name="guide_list"),
    path("equipe/guide/ecrire/", guide.guide_new, name="guide_new"),
    path("equipe/guide/<int:pk>/", guide.guide_page, name="guide_page"),
    path("equipe/guide/<int:pk>/faire/", guide.guide_act, name="guide_act"),
    path("equipe/file/", queue.queue_home, name="queue_home"),
    path("equipe/file/<slug:function>/", queue.queue, name="queue"),
    path("equipe/file/<slug:function>/traiter/", queue.queue_act, name="queue_act"),
    path("equipe/file/<slug:function>/<int:pk>/", queue.queue_item, name="queue_item"),
]
