"""gunicorn's configuration: `gunicorn -c python:corpus_app.gunicorn corpus_app.wsgi`."""

import os

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
# Its threads never wait for a client: corpus_app/worker.py, bounds in corpus_app/limits.py.
worker_class = "corpus_app.worker.PatientWorker"
# Of a worker; a slow client costs one of them and no thread.
worker_connections = 500
# Seconds that a browser's connection stays open for its next request.
keepalive = 5
# A worker is replaced after so many requests, not both at once: what leaks anywhere does not add up for months.
max_requests = 10_000
max_requests_jitter = 2_000
timeout = 60
graceful_timeout = 15
# The worker bounds the request line: gunicorn knows no bound above 8,190 bytes, and a query of 2,000 characters takes
# up to 24,000. The cap on queries, and its message, are the search form's.
limit_request_line = 0
limit_request_field_size = 16_380
# The worker sends, so that no thread waits for it.
sendfile = False
# Nothing here talks to it, and it would lie in the home directory, shared by every site.
control_socket_disable = True
accesslog = os.environ.get("ACCESS_LOG") or None
