"""The docs held to the code."""
