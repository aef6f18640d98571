"""Regular expressions take work that grows with the text, not with its square."""
