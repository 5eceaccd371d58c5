"""Invented sentences that the tests of reading and cleaning are made of."""

from __future__ import annotations

SENTENCES = (
    "Gunmen stormed a police post in the town of Verrina late on Tuesday and took two officers away.",
    "A police spokesman said that nobody had claimed the attack and that a search was under way.",
    "Residents told a local radio station that they had heard shots for about ten minutes.",
    "The two officers were released unhurt on Wednesday after elders had spoken with their captors.",
)
BODY = "\n\n".join(SENTENCES)
