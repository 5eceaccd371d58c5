"""Finding incident mentions and their arguments in one document."""
