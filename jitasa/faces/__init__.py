"""The faces documents are set in, and which letters they do not have."""
