"""How the shipped gazetteer is made: `python -m training.gazetteer`."""
