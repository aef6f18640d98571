"""Articles that a database, a mailing list or a messenger exported with labelled lines."""
