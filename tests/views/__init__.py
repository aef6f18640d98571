"""The edge: pages, API, what they show."""
