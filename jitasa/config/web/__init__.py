"""The site's own front: takes whole requests under limits, then runs Django in a few threads (docs/adr/0012)."""
