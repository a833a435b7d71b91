"""The schema for programs, and the page made from it for people."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from jitasa.api.v1 import ERRORS, schema
from jitasa.ui.public_pages import public_file, public_page


@public_file
def openapi(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 (Django's signature)
    return JsonResponse(schema(), json_dumps_params={"ensure_ascii": False})


@public_page
def docs(request: HttpRequest) -> HttpResponse:
    """Every operation with its right, what it takes and what it answers."""
    found = schema()
    context = {
        "operations": [
            _described(path, method, operation)
            for path, operations in found["paths"].items()
            for method, operation in operations.items()
        ],
        "errors": ERRORS.items(),
        "fields": _fields(found),
    }
    return render(request, "api/docs.html", context)


def _described(path: str, method: str, operation: dict[str, Any]) -> dict[str, Any]:
    thai, _space, english = operation["description"].partition("\n\n")
    return {
        "method": method.upper(),
        "parts": [f"/{part}" for part in path.strip("/").split("/")],
        "thai": thai,
        "english": english.partition("\n\nScope:")[0],
        "scope": operation.get("x-scope", ""),
        "asked": [each["name"] for each in operation.get("parameters", []) if each["in"] == "query"],
    }


def _fields(found: dict[str, Any]) -> list[tuple[str, str]]:
    """The fields of a record with their types."""
    properties = found["components"]["schemas"]["ActivityIn"]["properties"]
    return [(name, _type(each)) for name, each in properties.items()]


def _type(each: dict[str, Any]) -> str:
    if "anyOf" in each:
        return " | ".join(_type(one) for one in each["anyOf"])
    if "enum" in each:
        return " | ".join(str(one) or '""' for one in each["enum"])
    return str(each.get("format") or each.get("type") or each.get("const") or "object")
