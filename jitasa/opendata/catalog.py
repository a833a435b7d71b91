"""The catalogue as DCAT 3 in JSON-LD, and the 14 items of GD-Catalog (docs/domain.md §7).

The vocabulary is W3C DCAT 3 (Recommendation of 22 August 2024) with the controlled values harvesters
expect: EU frequencies, themes and access rights, IANA media types, SPDX checksums. The context stands
in the file itself, so that nothing has to be fetched to read it.
"""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse

from jitasa.opendata.datasets import DATASETS, Dataset, Words
from jitasa.opendata.formats import FORMATS, MEDIA_TYPES
from jitasa.opendata.models import Version
from jitasa.thai.dates import parse_month
from jitasa.ui.days import english
from jitasa.ui.reading import are_digits

EU = "http://publications.europa.eu/resource/authority"
IANA = "https://www.iana.org/assignments/media-types"
THAILAND = "https://sws.geonames.org/1605651/"
CONTEXT: dict[str, Any] = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "spdx": "http://spdx.org/rdf/terms#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
CATALOGUE: Words = ("ข้อมูลเปิด INFO จิตอาสา", "Open data of INFO จิตอาสา")
ABOUT: Words = (
    "กิจกรรมจิตอาสาขององค์กรปกครองส่วนท้องถิ่น สรุปรายเดือน ทะเบียนหน่วยงาน และวันสำคัญ ปรับปรุงทุกวัน ไม่มีข้อมูลส่วนบุคคล",
    "Volunteer activities of Thai local governments, monthly sums, registry and important days. Renewed daily, without personal data.",
)
COVERAGE: Words = ("ประเทศไทย ถึงระดับตำบล", "Thailand, down to the tambon")
FREQUENCY: Words = ("ทุกวัน", "Daily")
CATEGORY: Words = ("ข้อมูลสาธารณะ", "Public data")


def absolute(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


def page_of(dataset: Dataset) -> str:
    return absolute(reverse("opendata:dataset", args=[dataset.slug]))


def download_of(dataset: Dataset, form: str) -> str:
    return absolute(reverse("opendata:download", args=[dataset.slug, form]))


def items(dataset: Dataset) -> list[tuple[Words, str]]:
    """The 14 required items of GD-Catalog: (name in Thai and English, value in the reader's language)."""
    index = 1 if english() else 0
    contact = settings.OPENDATA_CONTACT_NAME
    return [
        (("ประเภทข้อมูล", "Type of data"), dataset.type[index]),
        (("ชื่อชุดข้อมูล", "Title"), dataset.title[index]),
        (("องค์กร", "Organization"), settings.OPENDATA_PUBLISHER),
        (("ชื่อผู้ติดต่อ", "Contact"), contact),
        (("อีเมลผู้ติดต่อ", "Contact email"), settings.OPENDATA_CONTACT_EMAIL),
        (("คำสำคัญ", "Keywords"), ", ".join(pair[index] for pair in dataset.keywords)),
        (("รายละเอียด", "Description"), dataset.description[index]),
        (("วัตถุประสงค์", "Objective"), dataset.objective[index]),
        (("ความถี่ในการปรับปรุง", "Update frequency"), FREQUENCY[index]),
        (("ขอบเขตเชิงภูมิศาสตร์", "Geographic coverage"), COVERAGE[index]),
        (("แหล่งที่มา", "Source"), dataset.source[index]),
        (
            ("รูปแบบ", "Format"),
            ", ".join(form.upper() if form != "geojson" else "GeoJSON" for form in FORMATS),
        ),
        (("หมวดหมู่ตามธรรมาภิบาลข้อมูล", "Data category"), CATEGORY[index]),
        (("สัญญาอนุญาต", "Licence"), f"{settings.OPENDATA_LICENCE_NAME} {settings.OPENDATA_LICENCE}"),
    ]


def catalogue(versions: dict[str, Version]) -> dict[str, Any]:
    """The whole catalogue; a dataset that has no version yet is described without files."""
    own = absolute(reverse("opendata:catalog"))
    newest = max((version.made_at for version in versions.values()), default=None)
    return {
        "@context": CONTEXT,
        "@id": own,
        "@type": "dcat:Catalog",
        "dct:title": _words(CATALOGUE),
        "dct:description": _words(ABOUT),
        "dct:publisher": _publisher(),
        "dct:language": _language(),
        "dct:license": {"@id": settings.OPENDATA_LICENCE},
        "dct:spatial": _spatial(),
        "foaf:homepage": {"@id": absolute(reverse("opendata:index"))},
        "dcat:themeTaxonomy": {"@id": f"{EU}/data-theme"},
        **({"dct:modified": _typed("dateTime", newest.isoformat())} if newest else {}),
        "dcat:dataset": [_dataset(each, versions.get(each.slug)) for each in DATASETS],
    }


def _dataset(dataset: Dataset, version: Version | None) -> dict[str, Any]:
    page = page_of(dataset)
    described = {
        "@id": f"{page}#dataset",
        "@type": "dcat:Dataset",
        "dct:identifier": page,
        "dct:title": _words(dataset.title),
        "dct:description": _words(dataset.description),
        "dct:type": {"@type": "skos:Concept", "skos:prefLabel": _words(dataset.type)},
        "dct:publisher": _publisher(),
        "dcat:contactPoint": _contact(),
        "dcat:keyword": [word for pair in dataset.keywords for word in _words(pair)],
        "dcat:theme": [{"@id": f"{EU}/data-theme/{name}"} for name in dataset.themes],
        "dct:license": {"@id": settings.OPENDATA_LICENCE},
        "dct:accessRights": {"@id": f"{EU}/access-right/PUBLIC"},
        "dct:accrualPeriodicity": {"@id": f"{EU}/frequency/DAILY"},
        "dct:spatial": _spatial(),
        "dct:language": _language(),
        "dct:provenance": {"@type": "dct:ProvenanceStatement", "rdfs:label": _words(dataset.source)},
        "dcat:landingPage": {"@id": page},
        "foaf:page": {"@id": f"{page}#dictionary"},
        "skos:note": _words(dataset.objective),
    }
    return described if version is None else described | _of_version(dataset, version)


def _of_version(dataset: Dataset, version: Version) -> dict[str, Any]:
    address = absolute(reverse("opendata:version", args=[dataset.slug, version.number, "csv"]))
    return {
        "dct:modified": _typed("dateTime", version.made_at.isoformat()),
        "dcat:version": str(version.number),
        "dcat:hasCurrentVersion": {"@id": address},
        **_temporal(version),
        "dcat:distribution": [_distribution(dataset, version, form) for form in FORMATS],
    }


def _distribution(dataset: Dataset, version: Version, form: str) -> dict[str, Any]:
    file = version.files[form]
    address = download_of(dataset, form)
    return {
        "@id": address,
        "@type": "dcat:Distribution",
        "dct:title": _words((f"{dataset.title[0]} ({form.upper()})", f"{dataset.title[1]} ({form.upper()})")),
        "dcat:accessURL": {"@id": page_of(dataset)},
        "dcat:downloadURL": {"@id": address},
        "dcat:mediaType": {"@id": f"{IANA}/{MEDIA_TYPES[form]}"},
        "dct:format": {"@id": f"{EU}/file-type/{form.upper()}"},
        "dcat:byteSize": _typed("nonNegativeInteger", str(file["bytes"])),
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": _typed("hexBinary", file["sha256"]),
        },
        "dct:license": {"@id": settings.OPENDATA_LICENCE},
        "dct:modified": _typed("dateTime", version.made_at.isoformat()),
    }


def _temporal(version: Version) -> dict[str, Any]:
    """From the first to the last month with rows; nothing for a dataset that is not by month."""
    parts = [piece["part"] for piece in version.pieces]
    if not parts or not are_digits(parts[0][:1]):
        return {}
    first, last = parse_month(parts[0]), _end(parse_month(parts[-1]))
    period = {
        "@type": "dct:PeriodOfTime",
        "dcat:startDate": _typed("date", first.isoformat()),
        "dcat:endDate": _typed("date", last.isoformat()),
    }
    return {"dct:temporal": period}


def _end(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _words(pair: Words) -> list[dict[str, str]]:
    return [{"@language": "th", "@value": pair[0]}, {"@language": "en", "@value": pair[1]}]


def _typed(kind: str, value: str) -> dict[str, str]:
    return {"@type": f"xsd:{kind}", "@value": value}


def _publisher() -> dict[str, Any]:
    address = absolute("/")
    return {
        "@id": f"{address}#publisher",
        "@type": "foaf:Organization",
        "foaf:name": settings.OPENDATA_PUBLISHER,
    }


def _contact() -> dict[str, Any]:
    return {
        "@type": "vcard:Organization",
        "vcard:fn": settings.OPENDATA_CONTACT_NAME,
        "vcard:hasEmail": {"@id": f"mailto:{settings.OPENDATA_CONTACT_EMAIL}"},
    }


def _spatial() -> dict[str, Any]:
    return {"@id": THAILAND, "@type": "dct:Location", "rdfs:label": _words(COVERAGE)}


def _language() -> dict[str, str]:
    return {"@id": f"{EU}/language/THA"}
