import pytest
from pathlib import Path
from tests.browser.addresses import STOPS, Stop
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
OUT=Path("/tmp/team3/h9_shots"); OUT.mkdir(exist_ok=True)
WANT=("catalogue_list","catalogue_new","catalogue_detail","catalogue_edit","look_edit","mention_detail","mention_change","mention_end")
def stops():
    found=[s for s in STOPS if s.name.split(":")[-1] in WANT]
    found.append(Stop("invoicing:mention_list","accountant")); found.append(Stop("invoicing:mention_new","accountant"))
    found.append(Stop("invoicing:public_document","visitor",lambda h: h.offers["sent"][1],state="quote"))
    found.append(Stop("invoicing:quote_detail","seller",lambda h: h.offers["sent"][0],state="sent"))
    found.append(Stop("invoicing:quote_edit","seller",lambda h: h.quotes["draft"]))
    return found
def test_shots(visitor, house):
    bad=[]
    page=visitor.page
    for s in stops():
        visitor.sign_in(s.who)
        u=s.url(house)
        f=visitor.look(u)
        if f: bad.append((str(s),f))
        name=str(s).replace("invoicing:","")
        for scheme,w in (("light",1280),("light",390),("dark",1280)):
            page.emulate_media(color_scheme=scheme); page.set_viewport_size({"width":w,"height":900})
            page.goto(u); page.wait_for_timeout(900)
            page.screenshot(path=str(OUT/f"{name}_{w}_{scheme}.png"), full_page=True)
    print(bad)
    assert not bad, bad
