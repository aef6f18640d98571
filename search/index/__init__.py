"""Keeps the index in step with the database: outbox, locks, rebuilding, checking."""
