"""Jobs of the background worker."""

from django_tasks import task

from jitasa import queues
from jitasa.compilation.services.keep_files import make_file


@task(queue_name=queues.DOCUMENTS, priority=-10)  # what is short and waited for goes first
def make(file_id: int) -> None:
    """Make one file of a compilation."""
    make_file(file_id)
