"""Many documents, safely: finds PDFs, runs each in a worker, keeps results, writes Parquet; the ``zi`` command."""

from __future__ import annotations

__version__ = "0.1.0"
