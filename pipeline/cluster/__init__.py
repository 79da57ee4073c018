"""The same work on many machines: batches of documents read by the workers of a Dask cluster.

Only the reading is spread. What is read comes back in order and is written by the process that
was started, so results are those of one machine, whatever the cluster does.
"""

from pipeline.cluster.client import ClusterError, is_cluster, reading_on

__all__ = ["ClusterError", "is_cluster", "reading_on"]
