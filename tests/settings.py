"""Settings of the tests: the product's own, with a data directory of the session's."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

_directory = tempfile.mkdtemp(prefix="corpus-tests-")
atexit.register(shutil.rmtree, _directory, ignore_errors=True)
os.environ["CORPUS_DATA_DIR"] = _directory
os.environ.setdefault("SECRET_KEY", "only-for-tests")

from corpus_app.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
