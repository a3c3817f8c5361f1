"""The paper of a proxy says the instructions of now; the one that was signed stays beside it, as replaced."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from cae.core.documents import read_document
from cae.core.models import Document
from cae.core.signing import Hand
from governance.models import Assembly, FormerProxyPaper, Proxy, Resolution
from governance.services.proxies import ProxyData, Signing, change_instructions, give_proxy
from governance.services.representation_files import archive_proxy, archive_waiting_proxies
from people.states import RoleKind
from tests.factories.governance import call, make_assembly, make_member, make_organiser, make_resolution
from tests.factories.kernel import make_cooperative
from tests.factories.people import make_user
from tests.pages import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


@pytest.fixture
def ana() -> Any:
    return make_member()


@pytest.fixture
def bob() -> Any:
    return make_member()


@pytest.fixture
def text(ana: Any, bob: Any) -> Resolution:
    make_cooperative()
    assembly = make_assembly(starts_at=timezone.now() + timedelta(days=10))
    for _user, associate in (ana, bob):
        call(assembly, associate)
    return make_resolution(assembly)


def given(ana: Any, bob: Any, text: Resolution, answer: str) -> Proxy:
    proxy = give_proxy(
        text.assembly,
        principal=ana[1],
        data=ProxyData(bob[1], {str(text.pk): answer} if answer else {}),
        signing=Signing(Hand("Ana Roy", typed="Ana Roy")),
        now=timezone.now(),
        actor=ana[0],
    )
    archive_proxy(proxy.pk)
    proxy.refresh_from_db()
    return proxy


def instruct(proxy: Proxy, actor: Any, text: Resolution, answer: str, message: str = "") -> Proxy:
    said = {str(text.pk): answer} if answer else {}
    return change_instructions(proxy, instructions=said, message=message, now=timezone.now(), actor=actor)


def printed(document: Document | None) -> str:
    assert document is not None
    pages = PdfReader(BytesIO(read_document(document))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).replace("\xa0", " ").split())


def test_other_instructions_make_another_paper_and_keep_the_former(ana: Any, bob: Any, text: Any) -> None:
    proxy = given(ana, bob, text, "pour")
    signed = proxy.pdf
    assert "Pour" in printed(signed)
    assert "Consignes changées" not in printed(signed)
    instruct(proxy, ana[0], text, "contre")
    # Until it is made, none says what is not asked any more; a dead worker is swept for it too.
    proxy.refresh_from_db()
    assert proxy.pdf is None
    assert archive_waiting_proxies() == 1
    proxy.refresh_from_db()
    assert proxy.pdf != signed
    assert proxy.pdf.name == f"pouvoir-{proxy.pk}-version-2.pdf"
    now = printed(proxy.pdf)
    assert "Contre" in now
    assert "Consignes changées le" in now
    former = FormerProxyPaper.objects.get()
    assert (former.proxy, former.document) == (proxy, signed)
    instruct(proxy, ana[0], text, "")
    assert "Aucune consigne" in printed(archive_proxy(proxy.pk))
    assert proxy.former_papers.count() == 2


def test_the_same_instructions_keep_their_paper(ana: Any, bob: Any, text: Any) -> None:
    proxy = given(ana, bob, text, "pour")
    row = instruct(proxy, ana[0], text, "pour", message="Pensez-y")
    assert (row.message, row.pdf_id, row.instructed_at) == ("Pensez-y", proxy.pdf_id, None)
    assert not FormerProxyPaper.objects.exists()


def test_instructions_changed_before_the_first_paper_leave_none_behind(ana: Any, bob: Any, text: Any) -> None:
    proxy = given(ana, bob, text, "pour")
    Proxy.objects.filter(pk=proxy.pk).update(pdf=None)
    instruct(proxy, ana[0], text, "contre")
    assert "Consignes changées le" in printed(archive_proxy(proxy.pk))
    assert not FormerProxyPaper.objects.exists()


def test_a_former_paper_is_read_by_who_reads_the_instructions(ana: Any, bob: Any, text: Any) -> None:
    proxy = given(ana, bob, text, "contre")
    signed = reverse("core:document", args=[proxy.pdf_id])
    # Nothing is asked now: the paper of now is anybody’s who sees the proxy, that of before is not.
    instruct(proxy, ana[0], text, "")
    current = reverse("core:document", args=[archive_proxy(proxy.pk).pk])  # type: ignore[union-attr]
    keepers = [make_organiser(), make_user(RoleKind.AUDITOR)]

    def reads(user: Any) -> bool:
        client = client_of(user)
        assert client.get(current).status_code == 200
        shown = client.get(proxy.get_absolute_url())
        opens = client.get(signed).status_code == 200
        assert (signed in shown.content.decode()) == opens
        return opens

    assert [reads(user) for user in (ana[0], bob[0], *keepers)] == [True, True, False, False]
    assert client_of(make_member()[0]).get(signed).status_code == 404
    ended = {"state": "closed", "opened_at": timezone.now(), "closed_at": timezone.now()}
    Assembly.objects.filter(pk=text.assembly_id).update(**ended)
    assert all(reads(user) for user in keepers)
