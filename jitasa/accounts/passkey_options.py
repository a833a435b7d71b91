"""What a browser needs to make or use a passkey, as JSON for an attribute of the page (no inline script)."""

import json
from typing import Any


def as_json(options: dict[str, Any]) -> str:
    """The options of ``allauth.mfa.webauthn`` as ``PublicKeyCredential.parse…OptionsFromJSON`` takes them."""
    return json.dumps(options["publicKey"], default=dict)
