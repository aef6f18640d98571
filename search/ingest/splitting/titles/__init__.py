"""Which lines of a saved page are titles: what is looked at, its points, and the choice."""
