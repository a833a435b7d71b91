"""The API as it is served, and its schema."""

import copy
from functools import cache
from typing import Any

import jitasa.photos.converters  # noqa: F401 (addresses of pictures)
from jitasa.api.operations import make_api
from jitasa.api.routers import activities, invitations, letters, photos, reading, returns

api = make_api()
for each in (reading, activities, invitations, photos, returns, letters):
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
    500: "ระบบขัดข้อง · a fault of ours; what was acknowledged stays",
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
            "errors": [{"path": "/start_date", "message": "กรอกวันที่จัด", "code": "incomplete"}],
        },
        {
            "type": "/api/v1/docs#errors",
            "title": "What was sent is incomplete or wrong",
            "status": 422,
            "code": "incomplete",
            "detail": "Not sent yet: 1 thing left",
            "errors": [{"path": "/start_date", "message": "Enter the date", "code": "incomplete"}],
        },
    ],
}
# Headers of every answer to a token that opens something.
LIMITS: dict[str, Any] = {
    name: {"description": words, "schema": {"type": "integer"}}
    for name, words in {
        "RateLimit-Limit": "คำขอต่อนาทีของโทเคน · requests a minute of this token",
        "RateLimit-Remaining": "เหลืออีกกี่คำขอ · requests left",
        "RateLimit-Reset": "อีกกี่วินาทีเริ่มนับใหม่ · seconds until the count begins anew",
    }.items()
}
ETAG: dict[str, Any] = {"ETag": {"description": "ฉบับของคำตอบ · the version", "schema": {"type": "string"}}}
OFFSET: dict[str, Any] = {
    "Upload-Offset": {"description": "มาแล้วกี่ไบต์ · bytes that are here", "schema": {"type": "integer"}}
}
LATER: dict[str, Any] = {
    "Retry-After": {"description": "รอกี่วินาที · seconds to wait", "schema": {"type": "integer"}}
}
ADDRESSES: dict[str, dict[str, Any]] = {
    "month": {"pattern": "^25[0-9]{2}-(0[1-9]|1[0-2])$", "examples": ["2569-11"]},
    "sha256": {"pattern": "^[0-9a-f]{64}$", "examples": ["9f86d081884c7d65" + "0" * 48]},
}
WORDS_DONE = {200: "สำเร็จ · done", 201: "เก็บใหม่แล้ว · new", 202: "ยังไม่ครบ ส่งต่อ · go on"}


@cache
def _schema() -> dict[str, Any]:
    found: dict[str, Any] = copy.deepcopy(dict(api.get_openapi_schema(path_prefix="/api/v1/")))
    components = found.setdefault("components", {})
    components.setdefault("schemas", {})["Problem"] = PROBLEM
    components["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    found["security"] = [{"token": []}]
    for path, operations in found["paths"].items():
        for method, operation in operations.items():
            operation["responses"] = _answers(path, method, operation)
            for each in operation.get("parameters", ()):
                if each["in"] == "path" and each["name"] in ADDRESSES:
                    each["schema"] = {"type": "string", **ADDRESSES[each["name"]]}
    return found


def _answers(path: str, method: str, operation: dict[str, Any]) -> dict[str, Any]:
    """What was declared, with its headers, and the refusals that this operation may give."""
    head = method == "head"
    found: dict[str, Any] = {}
    for status, each in operation["responses"].items():
        found[str(status)] = {
            "description": WORDS_DONE[int(status)],
            "headers": {**ETAG, **LIMITS, **(OFFSET if "sha256}" in path else {})},
        }
        if not head:
            found[str(status)]["content"] = each["content"]
    if method == "get":
        found["304"] = {"description": "ไม่เปลี่ยน · not modified", "headers": ETAG}
    for status in _refusals(path, method, operation):
        found[str(status)] = _refusal(status, head=head)
    return found


def _refusals(path: str, method: str, operation: dict[str, Any]) -> list[int]:
    writes = method in {"put", "post", "delete"}
    return [
        400,
        401,
        *([403] if "x-scope" in operation else []),
        *([404] if "{" in path else []),
        *([409, 413] if writes else []),
        422,
        429,
        500,
        503,
        *([507] if writes else []),
    ]


def _refusal(status: int, *, head: bool) -> dict[str, Any]:
    found: dict[str, Any] = {"description": ERRORS[status]}
    headers = {**(LATER if status in {429, 503} else {}), **(OFFSET if status == 404 and head else {})}
    if headers:
        found["headers"] = headers
    if not head:
        reference = {"$ref": "#/components/schemas/Problem"}
        found["content"] = {"application/problem+json": {"schema": reference}}
    return found


def schema() -> dict[str, Any]:
    """OpenAPI 3.1 of everything under ``/api/v1/``."""
    return _schema()
