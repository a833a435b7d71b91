"""The day of the journeys: server and browser are both moved there, so they are the same on every day.

The server runs in the process of the tests and goes with their clock (``pytest.mark.at``, given to every
journey in conftest); the browser is told by :data:`BROWSERS_CLOCK` before any script of a page.
"""

import os
from datetime import date, datetime, timedelta

from jitasa.thai.dates import add_months, month_of, today
from tests import cast

# ``JITASA_JOURNEYS_AT=2026-12-31T17:10+00:00``: the journeys of another day.
NOW = datetime.fromisoformat(os.environ.get("JITASA_JOURNEYS_AT") or cast.NOW.isoformat())
TODAY = today(NOW)
YESTERDAY = TODAY - timedelta(days=1)
THIS_MONTH = month_of(TODAY)
LATE_MONTH = add_months(THIS_MONTH, -2)  # its due day has passed
LATE_DAY: date = LATE_MONTH + timedelta(days=9)

# ``Date`` of a page, moved by as much as the server's clock; timers keep their own.
BROWSERS_CLOCK = f"""
{{
  const real = Date, by = {round(NOW.timestamp() * 1000)} - real.now();
  Date = class extends real {{
    constructor(...told) {{ told.length ? super(...told) : super(real.now() + by); }}
    static now() {{ return real.now() + by; }}
  }};
}}
"""
