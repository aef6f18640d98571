"""The edge: pages and the API. Views decode and answer; `parts/` says what a page shows; templates
only loop."""
