"""Which reports tell of one incident: the rows of `incidents`, for news of all kinds."""

from benchmarks.tasks.incidents import predict

__all__ = ["predict"]
