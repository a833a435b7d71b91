"""Decisions about tokens, from given facts."""

from collections.abc import Collection

from jitasa.api.choices import WRITING
from jitasa.api.models import ApiToken
from jitasa.organizations.choices import Role
from jitasa.organizations.viewer import Viewer

LONGEST_DAYS = 366  # a token is made anew once a year
TOKENS_MOST = 20  # of one office at a time


def may_issue_token(viewer: Viewer) -> bool:
    """An administrator, for the office she works in; never a program, so that no token makes another."""
    return viewer.user is not None and viewer.organization is not None and viewer.has(Role.ADMINISTRATOR)


def may_revoke_token(viewer: Viewer, token: ApiToken) -> bool:
    """Any administrator of the token's office."""
    return may_issue_token(viewer) and viewer.office_id == token.organization_id


def roles_of(scopes: Collection[str]) -> frozenset[Role]:
    """What the program is in the office: an officer where it may write anything, else somebody who looks.

    Never an approver or administrator: where the office wants a second pair of eyes, what a program sends waits for it.
    """
    return frozenset({Role.VIEWER} if WRITING.isdisjoint(scopes) else {Role.OFFICER})
