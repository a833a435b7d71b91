"""The API as it is served, and its schema."""

import copy
from functools import cache
from typing import Any

import jitasa.photos.converters  # noqa: F401 (addresses of pictures)
from jitasa.api.operations import make_api
from jitasa.api.routers import activities, letters, photos, reading

api = make_api()
for each in (reading, activities, photos, letters):
    api.add_router("", each.router)

ERRORS = {
    400: "อ่านคำขอไม่ได้ · cannot be read",
    401: "ไม่มีโทเคนที่ใช้ได้ · no token that opens anything",
    403: "โทเคนไม่มีสิทธิ · the token may not do this",
    404: "ไม่พบ · not there, or not to be seen with this token",
    409: "ข้อมูลเปลี่ยนไปแล้ว · somebody changed it first, or the state does not allow it",
    413: "ใหญ่เกินกำหนด · too large",
    422: "ข้อมูลไม่ครบหรือไม่ถูกต้อง · something is missing or wrong, by field",
    429: "เรียกถี่เกินไป · too many requests; see Retry-After",
    503: "ไม่ว่างชั่วคราว · busy; see Retry-After",
    507: "ที่เก็บข้อมูลเต็ม · no room left",
}
PROBLEM: dict[str, Any] = {
    "type": "object",
    "required": ["type", "title", "status", "code", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string", "description": "ไม่เปลี่ยนตามภาษา · the same in every language"},
        "detail": {"type": "string", "description": "บอกว่าต้องทำอย่างไร · says what to do"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["path", "message", "code"],
                "properties": {
                    "path": {"type": "string", "description": "JSON pointer, e.g. /record/start_date"},
                    "message": {"type": "string"},
                    "code": {"type": "string"},
                },
            },
        },
    },
    "examples": [
        {
            "type": "/api/v1/docs#errors",
            "title": "ข้อมูลที่ส่งยังไม่ครบหรือไม่ถูกต้อง",
            "status": 422,
            "code": "incomplete",
            "detail": "ยังส่งไม่ได้ เหลืออีก 1 อย่าง",
            "errors": [{"path": "/start_date", "message": "ใส่วันที่จัด", "code": "incomplete"}],
        }
    ],
}
DONE = {"PUT": (200, 201, 202), "GET": (200, 304), "HEAD": (200,), "POST": (200, 201)}


@cache
def _schema() -> dict[str, Any]:
    found: dict[str, Any] = copy.deepcopy(dict(api.get_openapi_schema(path_prefix="/api/v1/")))
    components = found.setdefault("components", {})
    components.setdefault("schemas", {})["Problem"] = PROBLEM
    components["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    found["security"] = [{"token": []}]
    for operations in found["paths"].values():
        for method, operation in operations.items():
            operation["responses"] = _answers(method.upper())
    return found


def _answers(method: str) -> dict[str, Any]:
    body = {"application/json": {"schema": {"type": "object"}}}
    done: dict[str, Any] = {}
    for status in DONE[method]:
        done[str(status)] = {"description": "OK" if status < 300 else "Not Modified"}
        if status < 300 and method != "HEAD":
            done[str(status)]["content"] = body
    for status, words in ERRORS.items():
        done[str(status)] = {"description": words}
        if method != "HEAD":
            reference = {"$ref": "#/components/schemas/Problem"}
            done[str(status)]["content"] = {"application/problem+json": {"schema": reference}}
    return done


def schema() -> dict[str, Any]:
    """OpenAPI 3.1 of everything under ``/api/v1/``."""
    return _schema()
