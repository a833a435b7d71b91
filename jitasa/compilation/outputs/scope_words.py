"""The office of a compilation as a report and its cover letter name it."""

from jitasa.compilation.models import Compilation
from jitasa.distribution.rules import office_not_building
from jitasa.organizations.choices import Level


def scope_words(compilation: Compilation) -> str:
    """``จังหวัดกระบี่`` and ``อำเภอเมืองกระบี่``, not the province's office or the district's building.

    By the name the office had in the month (``tables["scope"]``).
    """
    scope = compilation.tables["scope"]
    name = str(scope["name"])
    if scope["level"] == Level.PROVINCE:
        name = name.removeprefix(PROVINCE_OFFICE)
    for short, whole in SHORT.get(scope["level"], ()):
        name = whole + name.removeprefix(short) if name.startswith(short) else name
    return office_not_building(name)


PROVINCE_OFFICE = "สำนักงานส่งเสริมการปกครองท้องถิ่น"
SHORT = {Level.PROVINCE: (("สถจ.", "จังหวัด"),), Level.DISTRICT: (("อ.", "อำเภอ"),)}
