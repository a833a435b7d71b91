"""A lock on a row must not hold up those who only point at the row (``FOR NO KEY UPDATE``).

With a plain ``FOR UPDATE`` every insert that refers to the locked row waits, and two acts can wait for
each other in a ring through a foreign key that neither of them thinks of.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import jitasa

ROOT = Path(jitasa.__file__).parent


def faults(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "select_for_update"
            and not any(each.arg == "no_key" for each in node.keywords)
        ):
            yield f"{node.lineno}: select_for_update() without no_key=True"


def test_a_lock_leaves_the_key_alone() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{fault}"
        for path in sorted(ROOT.rglob("*.py"))
        if "tests" not in path.relative_to(ROOT).parts
        for fault in faults(path.read_text(encoding="utf-8"))
    ]
    assert not wrong, "\n".join(wrong)


def test_the_rule_sees_what_it_forbids() -> None:
    assert list(faults('Letter.objects.select_for_update(of=("self",)).get(pk=1)'))
    assert not list(faults("Letter.objects.select_for_update(no_key=True).get(pk=1)"))
