"""Numbers of addresses and forms are read in one module (``jitasa/ui/reading.py``), and nowhere by hand."""

import ast
from collections.abc import Iterator
from pathlib import Path

import jitasa

ROOT = Path(jitasa.__file__).parent
READER = ROOT / "ui" / "reading.py"
FORBIDDEN = {"isdigit", "isdecimal", "isnumeric"}
ASKED = {"GET", "POST", "META", "COOKIES", "headers"}


def sources() -> list[Path]:
    return [
        path
        for path in sorted(ROOT.rglob("*.py"))
        if "tests" not in path.relative_to(ROOT).parts and path != READER
    ]


def asks(node: ast.AST) -> bool:
    """Whether an expression reads a request: ``request.GET…``, ``self.request.POST…``."""
    return any(isinstance(part, ast.Attribute) and part.attr in ASKED for part in ast.walk(node))


def faults(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and node.attr in FORBIDDEN:
            yield f"{node.lineno}: {node.attr}() takes ² for a digit"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            if node.func.id in {"int", "float", "UUID"} and any(asks(each) for each in node.args):
                yield f"{node.lineno}: {node.func.id}() of what a request says"
            first = node.args[0] if node.args else None
            if (
                node.func.id in {"path", "re_path"}
                and isinstance(first, ast.Constant)
                and "<int:" in str(first.value)
            ):
                yield f"{node.lineno}: <int:…> has no upper bound, use <number:…>"
        if isinstance(node, ast.Attribute) and ast.unparse(node) == "request.body":
            yield f"{node.lineno}: request.body is read by ui.reading.json_body"


def test_numbers_are_read_in_one_module() -> None:
    assert len(sources()) > 400
    allowed = {ROOT / "ui" / "request_guard.py"}  # looks at the bytes of a form
    wrong = [
        f"{path.relative_to(ROOT)}:{fault}"
        for path in sources()
        if path not in allowed
        for fault in faults(path.read_text(encoding="utf-8"))
    ]
    assert not wrong, "\n".join(wrong)


def test_the_rule_sees_what_it_forbids() -> None:
    for source in (
        'x.isdigit()', 'int(request.GET.get("page"))', 'int(self.request.POST["n"])', 'path("<int:pk>/", view)',
        "json.loads(request.body)", 'UUID(request.GET.get("u", ""))',
    ):  # fmt: skip
        assert list(faults(source)), source
