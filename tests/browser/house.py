"""A small cooperative in legal situations of every kind, for the pages to show: made through the services."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from typing import Any
from unittest.mock import patch

from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounting.models import Account, ContributionScale, Entry, Exemption
from cae.core.audit import acting_through
from cae.core.importing.runs import open_import
from cae.core.importing.trying import try_import
from cae.core.jobs import start_job
from cae.core.models import AuditEntry, Document, ImportRun, Job, Notice, OutgoingEmail, SavedView
from cae.core.threads import post_message
from entrepreneurs.models import Activity
from invoicing.engines.checker import client
from invoicing.engines.checker.protocol import Verdict
from invoicing.models import Customer, CustomerContact, DocumentLook, Invoice, Quote, Receipt, SelfValidation
from invoicing.services.archiving import DOCUMENT_KIND
from invoicing.services.catalogue import create_item
from invoicing.services.discarding import discard_invoice
from invoicing.services.gathering import start_gathering
from invoicing.services.inputs import ItemContent, LineContent
from invoicing.services.submitting import submit_invoice
from invoicing.services.taking import take_document
from invoicing.states.sales import CheckedKind, DocumentLayout
from people.models import Organisation, Person, Role, Scope, StatusPeriod, Territory, User
from people.services.accounts import Preferences, change_preferences, close_account
from people.services.assistance import start_assistance
from people.services.guide import write_page
from people.services.invitations import PreparedRole, invite_person
from people.services.organisations import ContactData, OrganisationData, save_organisation
from people.services.scopes import save_portfolio
from people.states import RoleKind
from tests.browser.bookings import booked_in
from tests.browser.books import booked
from tests.browser.cooperative import governed
from tests.browser.coworking_members import coworked
from tests.browser.events import gathered as gathered_events
from tests.browser.spending import spending
from tests.browser.training import trained
from tests.factories import accounting as books
from tests.factories import applications, collectives, imports, quotes, sendings
from tests.factories import invoicing as sales
from tests.factories.coaching import make_follow_up
from tests.factories.coworking_held import held_in_places
from tests.factories.desk import make_absence, make_deadline, make_exit, make_hiring, make_request
from tests.factories.entrepreneurs import make_activity, make_entrepreneur
from tests.factories.held_contracts import contracted
from tests.factories.kernel import make_cooperative
from tests.factories.own_data import desk_of
from tests.factories.people import make_passkey, make_person, make_territory, make_user
from tests.factories.person_files import make_filed_person
from tests.factories.welcome import welcomed

LONG_NAME = (
    "Syndicat intercommunal d’aménagement et de promotion des circuits courts alimentaires du Haut-Pays"
)
LONG_ADDRESS = (
    "une-adresse-electronique-interminable-et-sans-coupure@exemple-de-domaine-tout-aussi-long.example"
)


@dataclass(frozen=True)
class House:
    """What the walk may name: accounts by the part they play, and one object of each kind or state."""

    users: dict[str, User]
    activity: Activity
    customer: Customer
    draft: Invoice
    issued: Invoice
    settled: Invoice
    overpaid: Invoice
    contact: CustomerContact
    overdue: Invoice
    credit_note: Invoice
    discarded: Invoice
    quotes: dict[str, Quote]
    # What customers have, with the secret of their link: a quote that waits, one accepted; an invoice.
    offers: dict[str, tuple[Quote, str]]
    bill: str
    handed: dict[str, Any]
    trusted: SelfValidation
    receipt: Receipt
    entry: Entry
    account: Account
    scale: ContributionScale
    exemption: Exemption
    organisation: Organisation
    person: Person
    role: Role
    status: StatusPeriod
    passkey: Authenticator
    territory: Territory
    portfolio: Scope
    job: Job
    sheet: ImportRun
    document: Document
    mail: OutgoingEmail
    notice: Notice
    act: AuditEntry
    invitation: str
    confirmation: str
    reset: tuple[str, ...]
    # What the data officer decides of: a request, an incident, a proposal, files that look alike.
    own_data: dict[str, Any]
    coaching: dict[str, Any]
    welcome: dict[str, Any]
    # The secrets of candidates, and what somebody brings to come in.
    applied: dict[str, Any]
    entering: dict[str, Any]
    gathered: dict[str, Any]
    contracted: dict[str, Any]
    # What the desk keeps: a request, an absence, a hiring, a departure.
    desk: dict[str, Any]
    # What associates decide: assemblies, votes, shares, minutes.
    governed: dict[str, Any]
    # A place with something of each kind, in the hands of the seller.
    hosted: dict[str, Any]
    # Events and those who come.
    gatherings: dict[str, Any]
    # What entrepreneurs spend, buy and chase.
    spent: dict[str, Any]
    booked: dict[str, Any]
    # What the activity teaches: a course, a session, trainees, what they sign.
    trained: dict[str, Any]
    # A place at work: members, what they hold, a month to bill.
    coworked: dict[str, Any]
    rooms: dict[str, Any]


def build_house() -> House:
    """Opens the cooperative, its people and its papers; only the invoice checker is stood for."""
    with patch.object(client, "check", lambda *_args, **_kwargs: Verdict(True)):
        return _build()


def _build() -> House:
    make_cooperative()
    scale = books.scale("0.1000")
    users = _users()
    seller, activity = make_entrepreneur(name="Photographie Lenoir", trade="Photographie")
    several, _first = make_entrepreneur(name="Reliure et dorure")
    assert several.person is not None
    make_activity(several.person, name=LONG_NAME[:78])
    _helped(seller, users["admin"])
    coaching = make_follow_up()
    received = welcomed()
    together = collectives.gathered(make_user(RoleKind.ENTREPRENEUR))
    users |= {"seller": seller, "several": several, "guarded": _guarded()}
    users |= {"coach": coaching["advisor"], "coached": coaching["user"]}
    users |= {
        "welcomer": received["manager"],
        "gathered": together["demand"].activity.scope.members.earliest("pk").person.user,
        "asking": together["asking"],
        "sitting": received["member"],
        "neighbour": received["colleague"],
    }
    signing = contracted()
    users |= {"signer": signing["user"]}
    decided = governed(users)
    papers = _papers(activity, seller)
    facts = _facts(activity, users["admin"])
    waiting, token, mail = _invitation(users["admin"])
    receipt = papers["settled"].payments.get().receipt
    job = start_gathering([papers["issued"], papers["settled"]], actor=users["accountant"])
    start_job("accounting.check_books_now", label="Contrôle des livres", actor=users["accountant"], total=1)
    SavedView.objects.create(owner=seller, page="invoicing.invoices", name="En retard", query="q=Lenoir")
    return House(
        users=users,
        activity=activity,
        customer=papers["issued"].customer,
        receipt=receipt,
        entry=receipt.entry,
        account=Account.objects.order_by("number").first(),
        scale=scale,
        exemption=books.exemption(activity),
        person=waiting,
        status=make_filed_person(),
        passkey=Authenticator.objects.get(type=Authenticator.Type.WEBAUTHN),
        role=Role.objects.filter(person=waiting).get(),
        job=Job.objects.get(pk=job.pk),
        sheet=_sheet(seller),
        document=Document.objects.filter(kind=DOCUMENT_KIND).latest("pk"),
        mail=mail,
        act=AuditEntry.objects.filter(verb="people.portfolio.fill").latest("pk"),
        handed=_handed(activity, users["accountant"]),
        offers=_offers(activity),
        bill=sendings.sent_invoice(papers["issued"]),
        invitation=token,
        confirmation=_confirmation(seller),
        reset=_reset(seller),
        coaching=coaching,
        welcome=received,
        applied=applications.applied(),
        gathered=together,
        contracted=signing,
        entering=applications.entering(seller.person),
        desk=_desk(seller, users["human_resources"]),
        governed=decided,
        hosted=held_in_places(seller),
        gatherings=gathered_events(users),
        spent=spending(users, activity),
        booked=booked(users, activity),
        trained=trained(users, activity),
        coworked=coworked(users),
        rooms=booked_in(users),
        own_data=desk_of(users["data_officer"], seller),
        **papers,
        **facts,
        # The last thing that happens: under the bell, it is the first.
        notice=_told(seller, papers["issued"], users["accountant"]),
    )


def _desk(seller: User, keeper: User) -> dict[str, Any]:
    """What the seller asked, and what human resources keep of them."""
    assert seller.person is not None
    make_deadline(seller.person, timezone.localdate() + timedelta(days=20))
    make_deadline(seller.person, timezone.localdate(), kind="medical_visit")
    return {
        "request": make_request(seller, title=LONG_NAME),
        "guide": write_page(None, title="Poser un congé", text="Par « Mes absences ».", actor=keeper),
        "absence": make_absence(seller),
        "entry": make_hiring(seller.person),
        "exit": make_exit(seller.person, keeper),
    }


def _offers(activity: Activity) -> dict[str, tuple[Quote, str]]:
    """A quote with an option that waits for its customer, and one that they accepted."""
    customer = sendings.buyer(activity, siren=sales.SIRENS[3], name="Salon des métiers")
    DocumentLook.objects.create(
        activity=activity,
        layout=DocumentLayout.BAND,
        colour="#8a3b12",
        terms_of_sale="Article 1 – Objet\n\n" + "Le client… " * 400,
    )
    article = ItemContent(label=LONG_NAME, reference="SALON", unit_price=Decimal(620), vat_code="normal")
    create_item(activity, content=article, on=timezone.localdate(), actor=None)
    lines = (sales.line("1240.00", label="Reportage"), sales.line("250.00", label="Tirages", optional=True))
    waits = sendings.sent_quote(activity, *lines, customer=customer, purpose="Reportage au salon")
    accepted, token = sendings.sent_quote(activity, *lines, customer=customer)
    return {"sent": waits, "accepted": (sendings.accept(accepted, token), token)}


def _users() -> dict[str, User]:
    """An account for each role, by the name of the role; « nobody » has none."""
    everyone = {str(kind): make_user(kind) for kind in RoleKind if kind != RoleKind.ENTREPRENEUR}
    admin, closed = everyone[RoleKind.ADMINISTRATOR], make_user()
    close_account(closed, reason="Départ", actor=admin, on=timezone.localdate())
    return everyone | {"admin": admin, "closed": closed, "nobody": make_user()}


def _guarded() -> User:
    """Somebody whose second factor is active."""
    user = make_user(RoleKind.CANDIDATE)
    TOTP.activate(user, generate_totp_secret())
    RecoveryCodes.activate(user)
    make_passkey(user, name="Téléphone professionnel de l’association des amis du Haut-Pays")
    return user


def _helped(user: User, helper: User) -> None:
    """Somebody of the team acted for the account, and changed one thing."""
    assert user.person is not None
    start_assistance(user.person, reason="Ne trouve pas la langue", actor=helper, now=timezone.now())
    with acting_through(helper):
        data = Preferences(language="fr", theme="system", density="comfort", shortcuts=False)
        change_preferences(user, data=data, actor=user)
    change_preferences(user, data=replace(data, shortcuts=True), actor=user)


def _papers(activity: Activity, seller: User) -> dict[str, Any]:
    """Invoices in every state, issued in the order of their dates."""
    today = timezone.localdate()
    firm = sales.firm(activity, name=LONG_NAME, email=LONG_ADDRESS)
    person = sales.firm(activity, siren="", kind="private_person", name="Claire Moreau")
    lines = (
        sales.line("1234567.89", label="Reportage photographique de la fête des récoltes, deux journées"),
        sales.line("80.00", vat="reduced", quantity=Decimal("2.5"), discount_rate=Decimal("0.1000")),
    )

    def sold(days: int, **details: Any) -> Invoice:
        on = today - timedelta(days=days)
        return sales.issued(activity, *lines, on=on, customer=firm, purpose="Reportage", **details)

    overdue = sold(70, due_on=today - timedelta(days=40))
    settled = sales.issued(activity, on=today - timedelta(days=20), customer=person)
    sales.pay(settled, "240.00", on=today - timedelta(days=5))
    issued = sold(10)
    sales.pay(issued, "1000.00", on=today - timedelta(days=4))
    overpaid = sales.issued(activity, on=today - timedelta(days=9), customer=firm)
    sales.pay(overpaid, "300.00", on=today - timedelta(days=4))
    credit_note = sales.issue(sales.credit(overdue), on=today - timedelta(days=3))
    discarded = sales.draft(activity, customer=person)
    discard_invoice(discarded, actor=seller)
    return {
        "issued": issued,
        "settled": settled,
        "overpaid": overpaid,
        "contact": firm.contacts.create(name="Jeanne Durand", function="Comptable", email=LONG_ADDRESS),
        "overdue": overdue,
        "credit_note": credit_note,
        "discarded": discarded,
        "draft": sales.draft(activity, *lines, customer=firm, purpose="Reportage"),
        "quotes": _quotes(activity, firm, lines),
        "trusted": SelfValidation.objects.get(person=sales.trust(seller, CheckedKind.INVOICE).person),
    }


def _handed(activity: Activity, reader: User) -> dict[str, Any]:
    """What waits for the team: a quote that nobody took, an invoice that somebody reads."""
    on, firm = timezone.localdate(), activity.customers.get(name=LONG_NAME)
    line = sales.line("7500", label="Reportage photographique de la fête des récoltes, deux journées")
    quote = quotes.submitted(activity, line, on=on, customer=firm, purpose="Fête des récoltes")
    invoice = submit_invoice(sales.draft(activity, line, customer=firm), actor=None, on=on)
    return {"quote": quote, "invoice": take_document(invoice, actor=reader)}


def _quotes(activity: Activity, firm: Customer, lines: tuple[LineContent, ...]) -> dict[str, Quote]:
    """A draft with groups, an option and a discount; a quote that was approved; its next version begun."""
    several = (
        sales.line("640", group_title="Prise de vue", description="Deux journées, de l’aube à la nuit."),
        *lines,
        sales.line("90", group_title="Livraison", optional=True, label="Tirage sous cadre"),
    )
    draft = quotes.quote(
        activity, *several, customer=firm, purpose="Reportage", discount_rate=Decimal("0.0500")
    )
    on = timezone.localdate()
    approved = quotes.approved(activity, *several, on=on, customer=firm, purpose="Fête des récoltes")
    return {"draft": draft, "approved": approved, "revision": quotes.revision(approved)}


def _facts(activity: Activity, admin: User) -> dict[str, Any]:
    """An organisation, a territory and a portfolio."""
    organisation = save_organisation(
        None,
        data=OrganisationData(name=LONG_NAME, email=LONG_ADDRESS, website="https://exemple.example/accueil"),
        contacts=[ContactData("Jeanne Durand", function="Directrice", email=LONG_ADDRESS)],
        actor=admin,
    )
    portfolio = save_portfolio(None, label="Portefeuille du Haut-Pays", scopes=[activity.scope], actor=admin)
    return {"organisation": organisation, "territory": make_territory(), "portfolio": portfolio}


def _invitation(admin: User) -> tuple[Person, str, OutgoingEmail]:
    """Somebody who has not opened their account yet, the token they received, and its message."""
    person = make_person(first_name="Noé", last_name="Castelnau-Montmirail", email="noe@exemple.fr")
    prepared = PreparedRole(RoleKind.CANDIDATE, timezone.localdate())
    invite_person(person, actor=admin, now=timezone.now(), roles=(prepared,))
    mail = OutgoingEmail.objects.filter(to=person.email).latest("pk")
    return person, _found(r"/invitation/([^/\s]+)/", mail)[0], mail


def _sheet(seller: User) -> ImportRun:
    """A sheet that was tried: one line is new, one changes, one is broken."""
    SavedView.objects.create(owner=seller, page=imports.PAGE, name=LONG_NAME[:60], query="avant")
    content = f'Nom;Filtre\nAtelier;a\n{LONG_NAME[:60]};{LONG_ADDRESS}\n"Sans fin;b\n'
    run = open_import(
        imports.sample_import(), content=content.encode(), name="vues.csv", target="a", actor=seller
    )
    return try_import(run, mapping={"name": 0, "query": 1}, actor=seller)


def _told(seller: User, invoice: Invoice, accountant: User) -> Notice:
    """What the seller was told: a message on their invoice, with one for the team alone beside it."""
    link = f"https://exemple.example/{'tres-long-' * 20}"
    post_message(invoice, text=f"Le client demande\nle bon de commande : {link}", actor=seller)
    post_message(invoice, text="Je l’ai : B-2026-17.", actor=accountant)
    post_message(invoice, text="À relancer jeudi.", actor=accountant, internal=True)
    return Notice.objects.filter(user=seller).latest("pk")


def _confirmation(user: User) -> str:
    """The key of an address that its owner has yet to confirm."""
    address = EmailAddress.objects.create(user=user, email="nouvelle@exemple.fr", verified=False)
    return str(EmailConfirmationHMAC(address).key)


def _reset(user: User) -> tuple[str, ...]:
    """Both parts of the link that a forgotten password brings."""
    Client().post(reverse("account_reset_password"), {"email": user.email})
    mail = OutgoingEmail.objects.filter(to=user.email).latest("pk")
    return _found(r"/accounts/password/reset/key/(\w+)-(\S+?)/", mail)


def _found(pattern: str, mail: OutgoingEmail) -> tuple[str, ...]:
    found = re.search(pattern, mail.text)
    assert found, mail.text
    return found.groups()
