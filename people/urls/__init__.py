"""The addresses of the room: a module a subject."""

from people.urls import deadlines, files, own_data, person_files, requests, statuses

app_name = "people"

urlpatterns = [
    *files.urlpatterns,
    *deadlines.urlpatterns,
    *requests.urlpatterns,
    *statuses.urlpatterns,
    *person_files.urlpatterns,
    *own_data.urlpatterns,
]
