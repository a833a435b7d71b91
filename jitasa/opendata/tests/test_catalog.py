"""The catalogue: read by an independent JSON-LD parser, judged by a SHACL validator; the 14 items."""

import json
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils import timezone, translation
from pyshacl import validate
from rdflib import Graph, Namespace
from rdflib.namespace import DCAT, DCTERMS, RDF

from jitasa.activities.tests.making import make_lists, make_sent
from jitasa.opendata import catalog
from jitasa.opendata.datasets import BY_SLUG, DATASETS
from jitasa.opendata.models import Version
from jitasa.opendata.services.refresh import refresh
from jitasa.review.services.accept import accept
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db
SHAPES = Path(__file__).with_name("shapes.ttl")
SPDX = Namespace("http://spdx.org/rdf/terms#")


def read(text: str) -> Graph:
    """Every triple of the catalogue. No address is opened: the context stands in the file."""
    assert isinstance(json.loads(text)["@context"], dict)
    return Graph().parse(data=text, format="json-ld")


def judged(graph: Graph) -> tuple[bool, str]:
    conforms, _report, words = validate(graph, shacl_graph=Graph().parse(SHAPES), inference="none")
    return conforms, words


@pytest.fixture
def full(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Graph:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    make_lists()
    for day in (date(2026, 9, 10), date(2026, 11, 20)):
        accept(actor=cast.dao, activity=make_sent(cast.anong, start_date=day), now=NOW)
    for dataset in DATASETS:
        refresh(dataset=dataset, now=NOW)
    return read(Client().get("/opendata/catalog.jsonld").content.decode())


def test_the_catalogue_conforms(full: Graph) -> None:
    conforms, words = judged(full)
    assert conforms, words
    assert len(set(full.subjects(RDF.type, DCAT.Dataset))) == len(DATASETS)
    period = next(full.subjects(RDF.type, DCTERMS.PeriodOfTime))
    assert str(next(full.objects(period, DCAT.startDate))) == "2026-09-01"
    assert str(next(full.objects(period, DCAT.endDate))) == "2026-11-30"


def test_the_validator_sees_what_is_missing(full: Graph) -> None:
    full.remove((None, DCTERMS.license, None))
    conforms, words = judged(full)
    assert not conforms
    assert "license" in words


def test_a_catalogue_without_any_version_conforms(cast: Cast) -> None:
    conforms, words = judged(read(Client().get("/opendata/catalog.jsonld").content.decode()))
    assert conforms, words


def test_every_address_in_the_catalogue_answers_with_what_it_says(full: Graph) -> None:
    client = Client()
    for distribution in set(full.subjects(RDF.type, DCAT.Distribution)):
        address = urlsplit(str(next(full.objects(distribution, DCAT.downloadURL)))).path
        response: Any = client.get(address)
        content = b"".join(response.streaming_content)
        assert len(content) == int(str(next(full.objects(distribution, DCAT.byteSize))))
        checksum = next(full.objects(distribution, SPDX.checksum))
        assert response["ETag"].strip('"') == str(next(full.objects(checksum, SPDX.checksumValue)))
        media = str(next(full.objects(distribution, DCAT.mediaType)))
        assert response["Content-Type"].split(";")[0] == media.split("media-types/")[1]
    for page in set(full.objects(None, DCAT.landingPage)):
        assert client.get(urlsplit(str(page)).path).status_code == 200


def test_the_catalogue_has_one_address_in_both_languages(cast: Cast) -> None:
    response = Client().get("/en/opendata/catalog.jsonld")
    assert (response.status_code, response["Location"]) == (302, "/opendata/catalog.jsonld")
    assert "/en/" not in json.dumps(catalog.catalogue({}))


@pytest.mark.parametrize("language", ["th", "en"])
def test_the_fourteen_items(cast: Cast, language: str) -> None:
    with translation.override(language):
        for dataset in DATASETS:
            items = catalog.items(dataset)
            assert len(items) == 14
            assert all(value.strip() for _name, value in items)
    prefix = "/en" if language == "en" else ""
    page = Client().get(f"{prefix}/opendata/organizations/").content.decode()
    name = {"th": "ความถี่ในการปรับปรุง", "en": "Update frequency"}[language]
    assert name in page
    assert BY_SLUG["organizations"].title[language == "en"] in page
    assert Version.objects.count() == 0
