"""QUERY IN: from an address to a query, and from its answer to what people read."""
