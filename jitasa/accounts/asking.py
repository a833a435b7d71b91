"""Who asks: a person opening a page, or a script of a page."""

from jitasa.ui.busy import asked_by_script

__all__ = ["asked_by_script"]
