"""gunicorn's configuration: `gunicorn -c python:corpus_app.gunicorn corpus_app.wsgi`."""

import os

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
worker_class = "gthread"
timeout = 60
graceful_timeout = 15
# A query of 10,000 Arabic letters is 60,000 bytes when percent-encoded; the cap and its message are the search form's.
limit_request_line = 0
limit_request_field_size = 16_380
# Nothing here talks to it, and it would lie in the home directory, shared by every site.
control_socket_disable = True
accesslog = os.environ.get("ACCESS_LOG") or None
