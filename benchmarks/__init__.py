"""Predictions and scores on public annotated sets; not part of the installed package."""
