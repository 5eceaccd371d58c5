"""Recognising one incident across reports."""
