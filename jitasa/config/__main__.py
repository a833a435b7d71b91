"""``python -m jitasa.config …`` is the command ``jitasa …``."""

from jitasa.config.cli import main

main()
