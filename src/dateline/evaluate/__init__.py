"""Scoring extraction on a corpus that the user has annotated."""
