"""Keeping reports, claims, judgements and ids in a database."""
