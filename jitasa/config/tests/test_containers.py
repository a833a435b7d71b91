"""``deploy/compose.yaml`` starts what there is, with settings that there are; the image has what it needs."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import kubernetes_validate  # type: ignore[import-untyped]
import pytest
import yaml

from jitasa.config import cli
from jitasa.config.tests.served import environment, web_process
from jitasa.config.tests.site import MAKE_TABLES

ROOT = Path(__file__).parents[3]
COMPOSE = (ROOT / "deploy" / "compose.yaml").read_text("utf-8")
CONTAINERFILE = (ROOT / "deploy" / "Containerfile").read_text("utf-8")
KUBERNETES = ROOT / "deploy" / "kubernetes.yaml"
KUBERNETES_VERSION = "1.36"
IS_READY = ROOT / "deploy" / "is_ready.py"


def test_every_process_of_the_site_is_a_command() -> None:
    started = set(re.findall(r'command: \["([a-z-]+)"', COMPOSE))
    assert started == {"serve", "worker", "pictures", "scheduler"}
    known = {name for name, _words in cli.COMMANDS}
    assert (
        started | set(re.findall(r"jitasa ([a-z-]+)", COMPOSE.split("entrypoint:")[1].splitlines()[0]))
        <= known
    )


def test_every_setting_is_described() -> None:
    described = (ROOT / "docs" / "operator.md").read_text("utf-8")
    named = set(re.findall(r"JITASA_[A-Z_]+", COMPOSE + CONTAINERFILE))
    assert len(named) >= 5
    assert not {name for name in named if f"`{name}`" not in described}
    asked = set(re.findall(r"\$\{([A-Z_]+):\?", COMPOSE))
    example = (ROOT / "deploy" / "compose.env.example").read_text("utf-8")
    assert asked == set(re.findall(r"^([A-Z_]+)=", example, re.MULTILINE))


def test_what_the_image_copies_is_there() -> None:
    kept = [
        line[1:] for line in (ROOT / ".containerignore").read_text("utf-8").splitlines() if line[:1] == "!"
    ]
    assert {"jitasa", "scripts", "Makefile", "pyproject.toml"} <= set(kept)
    assert all(list(ROOT.glob(each)) for each in kept)


def test_the_health_check_asks_the_site(tmp_path: Path) -> None:
    env = environment(
        tmp_path,
        JITASA_SITE_URL="https://info.example.go.th",
        JITASA_ALLOWED_HOSTS="info.example.go.th",
        JITASA_BEHIND_PROXY="1",
    )
    settings = {"DJANGO_SETTINGS_MODULE": "jitasa.config.settings"}

    def is_ready(port: int) -> bool:
        command = [sys.executable, str(IS_READY), str(port)]
        return subprocess.run(command, env=env, check=False, timeout=60, capture_output=True).returncode == 0

    with web_process(env) as port:
        assert not is_ready(port)  # the tables are not there yet
        subprocess.run([sys.executable, "-c", MAKE_TABLES], env=env | settings, check=True, timeout=300)
        assert is_ready(port)
    assert not is_ready(port)


def manifests() -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = yaml.safe_load(KUBERNETES.read_text("utf-8"))["items"]
    return items


def test_every_manifest_is_what_kubernetes_takes() -> None:
    """Against the schemas of that version, which the package brings along; unknown fields are faults."""
    for each in manifests():
        kubernetes_validate.validate(each, KUBERNETES_VERSION, strict=True)
    kinds = [each["kind"] for each in manifests()]
    assert kinds.count("Deployment") == 4
    broken = {**manifests()[-1], "specs": {}}
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(broken, KUBERNETES_VERSION, strict=True)


def test_the_manifests_start_the_same_processes() -> None:
    started = {
        container["args"][0]
        for each in manifests()
        if each["kind"] == "Deployment"
        for container in each["spec"]["template"]["spec"]["containers"]
    }
    assert started == {"serve", "worker", "pictures", "scheduler"}
    [settings] = [each["data"] for each in manifests() if each["kind"] == "ConfigMap"]
    described = (ROOT / "docs" / "operator.md").read_text("utf-8")
    assert all(f"`{name}`" in described for name in settings)
