"""The Django project: settings, addresses, server. The version of Corpus stands here and nowhere
else."""

__version__ = "0.2.0"
