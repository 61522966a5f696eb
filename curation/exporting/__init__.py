"""Frozen manifests and export shards as bytes: canonical lines, Merkle roots, splits, tar and Parquet.

Runs without Django: callers give iterators, readers and paths. It decides nothing about who may see what, and it never
re-encodes a medium.
"""
