"""Settings of all tests."""

from hypothesis import HealthCheck, settings

# Deadlines measure the machine, not the code; floors of speed have tests of their own.
settings.register_profile("dateline", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("dateline")
