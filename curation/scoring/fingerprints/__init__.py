"""Fingerprints: what stays of a medium when somebody else contributes it again, changed.

Every kind gives points, words of 256 bits of which a copy's lie near in Hamming distance, for the index to find
candidates by; and data, by which two fingerprints are compared and a candidate is confirmed or dropped. Nothing here
decides what a copy means; that is gates and people.
"""
