"""Labels made again for articles that are in the database, after a rule or the gazetteer changed.

``labels`` says what the present rules give for an article, ``writing`` puts that in place of what
an earlier ingest wrote and leaves what people decided, ``run`` does so for all in batches,
``position`` lets a stopped run go on.
"""
