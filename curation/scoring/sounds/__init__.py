"""Measures of waveforms, each fed block by block, so that no recording is ever held whole.

A meter is made for a rate and a number of channels, takes blocks `[channels, n]` by `add` and then answers. Refuses to
judge, to read files and to know of records.
"""
