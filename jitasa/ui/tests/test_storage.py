"""Names with hashes, also inside modules."""

from pathlib import Path

import pytest

from jitasa.ui.storage import LEFT_ALONE, ModuleStorage, without_comments

STATIC = Path(__file__).parent.parent / "static"


def test_modules_import_the_hashed_names(tmp_path: Path, settings: object) -> None:
    settings.DEBUG = False  # type: ignore[attr-defined]
    paths = {}
    storage = ModuleStorage(location=str(tmp_path))
    for name in ("ui/js/toast.js", "ui/js/svg.js", "django_htmx/other.js"):
        target = tmp_path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        source = STATIC / name
        target.write_text(
            source.read_text(encoding="utf-8") if source.exists() else 'import "nothing";\n', encoding="utf-8"
        )
        paths[name] = (storage, name)
    done = {
        name: hashed
        for name, hashed, _ in storage.post_process(paths)
        if not str(hashed).endswith((".gz", ".br"))
    }
    toast = (tmp_path / done["ui/js/toast.js"]).read_text(encoding="utf-8")
    assert f'from "./{Path(done["ui/js/svg.js"]).name}"' in toast
    assert done["ui/js/svg.js"] != "ui/js/svg.js"
    assert (tmp_path / done["django_htmx/other.js"]).read_text(encoding="utf-8") == 'import "nothing";\n'


@pytest.mark.parametrize(
    ("written", "served"),
    [
        ("// a line\nconst a = 1; // one\n", "const a = 1;\n"),
        ("  /** Told\n   * twice. */\n  go();\n", "  go();\n"),
        ('const at = "https://a.th/"; // its "home"\n', 'const at = "https://a.th/"; // its "home"\n'),
        ('say("a; // b");\n', 'say("a; // b");\n'),
        ("say(`a; // ${b}`);\n", "say(`a; // ${b}`);\n"),
        ("const slash = /\\//g; // all\n", "const slash = /\\//g;\n"),
    ],
)
def test_comments_are_not_served(written: str, served: str) -> None:
    assert without_comments(written) == served


def test_no_text_of_a_module_goes_over_a_line() -> None:
    """What looks like a line of comment is one, then (``without_comments``)."""
    root = STATIC.parent.parent
    modules = [
        path
        for path in root.glob("*/static/**/*.js")
        if not str(path.relative_to(path.parents[2])).startswith(LEFT_ALONE) and "vendor" not in path.parts
    ]
    assert len(modules) > 60
    for path in modules:
        lines = without_comments(path.read_text(encoding="utf-8")).splitlines()
        assert not [line for line in lines if line.split(" // ")[0].count("`") % 2], path
