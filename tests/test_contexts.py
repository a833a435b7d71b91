"""Contexts of templates are kept for the modules that read them (``tests/contexts.py``)."""

from pathlib import Path

import pytest
from django.test import Client

from tests import contexts


@pytest.mark.django_db
def test_a_module_that_reads_them_has_them(client: Client) -> None:
    assert contexts.are_read(Path(__file__))
    assert client.get("/accounts/login/").context["form"]
    contexts.keep_where_read(Path(contexts.__file__).parent / "pages.py")
    assert client.get("/accounts/login/").context is None
