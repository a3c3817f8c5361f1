"""Nothing is visible or changeable outside one's scope (PEO-21, CAE-14): every object, tried by strangers."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core.cache import cache

from accounting.models import Entry, ResultSharing
from accounting.services.scales import assign_scale
from cae.core import models as kernel
from cae.core.importing.runs import open_import
from cae.core.importing.trying import try_import
from cae.core.mail import queue_email
from cae.core.models import AuditEntry, Document, ImportLine, ImportRun, Job, PersonalLink, SavedView
from cae.core.notices import notify
from entrepreneurs.models import (
    Absence,
    Activity,
    Agreement,
    AgreementShare,
    Alert,
    Application,
    ApplicationDecision,
    Claim,
    CommitteeVoice,
    Contract,
    ContractDeclaration,
    ContractTerms,
    Cover,
    DocumentRequest,
    EntryChecklist,
    EntryLine,
    Exit,
    HiringDeclaration,
    InsurerSlip,
    Interview,
    JoinRequest,
    Letter,
    LetterText,
    Mark,
    Meeting,
    MeetingReport,
    PassageDecision,
    PlanAction,
    PlanGoal,
    PrivateNote,
    Referent,
    RegisterEntry,
    Signatory,
    StageMove,
    Trade,
)
from invoicing.engines.checker import client as checker
from invoicing.models import CatalogueItem, Customer, Invoice, Quote, Receipt, SelfValidation, Sending
from invoicing.services.catalogue import create_item
from invoicing.services.inputs import ItemContent
from invoicing.states import CheckedKind
from people.models import (
    CivilRecord,
    Consent,
    DataIncident,
    DataRequest,
    Deadline,
    MergeRecord,
    OpenSession,
    Person,
    PersonScope,
    Request,
    RetentionProposal,
    SensitiveReading,
    Skill,
    SocialSituation,
    StatusPeriod,
)
from people.services.scopes import save_portfolio
from people.services.skills import Proof, SkillData, save_skill
from people.states import RoleKind
from people.states.statuses import StatusKind
from tests.factories import accounting as books
from tests.factories import applications, collectives, desk, quotes, sendings, welcome
from tests.factories import invoicing as make
from tests.factories.coaching import make_follow_up
from tests.factories.entrepreneurs import make_activity, make_entrepreneur
from tests.factories.held_contracts import held_by
from tests.factories.imports import CODE, sample_import
from tests.factories.kernel import BEGINNING, make_cooperative
from tests.factories.own_data import desk_of
from tests.factories.people import make_user
from tests.factories.person_files import PDF, make_status
from tests.house.test_rights import OURS
from tests.invoicing.conftest import Judges
from tests.pages import client_of

pytestmark = pytest.mark.django_db

# Addresses whose object is not somebody's: a code, a month, a secret, reference data of the whole house.
NOT_OWNED = (
    "ventes/pdf/<slug:kind>/",
    "invitation/<str:token>/",
    "d/<str:token>/",
    "couleurs/",
    "ventes/mentions/",
    "reglages/courriels/<str:code>/",
    "reglages/parametres/<str:code>/",
    "reglages/listes/",
    "effectifs/",
    "compta/plan/<int:pk>/",
    "compta/baremes/<int:pk>/",
    "compta/exonerations/<int:pk>/",
    "organismes/",
    "reglages/territoires/",
    "reglages/portefeuilles/",
    "demo/",
    "agenda/<str:token>.ics",
    "signer/<str:token>/",
    "signer/convention/<str:token>/",
    "courriers/modeles/<slug:code>/",
    "catalogue-accompagnement/<int:pk>/",
    "actions-financees/",
    "candidatures/chiffres/",
    "candidatures/colonnes/",
    "metiers/",
    "equipe/guide/",
    "candidatures/lot/",
    # A secret, or one's own (« moi »).
    "candidature/",
    # One's own answer to a purpose: whoever asks, it is about themselves.
    "mon-compte/consentements/",
    "importer/<str:code>/modele/",
)
ARTICLE = ItemContent(label="Reportage", unit_price=Decimal(620), vat_code="normal")
# The door of an import, whose name is a code; what was brought through it is somebody's.
DOORS = ("importer/<str:code>/",)


def owned_addresses() -> list[str]:
    owned = [address for address, _view in OURS if "<" in address and not address.startswith(NOT_OWNED)]
    return [address for address in owned if address not in DOORS]


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch, demonstration: None) -> dict[str, Any]:
    """What Claire owns, by the beginning of its address."""
    monkeypatch.setattr(checker, "check", Judges().check)
    user, activity = make_entrepreneur(code="CLAIRE")
    make_cooperative()
    assign_scale(activity, scale=books.scale(), starts_on=BEGINNING, reason="Vote", actor=None)
    invoice = make.issued(activity)
    quote = quotes.submitted(activity)
    trusted = SelfValidation.objects.get(person=make.trust(user, CheckedKind.QUOTE).person)
    payment = make.pay(invoice, "10.00")
    assert user.person is not None
    role = user.person.roles.get()
    filed = make_status(user.person, StatusKind.ASSOCIATE, BEGINNING)
    job = Job.objects.create(task="core.seal_audit", label="Essai", author=user, total=1)
    view = SavedView.objects.create(owner=user, page="x", name="x", query="")
    return {
        **_coached(),
        **_welcomed(),
        **_entering(user.person),
        **_gathered(user),
        "ventes/clients/": invoice.customer.pk,
        "ventes/catalogue/": create_item(activity, content=ARTICLE, on=make.DAY, actor=None).pk,
        "ventes/contacts/": invoice.customer.contacts.create(name="Jeanne Durand").pk,
        "ventes/factures/": invoice.pk,
        "ventes/devis/": quote.pk,
        "ventes/a-valider/": quote.pk,
        "ventes/devis-arretes/": quote.pk,
        "ventes/envois/": sendings.sent_quote(activity, customer=invoice.customer)[0].sendings.get().pk,
        "ventes/autovalidation/": trusted.pk,
        "ventes/encaissements/": payment.receipt_id,
        "activites/": activity.pk,
        "mon-activite/": activity.pk,
        "contributions/": activity.contributions.get().pk,
        "compta/ecritures/": Entry.objects.filter(journal__code="VE").get().pk,
        "personnes/roles/": role.pk,
        "personnes/statuts/": filed.pk,
        "personnes/competences/": _skilled(user.person),
        "personnes/": user.person.pk,
        "travaux/": job.pk,
        "avis/": _told(user).pk,
        "courriels/": _written(user).pk,
        "messages/": invoice.pk,
        **_desk(user),
        **_bound(user),
        "journal/": AuditEntry.objects.latest("pk").pk,
        "documents/": next(
            iter(Document.objects.filter(kind="invoicing.invoice").values_list("pk", flat=True)), 0
        ),
        "vues/": view.pk,
        "mon-compte/appareils/": OpenSession.objects.create(user=user, session_key="claire").pk,
        "importer/": _tried(user).pk,
        **_at_the_data_desk(user),
    }


def _at_the_data_desk(user: Any) -> dict[str, Any]:
    """What the data officer has of theirs, by the beginning of its address."""
    kept = desk_of(make_user(RoleKind.DATA_OFFICER), user)
    return {
        "donnees-personnelles/demandes/": kept["request"].pk,
        "donnees-personnelles/effacements/": kept["proposal"].pk,
        "donnees-personnelles/incidents/": kept["incident"].pk,
        "donnees-personnelles/registre/": kept["processing"].pk,
        "personnes/fusions/": kept["merge"].pk,
    }


def _skilled(person: Person) -> int:
    """A skill with its proof."""
    data = SkillData("Habilitation")
    return save_skill(None, person=person, data=data, proof=Proof(PDF, "x.pdf"), actor=None, on=make.DAY).pk


def _desk(user: Any) -> dict[str, Any]:
    """What human resources and the staff keep of somebody, by the beginning of its address."""
    request, entry = desk.make_request(user), desk.make_hiring(user.person)
    return {
        "absences/": desk.make_absence(user).pk,
        "declarations-a-l-embauche/": entry.declaration.pk,
        "demandes/": request.pk,
        "equipe/file/": request.pk,
        "registre-du-personnel/": entry.pk,
        "sorties/": desk.make_exit(user.person, make_user(RoleKind.HUMAN_RESOURCES)).pk,
    }


def _bound(user: Any) -> dict[str, Any]:
    """What somebody signs, by the beginning of its address."""
    made = held_by(user)
    starts = {
        "contrats/": "contract",
        "contrats/clauses/": "terms",
        "contrats/declarations/": "declaration",
        "parcours/": "person",
    }
    return {start: made[name].pk for start, name in starts.items()}


def _coached() -> dict[str, Any]:
    """What is said of somebody’s path, by the beginning of its address."""
    made = make_follow_up()
    starts = {
        "accompagnement/": "person",
        "alertes/": "alert",
        "catalogue-accompagnement/demandes/": "asked",
        "comptes-rendus/": "report",
        "contacts/": "referent",
        "disponibilites/": "range",
        "disponibilites/jours/": "closed",
        "entretiens/": "interview",
        "plan/actions/": "action",
        "plan/objectifs/": "goal",
        "rendez-vous/": "meeting",
    }
    return {start: made[name].pk for start, name in starts.items()}


def _welcomed() -> dict[str, Any]:
    """What is said of a candidate, by the beginning of its address."""
    made = welcome.welcomed()
    starts = {
        "candidatures/": "application",
        "candidatures/avis/": "opinion",
        "candidatures/fiches/": "slip",
        "candidatures/notes/": "mark",
        "comites/": "planned",
        "comites/dossiers/": "file",
    }
    return {start: made[name].pk for start, name in starts.items()}


def _entering(person: Person) -> dict[str, Any]:
    """What somebody brings to come in, by the beginning of its address."""
    made = applications.entering(person)
    starts = {
        "documents-demandes/": "came",
        "entrees/": "checklist",
        "entrees/lignes/": "line",
        "mes-documents/": "missing",
    }
    return {start: made[name].pk for start, name in starts.items()}


def _gathered(user: Any) -> dict[str, Any]:
    """What somebody has in a collective, by the beginning of its address."""
    made = collectives.gathered(user)
    starts = {
        "assurances/": "cover",
        "collectifs/demandes/": "demand",
        "compta/repartitions/": "activity",
        "conventions/": "signed",
        "repartitions/": "sharing",
        "sinistres/": "claim",
    }
    return {start: made[name].pk for start, name in starts.items()}


def _told(user: Any) -> kernel.Notice:
    notify([user], "core.message", subject="Essai", url="/aide/")
    return kernel.Notice.objects.filter(user=user).latest("pk")


def _written(user: Any) -> kernel.OutgoingEmail:
    """A mail of theirs that was given up: they may send it again."""
    words = {"paragraphs": ["Bonjour"], "button": "Voir", "url": "http://x/", "why": "Essai"}
    row = queue_email(to="a@example.org", subject="x", context=words, cause="test", actor=user)
    kernel.OutgoingEmail.objects.filter(pk=row.pk).update(state="failed")
    return row


def _tried(user: Any) -> ImportRun:
    """A sheet that was tried, with its lines."""
    spec = sample_import()
    run = open_import(spec, content=b"Nom\nAtelier\n", name="vues.csv", target="a", actor=user)
    return try_import(run, mapping={"name": 0}, actor=user)


def advisor_of_elsewhere() -> Any:
    portfolio = save_portfolio(None, label="Ailleurs", scopes=[make_activity().scope], actor=None)
    return make_user(RoleKind.ADVISOR, scope=portfolio)


STRANGERS: dict[str, Callable[[], Any]] = {
    "another entrepreneur": lambda: make_entrepreneur()[0],
    "an advisor of another portfolio": advisor_of_elsewhere,
    "a candidate": lambda: make_user(RoleKind.CANDIDATE),
    "an associate": lambda: make_user(RoleKind.ASSOCIATE),
    "the webmaster": lambda: make_user(RoleKind.WEBMASTER),
    "an account without role": make_user,
}


def filled(address: str, keys: dict[str, Any]) -> str:
    prefix = max((start for start in keys if address.startswith(start)), key=len)
    path = address.replace("<int:pk>", str(keys[prefix])).replace("<int:activity_id>", str(keys[prefix]))
    code = "invoicing.invoice" if path.startswith("messages/") else CODE
    path = path.replace("<str:code>", code).replace("<slug:act>", "annuler")
    path = path.replace("<int:number>", "1").replace("<slug:function>", "ressources-humaines")
    path = path.replace("<int:other>", str(keys[prefix])).replace("<slug:purpose>", "health")
    path = path.replace("<int:member_id>", str(keys[prefix])).replace("<slug:move>", "transmettre")
    path = path.replace("<int:share_id>", str(keys[prefix])).replace("<int:rank>", "1")
    path = path.replace("<slug:word>", "refuser").replace("<int:invitation>", str(keys[prefix]))
    path = path.replace("<int:meeting>", str(keys[prefix]))
    return "/" + path.replace("<slug:kind>", "devis").replace("<slug:month>", "2026-03").replace(
        "<slug:figure>", "sales"
    ).replace("<slug:period>", "month")


def everything() -> list[Any]:
    """What a stranger's click must leave as it was."""
    models: tuple[Any, ...] = (Activity, AuditEntry, Customer, Document, Entry, Invoice, Job, Person, Receipt)
    models += (StatusPeriod, Skill, CivilRecord, SocialSituation)
    models += (SavedView, ImportRun, ImportLine, PersonalLink, Quote, SelfValidation, Sending)
    models += (Alert, Interview, Meeting, MeetingReport, PlanAction, PlanGoal, PrivateNote, Referent)
    models += (Consent, DataRequest, DataIncident, MergeRecord, RetentionProposal, SensitiveReading)
    models += (CatalogueItem, kernel.Message, kernel.Notice, kernel.OutgoingEmail)
    models += (Application, ApplicationDecision, CommitteeVoice, InsurerSlip, Mark, StageMove)
    models += (DocumentRequest, EntryChecklist, EntryLine)
    models += (Agreement, AgreementShare, Claim, Cover, JoinRequest, PersonScope, ResultSharing, Trade)
    models += (Contract, ContractDeclaration, ContractTerms, Letter, LetterText, PassageDecision, Signatory)
    models += (Absence, Deadline, Exit, HiringDeclaration, RegisterEntry, Request)
    return [list(model.objects.order_by("pk").values()) for model in models]


@pytest.mark.parametrize("who", STRANGERS)
def test_a_stranger_sees_nothing_and_changes_nothing(who: str, keys: dict[str, Any]) -> None:
    client = client_of(STRANGERS[who]())
    before = everything()
    for address in owned_addresses():
        path = filled(address, keys)
        for answer in (
            client.get(path),
            client.post(path, {"reason": "x", "amount": "1", "on": "2026-03-03"}),
        ):
            assert answer.status_code in (403, 404, 405), f"{who}: {answer.request['REQUEST_METHOD']} {path}"
    assert everything() == before
    cache.clear()


def test_the_owner_does_see_them(keys: dict[str, Any]) -> None:
    """So that a wrong address in this file cannot make the test above pass."""
    owner = Person.objects.get(pk=keys["personnes/"]).user
    client = client_of(owner)
    for path in (
        f"/ventes/clients/{keys['ventes/clients/']}/",
        f"/ventes/factures/{keys['ventes/factures/']}/",
        f"/activites/{keys['activites/']}/",
        f"/mon-activite/{keys['mon-activite/']}/",
        f"/travaux/{keys['travaux/']}/",
        f"/compta/ecritures/{keys['compta/ecritures/']}/",
    ):
        assert client.get(path).status_code == 200, path
