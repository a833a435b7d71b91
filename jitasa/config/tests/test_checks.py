"""Django's checks: those of the code are made here, those of an installation by the commands that set one up."""

import pytest
from django.conf import settings
from django.core.checks import run_checks
from django.core.management import get_commands, load_command_class

from jitasa.config.checks import OF_THE_INSTALLATION


@pytest.mark.django_db
def test_pages_addresses_and_models_pass_every_check() -> None:
    assert run_checks(include_deployment_checks=False, databases=["default"]) == []


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["serve", "migrate", "install"])
def test_who_sets_up_an_installation_is_told_what_is_wrong_with_it(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.DATA_DIR.chmod(0o755)
    command = load_command_class(get_commands()[name], name)
    command.check(tags=command.requires_system_checks or OF_THE_INSTALLATION, databases=["default"])
    assert "jitasa.W001" in capsys.readouterr().err
