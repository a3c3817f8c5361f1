"""Addresses of assemblies: preparation, agenda, resolutions, convocations."""

from django.urls import path

from governance.views import accounts, agenda, amendments, assemblies, convocations, resolutions, sections

ONE = "assemblees/<int:pk>"

urlpatterns = [
    path("assemblees/", assemblies.assembly_list, name="assembly_list"),
    path("assemblees/nouvelle/", assemblies.assembly_new, name="assembly_new"),
    path(f"{ONE}/", assemblies.assembly_detail, name="assembly_detail"),
    path(f"{ONE}/modifier/", assemblies.assembly_change, name="assembly_change"),
    path(f"{ONE}/lieu/", assemblies.assembly_move, name="assembly_move"),
    path(f"{ONE}/bureau/", assemblies.assembly_bureau, name="assembly_bureau"),
    path(f"{ONE}/annuler/", assemblies.assembly_cancel, name="assembly_cancel"),
    path(f"{ONE}/publier/", assemblies.assembly_publish, name="assembly_publish"),
    path(f"{ONE}/seconde-convocation/", assemblies.assembly_call_again, name="assembly_call_again"),
    path(f"{ONE}/resultat/", accounts.assembly_accounts, name="assembly_accounts"),
    path(f"{ONE}/points/nouveau/", agenda.item_new, name="item_new"),
    path("assemblees/points/<int:pk>/modifier/", agenda.item_change, name="item_change"),
    path("assemblees/points/<int:pk>/deplacer/", agenda.item_move, name="item_move"),
    path("assemblees/points/<int:pk>/retirer/", agenda.item_remove, name="item_remove"),
    path(f"{ONE}/sections/nouvelle/", sections.section_new, name="section_new"),
    path("assemblees/sections/<int:pk>/modifier/", sections.section_change, name="section_change"),
    path("assemblees/sections/<int:pk>/lieu/", sections.section_move, name="section_move"),
    path("assemblees/sections/<int:pk>/annuler/", sections.section_cancel, name="section_cancel"),
    path("assemblees/sections/<int:pk>/retirer/", sections.section_remove, name="section_remove"),
    path(f"{ONE}/documents/nouveau/", agenda.paper_new, name="paper_new"),
    path("assemblees/documents/<int:pk>/retirer/", agenda.paper_remove, name="paper_remove"),
    path(f"{ONE}/resolutions/nouvelle/", resolutions.resolution_new, name="resolution_new"),
    path(f"{ONE}/resolutions/proposer/", resolutions.resolution_propose, name="resolution_propose"),
    path("assemblees/resolutions/<int:pk>/", resolutions.resolution_detail, name="resolution_detail"),
    path(
        "assemblees/resolutions/<int:pk>/modifier/", resolutions.resolution_change, name="resolution_change"
    ),
    path("assemblees/resolutions/<int:pk>/texte/", resolutions.resolution_write, name="resolution_write"),
    path(
        "assemblees/resolutions/<int:pk>/retirer/",
        resolutions.resolution_withdraw,
        name="resolution_withdraw",
    ),
    path(
        "assemblees/resolutions/<int:pk>/soutenir/",
        resolutions.resolution_support,
        name="resolution_support",
    ),
    path(
        "assemblees/resolutions/<int:pk>/inscrire/", resolutions.resolution_accept, name="resolution_accept"
    ),
    path("assemblees/resolutions/<int:pk>/refuser/", resolutions.resolution_refuse, name="resolution_refuse"),
    path("assemblees/resolutions/<int:pk>/amender/", amendments.amendment_new, name="amendment_new"),
    path(
        "assemblees/amendements/<int:pk>/retirer/", amendments.amendment_withdraw, name="amendment_withdraw"
    ),
    path("assemblees/resolutions/<int:pk>/candidature/", amendments.candidate_new, name="candidate_new"),
    path("assemblees/resolutions/<int:pk>/tirage/", amendments.candidates_draw, name="candidates_draw"),
    path("assemblees/candidatures/<int:pk>/modifier/", amendments.candidate_change, name="candidate_change"),
    path(
        "assemblees/candidatures/<int:pk>/retirer/", amendments.candidate_withdraw, name="candidate_withdraw"
    ),
    path(f"{ONE}/convoquer/", convocations.assembly_convene, name="assembly_convene"),
    path(f"{ONE}/convocations/", convocations.convocation_list, name="convocation_list"),
    path(f"{ONE}/convocations/postees/", convocations.convocation_post, name="convocation_post"),
    path(f"{ONE}/convocations/nouveaux/", convocations.convocation_newcomers, name="convocation_newcomers"),
    path("assemblees/convocations/<int:pk>/", convocations.convocation_detail, name="convocation_detail"),
    path(
        "assemblees/convocations/<int:pk>/preuve/", convocations.convocation_prove, name="convocation_prove"
    ),
    path(
        "assemblees/convocations/<int:pk>/lettre/",
        convocations.convocation_letter,
        name="convocation_letter",
    ),
    path(
        "assemblees/convocations/<int:pk>/a-reposter/",
        convocations.convocation_unpost,
        name="convocation_unpost",
    ),
    path(f"{ONE}/questions/", convocations.question_ask, name="question_ask"),
    path("assemblees/questions/<int:pk>/repondre/", convocations.question_answer, name="question_answer"),
]
