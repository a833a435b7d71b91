"""Names with hashes, also inside modules."""

from pathlib import Path

from jitasa.ui.storage import ModuleStorage

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
