"""The factories of the room give what the database accepts."""

import pytest

from tests.factories import governance as make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", ["draft", "convened", "open", "closed"])
def test_an_assembly_at_each_stage_stands(state: str) -> None:
    _user, associate = make.make_member()
    assembly = make.make_assembly(state=state, associates=(associate,))
    make.make_resolution(assembly)
    assert assembly.resolutions.get().versions.get().text == "Les comptes sont approuvés."
