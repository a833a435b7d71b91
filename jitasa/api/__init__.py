"""REST API v1: tokens, addresses, answers."""
