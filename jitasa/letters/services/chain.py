"""Parent and child: what the issuing or calling back of a covering letter means for the letter that came."""

from datetime import datetime

from jitasa.audit.services.record import record
from jitasa.letters.models import Dispatch, Letter
from jitasa.letters.services import counts
from jitasa.organizations.viewer import Viewer


def note_passed_on(*, actor: Viewer, letter: Letter, now: datetime) -> None:
    """The office of a covering letter just issued has passed its parent on. Runs in that transaction."""
    way = _way(letter)
    if way is None or way.passed_on_at is not None:
        return
    way.passed_on_at = now
    way.save(update_fields=["passed_on_at"])
    counts.step(dispatch=way, name="passed_on")
    record(actor=actor, verb="letter.pass_on", subject=way.letter, data={"by": letter.number}, now=now)


def note_recalled(letter: Letter) -> None:
    """A covering letter called back no longer passes its parent on: the office may do it anew."""
    if letter.parent_id is None:
        return
    way = _way(letter)  # dispatches are locked before counts
    counts.take_back(letter)
    if way is None or way.passed_on_at is None:
        return
    counts.step(dispatch=way, name="passed_on", back=True)
    way.passed_on_at = None
    way.save(update_fields=["passed_on_at"])


def _way(letter: Letter) -> Dispatch | None:
    """How the parent came to the office that passes it on, locked."""
    if letter.parent_id is None:
        return None
    ways = Dispatch.objects.select_for_update(of=("self",), no_key=True).select_related("recipient", "letter")
    return ways.filter(letter=letter.parent_id, recipient=letter.organization_id).first()
