"""The site as a process: start, HTTPS, logs, slow clients."""
