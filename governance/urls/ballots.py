"""Addresses of secret ballots for their voters, and of the boxes for whoever verifies them."""

from django.urls import path

from governance.views import box_boards, box_checks, box_files, secret_ballots

urlpatterns = [
    path("scrutins/<int:pk>/voter/", secret_ballots.secret_cast, name="secret_cast"),
    path("scrutins/<int:pk>/voter/bulletin/", secret_ballots.secret_ballot, name="secret_ballot"),
    path("urnes/verifier/", box_checks.box_verify, name="box_verify"),
    path("urnes/verifier/verify_election.py", box_checks.box_program, name="box_program"),
    path("urnes/verifier-un-bulletin/", box_checks.ballot_check, name="ballot_check"),
    path("urnes/<str:uuid>/", box_boards.box_board, name="box_board"),
    path("urnes/<str:uuid>/archive.bel", box_files.box_archive, name="box_archive"),
    path("urnes/<str:uuid>/preuves.json", box_files.box_proofs, name="box_proofs"),
    path("urnes/<str:uuid>/election.json", box_files.box_election, name="box_election"),
    path("urnes/<str:uuid>/liste.json", box_files.box_roll, name="box_roll"),
]
