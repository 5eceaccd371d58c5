"""What the codebook's words mean to other schemes, and the names of armed groups, as data."""
