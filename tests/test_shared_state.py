"""What a module keeps and changes is used by several threads at once: each such thing is named here with why it holds.

Looked for: names of a module that its functions change (append, ``[…] =``, ``global`` …), functions whose
results are remembered (``cache``, ``lru_cache``: the result is shared, so nobody may change it), and
objects of our own classes made when the module is loaded.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import jitasa

ROOT = Path(jitasa.__file__).parent
CHANGING = {
    "append", "appendleft", "add", "update", "setdefault", "pop", "popitem", "clear", "extend", "insert",
    "remove", "discard", "sort", "reverse",
}  # fmt: skip
FROZEN_KINDS = {  # made once, never changed: values, descriptions, functions of a library
    "TypeVar", "ParamSpec", "ContextVar", "Path", "Decimal", "Library", "ZoneInfo", "Q", "Move", "FileType", "SheetColumn", "TableColumn",
    "Pt", "Cm", "URLValidator", "Check", "Block", "Filter", "Limit", "Viewer", "TextInput",
    "Transition", "Times", "UUID",
    "Compiled",  # keeps its statements for each thread by itself
}  # fmt: skip

ALLOWED = {
    # Filled while the program starts, before the first thread; only read afterwards.
    "audit/labels.py:_verbs": "register() is called by AppConfig.ready",
    "audit/labels.py:_fields": "register() is called by AppConfig.ready",
    "api/routers/activities.py:router": "filled when it is imported",
    "api/routers/invitations.py:router": "filled when it is imported",
    "compilation/outputs/slide.py:BLUE": "a colour, a tuple of three numbers",
    "compilation/outputs/files.py:_templates": "a text: the templates do not change while the program runs",
    "api/routers/letters.py:router": "filled when it is imported",
    "api/routers/photos.py:router": "filled when it is imported",
    "api/routers/reading.py:router": "filled when it is imported",
    "api/routers/returns.py:router": "filled when it is imported",
    "openrosa/form.py:_made": "the same text always gives the same form",
    "documents/pieces.py:_dictionary": "made once, read only",
    "documents/pieces.py:_counts": "made once, read only",
    "documents/pieces.py:_of_icu": "made once, read only",
    "documents/pieces.py:_own": "made once, read only",
    "demo/country_event.py:NO_FIELDS": "text",
    "demo/services/country_writing.py:_given": "filled once in each process of its own, before it works",
    "demo/services/letters_kinds.py:NOBODY": "a frozen dataclass",
    "activities/selectors/finding.py:DAY": "an expression: Django resolves a copy of it",
    "ui/finding.py:NOTHING": "made once, read only",
    "manual/finding.py:_lines": "made once, read only",
    "field/assets.py:names": "made once, read only",
    "thai/working_days.py:_holidays": "made once, read only",
    "documents/words.py:with_breaks": "made once, read only",
    "audit/labels.py:_values": "register() is called by AppConfig.ready",
    "checking.py:_checks": "register() is called by AppConfig.ready",
    "clock.py:_watched": "filled once before threads start; a Clock keeps one frozen Beat, replaced as a whole",
    # Shared while threads run.
    "organizations/versions.py:_memory": "one dict for each token, replaced as a whole; entries are only added, "
    "two threads at worst load the same twice",
    "activities/services/gathering.py:GATHERING": "who waits and who leads change under its own lock",
    "config/tables.py:demand_tables": "that there are tables, once and for all",
    "config/observing/metrics.py:REQUESTS": "the library's, changed under its own lock",
    "config/observing/metrics.py:JOBS": "the library's, changed under its own lock",
    "ui/limits.py:_taken": "changed under _taking only",
    "ui/limits.py:_taking": "the lock itself",
    "ui/kept.py:RENEWAL": "one yes or no, set before threads start, and the library's own pool",
    "ui/modules.py:imported_by": "a tuple of names",
    "api/v1.py:_schema": "made once, read only",
    "files/bucket.py:_away_until": "one number, replaced as a whole",
    "files/bucket.py:_client": "boto3's clients are made to be shared by threads",
    "postgresql/reading.py:BEHIND": "noted by one thread; what others read or set is one number, replaced as a whole",
    "postgresql/standby.py:STANDBY": "one yes or no; two threads at worst say the same in the log",
    "postgresql/reading.py:_thread": "each thread has its own",
    "files/store.py:_ON_DISK": "folders are only added; two threads at worst flush the same one twice",
    "photos/decoder.py:_shared": "used under _lock only",
    "photos/decoder.py:_lock": "the lock itself",
    "audit/access/writer.py:WRITER": "every line is written under its own lock",
    "letters/services/send.py:courier": "has no state",
    "publicity/services/send.py:courier": "has no state",
    "letters/services/pass_on.py:NEXT_IN_LINE": "a frozen dataclass",
    "letters/views/composer.py:START": "a frozen dataclass",
    "rounds/selectors/tallies.py:ZERO": "a frozen dataclass",
    "ui/database.py:_sent_away_at": "one number, replaced as a whole",
    "ui/forms.py:ANY_DAY": "a frozen dataclass",
    "occasions/month_grid.py:_WEEKS": "only its first weekday, set when it is made",
    # Remembered results: immutable, or built whole before anybody else can get them.
    "activities/selectors/values.py:_labels": "read only",
    "activities/forms.py:amount_box": "copied from, never changed",
    "activities/forms.py:count_box": "copied from, never changed",
    "activities/services/revise.py:_SPELLING": "keeps nothing between two texts",
    "activities/report_line.py:_month": "a text for a month",
    "compilation/outputs/records.py:_status_words": "text",
    "faces/drawn.py:_box": "bytes",
    "faces/drawn.py:_is_drawn": "yes or no",
    "faces/fonts.py:_face": "frozen; typst only reads its fonts",
    "heartbeat.py:host": "text",
    "heartbeat.py:boot": "text",
    "inserting.py:_fields": "a tuple of columns",
    "inserting.py:_defaults": "copied from, never changed",
    "inserting.py:_key_of": "the name of a column",
    "inserting.py:_pair_sql": "text of a statement",
    "inserting.py:_table": "its lists are never changed",
    "column_values.py:_encoder": "keeps nothing between two texts",
    "inserting.py:_text": "text of a statement",
    "thai/likeness.py:letters": "text",
    "together.py:_waiting": "each thread's own",
    "letters/views/answers.py:_area": "text",
    "manual/book.py:chapters": "a tuple of frozen chapters",
    "manual/book.py:parser": "its rules are compiled before it is given away; parsing keeps its state by itself",
    "manual/render.py:picture_size": "numbers",
    "occasions/services/calendar.py:_lunar_dates": "days, read only",
    "opendata/shapes.py:month": "text",
    "opendata/shapes.py:fiscal": "text",
    "opendata/shapes.py:tambon_name": "text",
    "opendata/shapes.py:district_name": "text",
    "opendata/shapes.py:province_name": "text",
    "organizations/selectors/geography.py:provinces": "frozen places, read only",
    "organizations/selectors/geography.py:districts": "frozen places, read only",
    "organizations/selectors/geography.py:tambons": "frozen places, read only",
    "organizations/selectors/geography.py:tambon": "a frozen place",
    "organizations/selectors/geography.py:district": "a frozen place",
    "organizations/selectors/geography.py:province": "a frozen place",
    "organizations/selectors/geography.py:province_codes_by_name": "read only",
    "organizations/selectors/geography.py:district_codes_by_name": "read only",
    "portal/selectors/points.py:centres": "read only",
    "publicity/cards.py:_templates": "text",
    "rounds/services/country_sums.py:_insert": "text of a statement",
    "rounds/services/tally.py:_upsert": "text of a statement",
    "ui/body_limits.py:_patterns": "a tuple of compiled patterns",
    "ui/maps.py:outlines": "read only",
    "ui/maps.py:country": "read only",
}


def sources() -> list[Path]:
    return [
        path
        for path in sorted(ROOT.rglob("*.py"))
        if not {"tests", "migrations"} & set(path.relative_to(ROOT).parts)
    ]


def kept(tree: ast.Module) -> dict[str, ast.expr]:
    """The names that a module gives a value when it is loaded."""
    found: dict[str, ast.expr] = {}
    for node in tree.body:
        targets = (
            node.targets
            if isinstance(node, ast.Assign)
            else [node.target]
            if isinstance(node, ast.AnnAssign)
            else []
        )
        value = getattr(node, "value", None)
        found |= {each.id: value for each in targets if isinstance(each, ast.Name) and value is not None}
    return found


def shared(source: str) -> Iterator[str]:
    """The names in a module that threads share and that somebody may change."""
    tree = ast.parse(source)
    names = kept(tree)
    for name, value in names.items():
        kind = ast.unparse(value.func).rpartition(".")[2] if isinstance(value, ast.Call) else ""
        if kind[:1].isupper() and kind not in FROZEN_KINDS:
            yield name
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if any(remembers(each) for each in function.decorator_list):
            yield function.name
        yield from (name for name in changed_in(function) if name in names)


def remembers(decorator: ast.expr) -> bool:
    bare = decorator.func if isinstance(decorator, ast.Call) else decorator
    return ast.unparse(bare).rpartition(".")[2] in {"cache", "lru_cache"}


def changed_in(function: ast.AST) -> Iterator[str]:
    """Names whose things a function changes, or which it binds anew."""
    for node in ast.walk(function):
        if isinstance(node, ast.Global):
            yield from node.names
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CHANGING:
            yield from names_of(node.func.value)
        if isinstance(node, ast.Assign | ast.Delete):
            yield from (name for each in node.targets for name in changed_by(each))
        if isinstance(node, ast.AugAssign):
            yield from changed_by(node.target)


def changed_by(target: ast.expr) -> Iterator[str]:
    if isinstance(target, ast.Subscript | ast.Attribute):
        yield from names_of(target.value)


def names_of(value: ast.expr) -> Iterator[str]:
    if isinstance(value, ast.Name):
        yield value.id
    elif isinstance(value, ast.Subscript | ast.Attribute):
        yield from names_of(value.value)


def test_what_threads_share_is_known() -> None:
    found = {
        f"{path.relative_to(ROOT).as_posix()}:{name}"
        for path in sources()
        for name in shared(path.read_text("utf-8"))
    }
    assert not found - set(ALLOWED), "shared by threads: say in ALLOWED why it holds, or keep it elsewhere"
    assert not set(ALLOWED) - found, "no longer there: take it out of ALLOWED"


def test_the_rule_sees_what_it_looks_for() -> None:
    for source in (
        "seen = []\ndef f(x):\n    seen.append(x)\n",
        "last = None\ndef f(x):\n    global last\n    last = x\n",
        "by = {}\ndef f(x):\n    by[x] = 1\n",
        "by = {'a': []}\ndef f(x):\n    by['a'].append(x)\n",
        "keeper = Keeper()\n",
        "@cache\ndef f():\n    return []\n",
        "def f():\n    global later\n    later = 1\nlater = 0\n",
    ):
        assert list(shared(source)), source
    assert not list(shared("SIZES = {'a': 1}\ndef f(x):\n    own = []\n    own.append(SIZES[x])\n"))
