"""Look-up of places in data made from open sources."""
