"""One module a task: `predict(rows)` maps input rows to output rows in the form of the set's scorer."""
