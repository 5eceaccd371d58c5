"""Reading what comes in, cleaning it, and dating it."""
