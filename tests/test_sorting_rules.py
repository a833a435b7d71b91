"""Names are found and sorted in one way: stored keys, or ``thai.sorting`` for what stands on one page."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
SOURCES = [
    path for path in (ROOT / "jitasa").rglob("*.py") if not {"tests", "migrations", "demo"} & set(path.parts)
]
NAMES = ("name", "full_name", "short_name", "title", "label", "name_th", "subject")
# What is asked as it was typed: the hash-chained audit gets no new columns, and the unit of a stamp is a code.
AS_TYPED = {"actor_name__icontains", "unit__icontains"}


def faults(source: str) -> Iterator[tuple[int, str]]:
    """Line and reason of lists that the database sorts by letters, and of words looked for as they stand."""
    for node in ast.walk(ast.parse(source)):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "order_by"
        ):
            for word in node.args:
                text = word.value if isinstance(word, ast.Constant) else ""
                if isinstance(text, str) and text.lstrip("-").split("__")[-1] in NAMES:
                    yield node.lineno, f"{text} is no dictionary order: a stored sort_key, or thai.sorting"
        if (
            isinstance(node, ast.keyword)
            and node.arg
            and node.arg.endswith("icontains")
            and node.arg not in AS_TYPED
        ):
            yield node.value.lineno, f"{node.arg}: look in what thai.search stores, with ui.searching"
        if isinstance(node, (ast.Assign, ast.AnnAssign)) and isinstance(node.value, ast.List):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(isinstance(target, ast.Name) and target.id == "ordering" for target in targets):
                for word in node.value.elts:
                    if (
                        isinstance(word, ast.Constant)
                        and str(word.value).lstrip("-").split("__")[-1] in NAMES
                    ):
                        yield node.lineno, f"{word.value!s} is no dictionary order"


def test_names_are_sorted_and_found_by_stored_keys() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}: {why}"
        for path in SOURCES
        for line, why in faults(path.read_text())
    ]
    assert not found, "\n".join(found)


def test_the_rule_sees_the_faults() -> None:
    assert list(faults('rows.order_by("user__full_name")'))
    assert list(faults("rows.filter(title__icontains=text)"))
    assert list(faults('ordering: list[str] = ["kind", "-name"]'))
    assert not list(faults('rows.order_by("sort_key", "-created_at")'))
