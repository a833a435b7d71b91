"""What the shapes of answers have in common."""

from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import ConfigDict, Field

Status = Literal["draft", "awaiting", "submitted", "returned", "accepted", "withdrawn"]
Stamp = Annotated[datetime | None, Field(examples=["2026-11-20T02:30:00Z"])]


def shown(*examples: Any) -> ConfigDict:
    """The examples of a shape."""
    return ConfigDict(
        json_schema_extra={"examples": list(examples)} if examples else {}, populate_by_name=True
    )


class FieldProblem(Schema):
    """``path`` is a JSON pointer into the body that was sent."""

    path: str
    message: str
    code: str
