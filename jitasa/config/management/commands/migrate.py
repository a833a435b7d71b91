"""Django's ``migrate``, beside a site that runs: it queues for no lock for long, and tries again."""

from typing import Any

from django.core.management.commands import migrate

from jitasa.config.checks import OF_THE_INSTALLATION
from jitasa.config.migrating import until_locks_are_had


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        until_locks_are_had(lambda: super(Command, self).handle(*args, **options), say=self.stderr.write)

    def check(self, *args: Any, **options: Any) -> None:
        super().check(*args, **options | {"tags": OF_THE_INSTALLATION})
