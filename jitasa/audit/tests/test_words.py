"""The log speaks in words: every verb and every name of data that a program writes has one, in both languages."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import override

import jitasa
from jitasa.audit import labels
from jitasa.occasions.models import OccasionKind

ROOT = Path(jitasa.__file__).parent
THAI = re.compile("[ก-๙]")
HOLDS_DATA = ("data", "changed", "added", "after", "before")


def modules() -> Iterator[tuple[Path, ast.Module]]:
    """Everything that writes entries, tests left out."""
    for path in sorted(ROOT.rglob("*.py")):
        parts = path.relative_to(ROOT).parts
        if "tests" in parts or "migrations" in parts:
            continue
        text = path.read_text("utf-8")
        if "jitasa.audit" in text and "verb" in text and "export.py" not in path.name:
            yield path, ast.parse(text)


def names_in(node: ast.AST) -> Iterator[str]:
    """The keys of every dictionary that is written out within ``node``."""
    for each in ast.walk(node):
        if isinstance(each, ast.Dict):
            yield from (str(key.value) for key in each.keys if isinstance(key, ast.Constant))


def data_names(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg == "data":
            yield from names_in(node.value)
        elif isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign) and node.value is not None:
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            if isinstance(target, ast.Name) and target.id in HOLDS_DATA:
                yield from names_in(node.value)
        elif (isinstance(node, ast.FunctionDef) and node.name in ("_said", "facts_data")) or (
            isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_state"
        ):
            yield from names_in(node)


def verbs(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg == "verb" and isinstance(node.value, ast.Constant):
            yield str(node.value.value)


def test_every_verb_has_words_in_thai_and_in_english() -> None:
    written = {verb for _path, tree in modules() for verb in verbs(tree)}
    assert len(written) > 80
    bare = {verb for verb in written if labels.label(verb) == verb}
    with override("en"):
        thai = {verb for verb in written if THAI.search(labels.label(verb))}
    assert (bare, thai) == (set(), set())


def test_every_name_of_data_has_words() -> None:
    bare = {
        f"{path.relative_to(ROOT)}: {name}"
        for path, tree in modules()
        for name in data_names(tree)
        if labels.field(name) is None
        and not any(labels.field(name, verb.partition(".")[0]) is not None for verb in verbs(tree))
    }
    assert bare == set()


def test_a_number_is_called_what_it_is_of() -> None:
    """The receipt number of an activity read "ครั้งที่", the word of another app for its own."""
    assert labels.details({"number": "81-6911-000012"}, "activity.submit") == "เลขที่รายงาน 81-6911-000012"
    assert labels.details({"number": 2}, "occasion.adopt") == "ครั้งที่ 2"
    assert labels.details({"number": 7}, "letter.register") == "เลขที่ 7"


def test_months_kinds_and_hashes_are_told_for_people() -> None:
    data = {"month": "2569-11", "content_hash": "ab12", "offices": ["06810104"]}
    assert labels.details(data, "month.remind") == "เดือน พฤศจิกายน 2569 · หน่วยงาน 06810104"
    assert labels.details({"kind": "facebook"}, "channel.add") == "ชนิด เฟซบุ๊ก"
    assert labels.details({"before": {"nil_allowed": True}, "after": {"note": "ใหม่"}}, "round.change") == (
        "จาก แจ้งไม่มีกิจกรรมได้ · เป็น หมายเหตุ ใหม่"
    )


def test_the_kind_of_a_day_is_told_in_words_and_what_is_cut_says_so() -> None:
    for kind in OccasionKind:
        assert labels.details({"kind": kind.value}, "occasion.add") == f"ชนิด {kind.label}"
    long = labels.details({"text": "ย" * 400}, "material.add")
    assert len(long) < 310  # marks above and below are not counted
    assert long.endswith("ย…")
