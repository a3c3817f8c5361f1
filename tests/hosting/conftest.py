"""What the tests of hosting borrow from those of the embedded servers."""

from tests.embedded.conftest import state  # noqa: F401 - a fixture is found by its name
