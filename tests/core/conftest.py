"""A mail server on this machine, for the tests of letters."""

import pytest

from tests.postoffice import open_office


@pytest.fixture(scope="module")
def open_one():
    with open_office() as (handler, port):
        yield handler, port


@pytest.fixture
def office(open_one):
    """The mail server, fresh."""
    open_one[0].__init__()
    return open_one[0]
