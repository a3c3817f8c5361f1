"""What one person owns in the house, address by address, for those who have no business there."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.utils import timezone

from accounting.models import BankLine, Entry, Lettering, ResultSharing
from accounting.selectors.accounts import section_of
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
from invoicing.models import CatalogueItem, Customer, Invoice, Quote, Receipt, SelfValidation, Sending
from invoicing.services.catalogue import create_item
from invoicing.services.inputs import ItemContent
from invoicing.services.mail_addresses import make_address
from invoicing.services.recharging import recharge_expenses
from invoicing.states.sales import CheckedKind
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
from people.services.banks import propose_bank
from people.services.skills import Proof, SkillData, save_skill
from people.states import RoleKind
from people.states.statuses import StatusKind
from tests.factories import accounting as books
from tests.factories import accounting_funds as funds
from tests.factories import accounting_ledger as ledger
from tests.factories import (
    applications,
    collectives,
    deals,
    desk,
    invoicing_chasing,
    invoicing_internal,
    invoicing_joint,
    invoicing_purchases,
    invoicing_recurring,
    quotes,
    sendings,
    welcome,
)
from tests.factories import invoicing as make
from tests.factories.accounting_bank import make_layout, make_rule
from tests.factories.accounting_funds import make_running
from tests.factories.accounting_ledger_imports import PREMIUM, make_brought, make_source, sheet
from tests.factories.accounting_levies import levied_by
from tests.factories.accounting_pay_house import pay_of
from tests.factories.accounting_reconciliation import cheque, slip
from tests.factories.accounting_treasury import forecast_by
from tests.factories.accounting_vat import taxed_by
from tests.factories.accounting_year_end import sent, year_2025
from tests.factories.coaching import make_follow_up
from tests.factories.entrepreneurs import make_activity, make_entrepreneur
from tests.factories.governance_held import held_in_cooperative
from tests.factories.held_contracts import held_by
from tests.factories.imports import CODE, sample_import
from tests.factories.invoicing_claims import driven
from tests.factories.invoicing_exchange import arrived
from tests.factories.invoicing_expenses import spent_by
from tests.factories.invoicing_incoming import unreadable
from tests.factories.invoicing_pieces import handed_over
from tests.factories.kernel import BEGINNING, make_cooperative
from tests.factories.own_data import desk_of
from tests.factories.payments import IBAN, make_batch, make_order
from tests.factories.people import make_user
from tests.factories.person_files import PDF, make_status
from tests.house import owned_bookings, owned_events, owned_members, owned_places, owned_training
from tests.house.owned_bookings import bookings_of
from tests.house.owned_events import events_of
from tests.house.owned_members import members_of
from tests.house.owned_places import places_of
from tests.house.owned_secret import ballots_of
from tests.house.owned_training import training_of
from tests.house.test_rights import OURS

# Addresses whose object is not somebody's: a code, a month, a secret, reference data of the whole house.
NOT_OWNED = (
    "ventes/pdf/<slug:kind>/",
    "invitation/<str:token>/",
    "d/<str:token>/",
    "c/<str:token>/",
    "p/<str:token>/",
    "expediteur/<str:token>/",
    "ventes/echanges/lot/<slug:act>/",
    "couleurs/",
    "ventes/mentions/",
    "reglages/courriels/<str:code>/",
    "reglages/parametres/<str:code>/",
    "reglages/listes/",
    "effectifs/",
    "compta/plan/<int:pk>/",
    "paie/regles/",
    "compta/lettrage/<int:pk>/",
    # Of the whole cooperative: their rights are asked for by the walk of the addresses.
    "etats/cooperative/",
    "etats/services-communs/",
    "compta/presentations/",
    "compta/baremes/<int:pk>/",
    "compta/exonerations/<int:pk>/",
    "compta/affectations/",
    "compta/fec/<int:pk>/",
    "compta/exports/<int:pk>/",
    # What a levy says is read by whoever pays it; its acts ask a right of the books.
    "compta/prelevements/",
    "organismes/",
    "fournisseurs/",
    "achats/cles/",
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
    # The screen of a room, open by its key: it shows what a room shows.
    "ecran/<str:key>/",
    "clauses-types/",
    "genres-d-affaire/",
    # Kinds of expense and their rules, mileage scales: the same for all.
    "reglages/depenses/",
    "reglages/baremes-kilometriques/",
    *owned_places.NOT_OWNED,
    *owned_members.NOT_OWNED,
    *owned_bookings.NOT_OWNED,
    *owned_events.NOT_OWNED,
    *owned_training.NOT_OWNED,
)
# What every associate reads, called to an assembly or not (C. com. L223-26, loi 47-1775): the rules
# confirmed, the bodies, the decisions. Reading only: what changes them stays closed to them.
READ_BY_ASSOCIATES = (
    "regles/<int:pk>/",
    "gouvernance/organes/<int:pk>/",
    "gouvernance/decisions/<int:pk>/",
)
ARTICLE = ItemContent(label="Reportage", unit_price=Decimal(620), vat_code="normal")
# The door of an import, whose name is a code; what was brought through it is somebody's.
DOORS = ("importer/<str:code>/",)


def owned_addresses() -> list[str]:
    owned = [address for address, _view in OURS if "<" in address and not address.startswith(NOT_OWNED)]
    return [address for address in owned if address not in (*DOORS, *owned_places.READ_BY_TEAM)]


def _banked(user: Any) -> int:
    """Bank details that she gave."""
    return propose_bank(user.person, holder="Claire Lenoir", iban=IBAN, actor=user).pk


def owned_by_claire() -> dict[str, Any]:
    """What Claire owns, by the beginning of its address."""
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
        # First: invoices are numbered in the order of their dates, and others bear that of today.
        **places_of(user),
        **members_of(user),
        **bookings_of(user),
        **events_of(user),
        **training_of(user),
        **_repeated(activity),
        **_coached(),
        **_welcomed(),
        **_entering(user.person),
        **_gathered(user),
        "ventes/clients/": invoice.customer.pk,
        "ventes/debours/": activity.pk,
        "ventes/catalogue/": create_item(activity, content=ARTICLE, on=make.DAY, actor=None).pk,
        "ventes/contacts/": invoice.customer.contacts.create(name="Jeanne Durand").pk,
        "ventes/factures/": invoice.pk,
        "ventes/devis/": quote.pk,
        "ventes/a-valider/": quote.pk,
        "ventes/devis-arretes/": quote.pk,
        "ventes/envois/": sendings.sent_quote(activity, customer=invoice.customer)[0].sendings.get().pk,
        "ventes/autovalidation/": trusted.pk,
        "ventes/encaissements/": payment.receipt_id,
        "ventes/echanges/": arrived(invoice).pk,
        "activites/": activity.pk,
        "mon-activite/": activity.pk,
        "etats/activites/": activity.pk,
        "releves-annuels/": sent(activity, year_2025()).pk,
        "contributions/": activity.contributions.get(subject=invoice.number).pk,
        "compta/virements/ordres/": (order := make_order(source=user.person)).pk,
        "compta/virements/lots/": make_batch(order).pk,
        **_taxed(user, activity),
        **_lettered(activity),
        **_led(),
        **_banked_lines(),
        **_levied(user, activity),
        **_granted(activity),
        **_foreseen(activity),
        "personnes/coordonnees-bancaires/": _banked(user),
        "compta/ecritures/": Entry.objects.get(journal__code="VE", piece=invoice.number).pk,
        "personnes/roles/": role.pk,
        "personnes/statuts/": filed.pk,
        "personnes/competences/": _skilled(user.person),
        "personnes/": user.person.pk,
        "travaux/": job.pk,
        "avis/": _told(user).pk,
        "courriels/": _written(user).pk,
        "messages/": invoice.pk,
        **_desk(user),
        # After the register of the staff, where whoever signs a CESA is written too.
        **_paid(user, activity),
        **_bound(user),
        **_in_cooperative(user),
        **ballots_of(user),
        **_dealt(user, activity),
        **_sold_inside(activity),
        **_shared(activity),
        **_handed_over(activity),
        **_spent(user, activity),
        **_driven(user, activity),
        **_came_in(user, activity),
        **_chased(activity),
        **_bought(activity),
        "journal/": AuditEntry.objects.latest("pk").pk,
        "documents/": next(
            iter(Document.objects.filter(kind="invoicing.invoice").values_list("pk", flat=True)), 0
        ),
        "vues/": view.pk,
        "mon-compte/appareils/": OpenSession.objects.create(user=user, session_key="claire").pk,
        "importer/": _tried(user).pk,
        **_at_the_data_desk(user),
    }


def _banked_lines() -> dict[str, Any]:
    """What the bank says of the cooperative; nothing of it is hers."""
    rule = make_rule()
    line = BankLine.objects.get()
    return {
        "compta/banque/comptes/": line.bank_account_id,
        "compta/banque/rapprochement/": line.bank_account_id,
        "compta/banque/remises/": slip(cheque(), account=line.bank_account).pk,
        "compta/banque/lignes/": line.pk,
        "compta/banque/releves/": line.statement_id,
        "compta/banque/regles/": rule.pk,
        "compta/banque/formats/": make_layout().pk,
    }


def _levied(user: Any, activity: Activity) -> dict[str, Any]:
    """What a levy took of her; a trial of a scale, which is nobody's."""
    made = levied_by({"accountant": user}, activity)
    return {"prelevements/": made["levy_taking"].pk, "compta/essais/": made["trial"].pk}


def _granted(activity: Activity) -> dict[str, Any]:
    """A grant that her activity spends."""
    fund = make_running(section_of(activity))
    spending = funds.spent_on(fund, activity)
    return {
        "compta/subventions/": fund.pk,
        "compta/subventions/versements/": funds.instalment(fund).pk,
        "compta/subventions/obligations/": funds.duty(fund).pk,
        "compta/subventions/depenses/": spending.pk,
        "<int:line>": spending.line_id,
    }


def _foreseen(activity: Activity) -> dict[str, Any]:
    """What her activity keeps and supposes; what the cooperative plans and supposes."""
    made = forecast_by(activity, timezone.localdate())
    return {
        "<int:scenario>": made["scenario"].pk,
        "compta/previsions/mois/": made["cash_plan"].pk,
        "compta/previsions/flux/": made["cash_plan"].pk,
        "compta/previsions/scenarios/": made["house_scenario"].pk,
        "compta/planchers/": made["cash_floor"].pk,
        "compta/planchers/depassements/": made["floor_excess"].pk,
    }


def _led() -> dict[str, Any]:
    """Months and entries by hand, which only those who read the books see."""
    draft, model = ledger.make_manual(), ledger.make_model()
    source = make_source()
    return {
        "compta/reprises/": make_brought(source, sheet(*PREMIUM)).pk,
        "compta/reprises/sources/": source.pk,
        "compta/audit/": "numeros",
        "<slug:proof>": "numeros",
        "compta/mois/": draft.pk,
        "compta/exercices/": draft.pk,
        "compta/saisie/": draft.pk,
        "compta/modeles/": model.pk,
        "compta/abonnements/": ledger.make_recurring(model, first_on=date(2199, 1, 1)).pk,
        "compta/contre-passations/": ledger.planned_of(ledger.post(date(2026, 11, 4))).pk,
        "<slug:verb>": "pause",
    }


def _lettered(activity: Activity) -> dict[str, Any]:
    """What her customer paid answers her invoice; what is owed to her; her section."""
    section = section_of(activity)
    return {
        "compta/lettrage/lettres/": Lettering.objects.filter(analytic=section).latest("pk").pk,
        "compta/balance-agee/": section.pk,
        "compta/manques/sections/": activity.pk,
    }


def _paid(user: Any, activity: Activity) -> dict[str, Any]:
    """Her pay, what was sent and received of it, her payslip, her year and what she may leave of it."""
    made = pay_of(user, activity)
    return {
        "ma-paie/": made["pay_to_accept"].pk,
        "paie/propositions/": made["pay"].pk,
        "paie/matricules/": user.person_id,
        "paie/mouvements/": "2026-11",
        "paie/formats/": made["pay_layout"].pk,
        "paie/envois/": made["pay_export"].pk,
        "paie/journaux/": made["pay_journal"].pk,
        "paie/bulletins/lots/": made["slip_batch"].pk,
        "bulletins/": made["payslip"].pk,
        "paie/fin-d-annee/": made["pay_year"].pk,
        "accords-de-resultat/": made["retained"].pk,
    }


def _taxed(user: Any, activity: Activity) -> dict[str, Any]:
    """The VAT of what she sold and bought, a deadline of the calendar."""
    made = taxed_by({"accountant": make_user(RoleKind.ACCOUNTANT), "seller": user}, activity)
    return {
        "compta/tva/lignes/": made["vat_untaxed"].pk,
        "compta/tva/": made["vat_filed"].pk,
        "compta/echeances/": made["tax_deadline"].pk,
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


def _shared(activity: Activity) -> dict[str, Any]:
    """The share that the activity has of a joint quote, which waits for its agreement."""
    quote = invoicing_joint.asked(other=activity)
    return {"<int:share>": quote.shares.get(activity=activity).pk}


def _handed_over(activity: Activity) -> dict[str, Any]:
    """A delivery note, a proforma."""
    made = handed_over(activity)
    return {"ventes/livraisons/": made["delivery_issued"].pk, "ventes/proformas/": made["proforma"].pk}


def _spent(user: Any, activity: Activity) -> dict[str, Any]:
    """Receipts, a claim, its line, a favourite."""
    made = spent_by(user, activity)
    return {
        "depenses/justificatifs/": made["voucher"].pk,
        "depenses/notes/": made["expense_claim"].pk,
        "depenses/lignes/": made["expense"].pk,
        "depenses/favoris/": user.person.expense_favourites.get().pk,
    }


def _driven(user: Any, activity: Activity) -> dict[str, Any]:
    """A trip, its vehicle, an advance, a claim handed over, an expense put on an invoice."""
    accountant = make_user(RoleKind.ACCOUNTANT)
    made = driven({"seller": user, "accountant": accountant}, activity)
    (line,) = made["claim_approved"].lines.all()
    draft = make.draft(activity, customer=line.customer)
    (recharge,) = recharge_expenses(draft, keys=[line.pk], actor=user)
    return {
        "depenses/trajets/favoris/": made["favourite_trip"].pk,
        "depenses/trajets/": made["trip"].pk,
        "depenses/vehicules/": made["vehicle"].pk,
        "depenses/avances/": made["advance"].pk,
        "depenses/a-verifier/": made["claim_to_check"].pk,
        "ventes/frais/": recharge.pk,
    }


def _came_in(user: Any, activity: Activity) -> dict[str, Any]:
    """A supplier's file, an address where files are sent."""
    return {
        "depenses/fichiers/": unreadable(activity).pk,
        "depenses/adresses/": make_address(user.person, actor=user).pk,
    }


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


def _in_cooperative(user: Any) -> dict[str, Any]:
    """What an associate has, by the beginning of its address, then by the word of an address within one."""
    made = held_in_cooperative(user)
    starts = {
        "amendements/": "amendment",
        "assemblees/": "assembly",
        "assemblees/<int:pk>/proces-verbal/": "minuted",
        "assemblees/amendements/": "amendment",
        "assemblees/candidatures/": "candidate",
        "assemblees/convocations/": "convocation",
        "assemblees/documents/": "paper",
        "assemblees/points/": "item",
        "assemblees/questions/": "question",
        "assemblees/resolutions/": "resolution",
        "assemblees/sections/": "section",
        "associes/": "associate",
        "colleges/": "college",
        "demandes-de-societariat/": "admission",
        "emargement/": "assembly",
        "gouvernance/decisions/": "decision",
        "gouvernance/elections/": "election",
        "gouvernance/mandats/": "mandate",
        "gouvernance/organes/": "body",
        "parts/categories/": "parts",
        "parts/mouvements/": "movement",
        "parts/remboursements/": "refund",
        "parts/souscriptions/": "subscription",
        "pouvoirs/": "proxy",
        "regles/": "rule_set",
        "regles/ligne/": "line",
        "resolutions/": "resolution",
        "votes/": "vote",
        "<int:associate_pk>": "associate",
        "<int:event_pk>": "event",
        "<int:paper>": "paper",
        "<int:payment_id>": "payment",
        "<int:place>": "place",
    }
    words = {"<str:key>": made["assembly"].room_key, "<str:receipt>": made["ballot"].receipt}
    return {start: made[name].pk for start, name in starts.items()} | words


def _dealt(user: Any, activity: Activity) -> dict[str, Any]:
    """What a deal holds, by the beginning of its address."""
    made = deals.dealt({"seller": user, "accountant": make_user(RoleKind.ACCOUNTANT)}, activity)
    return {
        "affaires/": made["deal_wanting"].pk,
        "affaires/pieces/": made["deal_piece"].pk,
        "affaires/fichiers/": made["deal_file"].pk,
        "relectures-de-contrats/": made["review"].pk,
        "<int:wanted>": made["deal_paper"].pk,
    }


def _sold_inside(activity: Activity) -> dict[str, Any]:
    """What the activity sells to another, by the beginning of its address."""
    return {"ventes/internes/": invoicing_internal.draft(activity, make_activity()).pk}


def _repeated(activity: Activity) -> dict[str, Any]:
    """What the activity makes again, by the beginning of its address."""
    plan = invoicing_recurring.make_plan(
        invoicing_recurring.model_of(activity), actor=make_user(RoleKind.ACCOUNTANT)
    )
    return {"ventes/recurrentes/": plan.pk}


def _chased(activity: Activity) -> dict[str, Any]:
    """What is done about money that does not come, by the beginning of its address."""
    made = invoicing_chasing.chased_by(activity)
    return {
        "ventes/relances/": made["reminder"].pk,
        "ventes/relances/client/": made["late_customer"].pk,
        "ventes/relances/etapes/": activity.pk,
        "ventes/relances/pauses/": made["pause"].pk,
        "ventes/clients/fusions/": made["customer_merge"].pk,
        "ventes/clients/acces/": made["access"].pk,
    }


def _bought(activity: Activity) -> dict[str, Any]:
    """What is bought and ordered for an activity, by the beginning of its address."""
    supplier = invoicing_purchases.make_supplier()
    return {
        "achats/": invoicing_purchases.make_purchase(activity, supplier=supplier).pk,
        "achats/commandes/": invoicing_purchases.make_purchase_order(activity, supplier=supplier).pk,
    }


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


def filled(address: str, keys: dict[str, Any]) -> str:
    prefix = max((start for start in keys if address.startswith(start)), key=len)
    path = address.replace("<int:pk>", str(keys[prefix])).replace("<int:activity_id>", str(keys[prefix]))
    for word in (key for key in keys if key.startswith("<")):
        path = path.replace(word, str(keys[word]))
    path = path.replace("/droit/<slug:act>", "/droit/suspendre")
    if path.startswith("demandes-de-societariat/"):
        path = path.replace("<slug:move>", "refuser")
    code = "invoicing.invoice" if path.startswith("messages/") else CODE
    path = path.replace("<str:code>", code).replace("<slug:act>", "annuler")
    path = path.replace("<int:number>", "1").replace("<slug:function>", "ressources-humaines")
    path = path.replace("<int:other>", str(keys[prefix])).replace("<slug:purpose>", "health")
    path = path.replace("<int:member_id>", str(keys[prefix])).replace("<slug:move>", "transmettre")
    path = path.replace("<int:share_id>", str(keys[prefix])).replace("<int:rank>", "1")
    path = path.replace("<slug:word>", "refuser").replace("<int:invitation>", str(keys[prefix]))
    path = path.replace("<int:meeting>", str(keys[prefix])).replace("/cases/<slug:code>", "/cases/08")
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
    models += tuple(apps.get_app_config("governance").get_models())
    return [list(model.objects.order_by("pk").values()) for model in models]
