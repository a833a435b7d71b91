"""Check an ID token: signed by the provider's key, for this site, by this provider, now.

Also a token that came straight from the provider is checked; and the algorithm is one of ours, never the
one that the token asks for.
"""

from typing import Any

import jwt
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.oauth2.client import OAuth2Error

ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA"]
NEEDED = ["exp", "iss", "aud", "sub"]
CLOCKS_DIFFER = 60  # seconds


def checked_claims(encoded: str, config: dict[str, Any], *, audience: str) -> dict[str, Any]:
    """What the token says. ``config``: the provider's description. :raises OAuth2Error: it does not hold."""
    try:
        return dict(
            jwt.decode(
                encoded,
                _key_of(encoded, config["jwks_uri"]),
                algorithms=ALGORITHMS,
                issuer=config["issuer"],
                audience=audience,
                leeway=CLOCKS_DIFFER,
                options={"require": NEEDED},
            )
        )
    except jwt.PyJWTError as error:
        raise OAuth2Error("the id_token does not hold") from error


def _key_of(encoded: str, address: str) -> jwt.PyJWK:
    """The provider's key that the token names; a provider with one key need not name it."""
    with get_adapter().get_requests_session() as session:
        answer = session.get(address)
        answer.raise_for_status()
        keys = [
            key for key in jwt.PyJWKSet.from_dict(answer.json()).keys if key.public_key_use in (None, "sig")
        ]
    name = jwt.get_unverified_header(encoded).get("kid")
    found = [key for key in keys if key.key_id == name] if name else keys
    if len(found) != 1:
        raise OAuth2Error("the id_token names no key of the provider")
    return found[0]
