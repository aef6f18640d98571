"""Names of outlets, sites and persons: how they are spelled, and what tells them from other
words."""
