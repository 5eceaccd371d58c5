"""Settling the claims about one incident by a named rule."""
